import { lstat, readdir, unlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { giveName } from '../custody/give-name.ts';
import type { CasePaths } from '../store/case-folder.ts';
import { readCustody } from '../store/custody-log.ts';
import { hashFile } from '../store/hash-file.ts';
import { type NamedFile, namedFiles } from '../store/named-files.ts';

const HOUR_MS = 3_600_000;
/** `.report-1.pdf.0f8e….part`: a report that has all its bytes and not yet its name. */
const partOf = /^\.(.+)\.[0-9a-f-]{36}\.part$/;

const there = (path: string) =>
  lstat(path).then(
    () => true,
    () => false,
  );

async function unfinished(folder: string): Promise<string[]> {
  return (await readdir(folder).catch(() => [] as string[])).filter((name) => partOf.test(name));
}

/** Whether a report or a picture lies in the case that has not got its name. */
export async function hasUnfinishedReports(paths: CasePaths): Promise<boolean> {
  return (await unfinished(paths.reports)).length + (await unfinished(paths.findings)).length > 0;
}

/**
 * Gives reports and pictures of findings their names whose line stands in the log and whose name was not given before the program
 * ended, and removes what was never finished. The case's lock must be held.
 */
export async function finishReports(paths: CasePaths): Promise<void> {
  for (const folder of [paths.reports, paths.findings]) {
    const left = await unfinished(folder);
    if (left.length > 0) await finishIn(folder, left, namedFiles((await readCustody(paths.custody)).lines));
  }
}

async function finishIn(folder: string, left: readonly string[], named: readonly NamedFile[]): Promise<void> {
  for (const part of left) {
    const partial = join(folder, part);
    const facts = await lstat(partial).catch(() => null);
    if (!facts?.isFile()) continue;
    const name = partOf.exec(part)?.[1] ?? '';
    const line = named.findLast(({ path }) => path === `${basename(folder)}/${name}`);
    const fits = line !== undefined && line.sha256 === (await hashFile(partial));
    if (fits && !(await there(join(folder, name)))) await giveName(partial, join(folder, name));
    // One that another process is writing at this moment is younger.
    else if (fits || Date.now() - facts.mtimeMs > HOUR_MS) await unlink(partial);
  }
}
