import { access, constants, mkdir, readdir, readFile, rename, rm, stat, unlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { Failure } from '../../../shared/base/failure.ts';
import { isoOf } from '../../../shared/base/time.ts';
import type { CaseInfo } from '../../../shared/types/case.ts';
import type { Clock } from '../ports/clock.ts';
import { CustodyWriter, readCustody } from './custody-log.ts';

export const CASE_ENDING = '.phonehome';

/** Where things lie in a case folder. */
export interface CasePaths {
  readonly root: string;
  readonly name: string;
  readonly database: string;
  readonly evidence: string;
  readonly custody: string;
  readonly reports: string;
  /** Pictures of findings; there from the first of them on. */
  readonly findings: string;
  readonly lock: string;
}

export function casePaths(root: string): CasePaths {
  return {
    root,
    name: basename(root).replace(/\.phonehome$/, ''),
    database: join(root, 'case.sqlite'),
    evidence: join(root, 'evidence'),
    custody: join(root, 'custody.jsonl'),
    reports: join(root, 'reports'),
    findings: join(root, 'findings'),
    lock: join(root, 'case.lock'),
  };
}

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

/** Finds a case folder from what a person typed: with or without the ending. Rejects with `not-found` or `not-a-case`. */
export async function findCase(path: string): Promise<CasePaths> {
  for (const root of [resolve(path), `${resolve(path)}${CASE_ENDING}`]) {
    if (await exists(join(root, 'custody.jsonl'))) return casePaths(root);
  }
  if (await exists(path)) {
    throw new Failure(
      'not-a-case',
      `${path} is not a case: it has no custody.jsonl.`,
      'Choose a folder that ends in .phonehome.',
    );
  }
  throw new Failure('not-found', `There is no case at ${path}.`, 'Check the path, or make a new case there.');
}

/** Removes half-made folders that a crash left beside `root`. */
async function clearAbandoned(root: string): Promise<void> {
  const beginning = `${basename(root)}.new-`;
  for (const name of await readdir(dirname(root)).catch(() => [] as string[])) {
    const pid = name.startsWith(beginning) ? name.slice(beginning.length) : '';
    if (!/^\d{1,9}$/.test(pid) || (Number(pid) !== process.pid && alive(Number(pid)))) continue;
    await rm(join(dirname(root), name), { recursive: true, force: true });
  }
}

/** Makes a folder and those above it, one by one: Node's own way never ends where the system refuses them all. */
async function makeFolders(path: string): Promise<void> {
  if (await exists(path)) return;
  await makeFolders(dirname(path));
  await mkdir(path).catch((error: { code?: string }) => {
    if (error.code !== 'EEXIST') throw error;
  });
}

/** Makes the folder in one step: it appears whole, with its first custody line, or not at all. */
export async function createCaseFolder(
  path: string,
  info: CaseInfo,
  made: { readonly program: string; readonly clock: Clock; readonly who: string; readonly sample: boolean },
): Promise<CasePaths> {
  const wanted = resolve(path);
  const root = wanted.endsWith(CASE_ENDING) ? wanted : `${wanted}${CASE_ENDING}`;
  if (await exists(root)) {
    throw new Failure('case-exists', `${root} exists already.`, 'Open it, or choose another name.');
  }
  const partial = casePaths(`${root}.new-${process.pid}`);
  await clearAbandoned(root);
  try {
    await makeFolders(dirname(root));
    await mkdir(partial.root);
    await mkdir(partial.evidence);
    await mkdir(partial.reports);
    const custody = await CustodyWriter.create(partial.custody, made.who);
    await custody.append(isoOf(made.clock.now()), 'case.created', { program: made.program, info, sample: made.sample });
    await rename(partial.root, root);
  } catch (error) {
    await rm(partial.root, { recursive: true, force: true });
    const code = (error as { code?: string }).code;
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
      throw new Failure(
        'no-permission',
        `A case cannot be made at ${root}: writing there is not allowed.`,
        'Choose another folder.',
      );
    }
    if (code === 'ENOSPC') throw new Failure('disk-full', `The disk is full: no case could be made at ${root}.`, null);
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw new Failure('not-found', `The folder for ${root} does not exist.`, null);
    if (code === 'ENAMETOOLONG')
      throw new Failure(
        'wrong-use',
        `The name of the case is too long for this disk: ${root}.`,
        'Choose a shorter one.',
      );
    throw error;
  }
  return casePaths(root);
}

/** What the first custody line says of the case. */
export async function readCaseHeader(
  paths: CasePaths,
): Promise<{ info: CaseInfo; createdAt: string; sample: boolean }> {
  const { lines } = await readCustody(paths.custody);
  const first = lines.find((line) => line.action === 'case.created');
  if (!first) throw new Failure('case-damaged', `The custody log of ${paths.root} has no beginning.`, 'Run verify.');
  return { info: first.info as CaseInfo, createdAt: first.at, sample: first.sample === true };
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM';
  }
}

/** What a lock says of who holds it; nothing where it was cut off or is none. */
function whoHolds(text: string): { readonly pid?: number; readonly host?: string } {
  try {
    const said = JSON.parse(text) as { pid?: unknown; host?: unknown } | null;
    const { pid, host } = said ?? {};
    return { ...(typeof pid === 'number' && pid > 0 && { pid }), ...(typeof host === 'string' && { host }) };
  } catch {
    return {};
  }
}

/**
 * Takes the case for writing: one process at a time. A lock left by a process that is gone is taken over.
 * Returns its release. Rejects with `case-in-use`, or `read-only` where the folder cannot be written.
 */
export async function lockCase(paths: CasePaths): Promise<() => Promise<void>> {
  const mine = JSON.stringify({ pid: process.pid, host: hostname() });
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      await writeFile(paths.lock, mine, { flag: 'wx' });
      return async () => {
        if ((await readFile(paths.lock, 'utf8').catch(() => '')) === mine) await unlink(paths.lock).catch(() => {});
      };
    } catch (error) {
      const code = (error as { code?: string }).code;
      if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM') {
        throw new Failure('read-only', `${paths.root} cannot be written.`, 'It can be read and verified as it is.');
      }
      if (code === 'ENOSPC') throw new Failure('disk-full', `The disk is full: ${paths.root} cannot be written.`, null);
      if (code !== 'EEXIST') throw error;
      const held = whoHolds(await readFile(paths.lock, 'utf8').catch(() => ''));
      const stale =
        held.pid === undefined || !Number.isInteger(held.pid) || (held.host === hostname() && !alive(held.pid));
      if (!stale) {
        throw new Failure(
          'case-in-use',
          `${paths.root} is being written by another Phonehome (process ${held.pid} on ${held.host}).`,
          'Wait until it is done, or close it there.',
        );
      }
      await unlink(paths.lock).catch(() => {});
    }
  }
  throw new Failure('case-in-use', `${paths.root} is being written by another Phonehome.`, 'Try again.');
}

/** Whether the folder can be written at all. */
export async function isWritable(paths: CasePaths): Promise<boolean> {
  return access(paths.root, constants.W_OK).then(
    () => true,
    () => false,
  );
}

/** Size of a file in bytes, or null where it cannot be asked. */
export async function sizeOf(path: string): Promise<number | null> {
  return stat(path).then(
    (it) => it.size,
    () => null,
  );
}
