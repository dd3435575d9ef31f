import { createHash, randomUUID } from 'node:crypto';
import { chmod, lstat, readdir, rename, unlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Failure } from '../../../shared/base/failure.ts';
import { giveName } from '../custody/give-name.ts';
import { writeNew } from '../custody/write-new.ts';
import type { Clock } from '../ports/clock.ts';
import type { CasePaths } from '../store/case-folder.ts';
import { withCustody } from './write-session.ts';

const READ_ONLY = 0o444;

const there = (path: string) =>
  lstat(path).then(
    () => true,
    () => false,
  );

/** A free name in the case's own `reports/`. */
async function freeName(paths: CasePaths): Promise<string> {
  const names = new Set(await readdir(paths.reports));
  let n = 1;
  while (names.has(`report-${n}.pdf`)) n += 1;
  return `report-${n}.pdf`;
}

/** Reports of one case are kept one after another, whoever asks for them. */
const keeping = new Map<string, Promise<unknown>>();

/**
 * Keeps a report in the case, read-only, and says so in the log: first its bytes are on the disk, then its line, then it gets its
 * name. So a line is never without its bytes, and what is cut off in between is finished by `finishReports`. `name` null takes the next
 * free one. Answers with the path; where the line cannot be written nothing is left.
 */
export function keepReport(
  paths: CasePaths,
  clock: Clock,
  name: string | null,
  pdf: Uint8Array,
  facts: Readonly<Record<string, unknown>>,
): Promise<string> {
  const kept = (keeping.get(paths.root) ?? Promise.resolve()).then(() => keep(paths, clock, name, pdf, facts));
  const settled = kept.catch(() => {});
  keeping.set(paths.root, settled);
  return kept.finally(() => keeping.get(paths.root) === settled && keeping.delete(paths.root));
}

async function keep(
  paths: CasePaths,
  clock: Clock,
  wanted: string | null,
  pdf: Uint8Array,
  facts: Readonly<Record<string, unknown>>,
): Promise<string> {
  const first = join(paths.reports, `.${wanted ?? 'report'}.${randomUUID()}.part`);
  try {
    await writeNew(first, pdf);
    await chmod(first, READ_ONLY);
  } catch (error) {
    await unlink(first).catch(() => {});
    throw error;
  }
  let partial = first;
  let logged = false;
  return withCustody(paths, clock, async (append) => {
    // Under the lock, so that two processes do not take one name.
    const name = wanted ?? (await freeName(paths));
    const path = join(paths.reports, name);
    if (await there(path)) {
      throw new Failure(
        'wrong-use',
        `${path} is there already, in the case.`,
        'Choose another name; none is written over.',
      );
    }
    if (wanted === null) {
      partial = join(paths.reports, `.${name}.${randomUUID()}.part`);
      await rename(first, partial);
    }
    const sha256 = createHash('sha256').update(pdf).digest('hex');
    await append('report.written', { file: `${basename(paths.reports)}/${name}`, sha256, bytes: pdf.length, ...facts });
    logged = true;
    await giveName(partial, path);
    return path;
  }).catch(async (error) => {
    if (!logged) await unlink(partial).catch(() => {});
    throw error;
  });
}
