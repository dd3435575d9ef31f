import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
import { Failure, type FailureView, toFailureView } from '../../../../shared/base/failure.ts';

/** A file to take in: where it lies, and what it is called in the case. */
export interface FoundFile {
  readonly path: string;
  /** Path below the folder that was named, `/` between; the bare name for a single file. */
  readonly name: string;
}

export interface PathFailure extends FailureView {
  readonly path: string;
}

/** Says in one sentence why a path cannot be read. */
export function readFailure(error: unknown, path: string): FailureView {
  const code = (error as { code?: string }).code;
  if (code === 'ENOENT' && path.includes('\ufffd')) {
    return new Failure(
      'not-found',
      `${path} cannot be opened: its name is not written in UTF-8.`,
      'Rename it, or pack it into a zip and import that.',
    ).view();
  }
  if (code === 'ENOENT') return new Failure('not-found', `${path} does not exist.`, 'Check the path.').view();
  if (code === 'EACCES' || code === 'EPERM') {
    return new Failure(
      'no-permission',
      `${path} cannot be read: access is denied.`,
      'Change its rights or copy it where you may read it.',
    ).view();
  }
  return toFailureView(error);
}

/**
 * Walks what the examiner named, in order, folders by name. Links inside a folder are not followed, so nothing outside
 * of what was named is taken, and never the case's own folder `own`: it grows while it is read. Unreadable paths become
 * failures and the rest goes on.
 */
export async function collectFiles(
  paths: readonly string[],
  own: string,
): Promise<{ files: FoundFile[]; failures: PathFailure[] }> {
  const files: FoundFile[] = [];
  const failures: PathFailure[] = [];
  const ownFolder = await realpath(own).catch(() => own);

  async function isOwn(path: string): Promise<boolean> {
    const real = await realpath(path);
    if (real !== ownFolder && !real.startsWith(`${ownFolder}${sep}`)) return false;
    const message = `${path} belongs to the case itself and was not taken.`;
    failures.push({ path, code: 'wrong-use', message, advice: null });
    return true;
  }

  async function walk(folder: string, prefix: string): Promise<void> {
    const names = (await readdir(folder)).sort();
    for (const name of names) {
      const path = join(folder, name);
      try {
        const facts = await lstat(path);
        if (facts.isDirectory() && name === basename(ownFolder) && (await isOwn(path))) continue;
        if (facts.isDirectory()) await walk(path, `${prefix}${name}/`);
        else if (facts.isFile()) files.push({ path, name: `${prefix}${name}` });
        else
          failures.push({
            path,
            code: 'not-recognised',
            message: `${path} is a link or device and was not followed.`,
            advice: null,
          });
      } catch (error) {
        failures.push({ path, ...readFailure(error, path) });
      }
    }
  }

  for (const path of paths) {
    try {
      const facts = await stat(path);
      if (await isOwn(path)) continue;
      if (facts.isDirectory()) {
        const before = files.length + failures.length;
        await walk(path, `${basename(await realpath(path))}/`);
        if (files.length + failures.length === before) {
          failures.push({ path, code: 'empty-file', message: `The folder ${path} is empty.`, advice: null });
        }
      } else if (facts.isFile()) {
        files.push({ path, name: basename(path) });
      } else {
        failures.push({
          path,
          code: 'not-recognised',
          message: `${path} is neither a file nor a folder.`,
          advice: null,
        });
      }
    } catch (error) {
      failures.push({ path, ...readFailure(error, path) });
    }
  }
  return { files, failures };
}
