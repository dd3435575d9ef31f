import { createHash } from 'node:crypto';
import { chmod, lstat, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isoOf } from '../../../shared/base/time.ts';
import { type CasePaths, sizeOf } from '../store/case-folder.ts';
import { hashFile } from '../store/hash-file.ts';
import {
  INCOMING,
  type IncomingEnd,
  NOTE_ENDING,
  noteEnd,
  RESERVE_ENDING,
  readNote,
  removeNote,
} from '../store/incoming-notes.ts';
import type { BatchFacts, KeptEvidence } from '../store/read-batches.ts';

/** A file that was taken out of `evidence/` again, because nothing says whose it is. Size in bytes. */
interface Cleared {
  readonly sha256: string;
  readonly bytes: number;
  readonly name: string | null;
  readonly why: string;
}

/** How the log is told: a line in the log before the next thing is touched. */
export interface ClearingLog {
  kept(evidence: KeptEvidence & { readonly recovered: string }): Promise<void>;
  cleared(file: Cleared): Promise<void>;
}

const READ_ONLY = 0o444;
const cutOff =
  'The program ended, or the disk was full, before its last byte. Its times are those of its first and last byte.';
const unnamed = 'The program ended before the line of this file was written.';

/**
 * Deals with what a crash or a full disk left in `evidence/`. Answers of a phone become evidence of the batch that was
 * open, whole where their last byte had come and `interrupted` where not. Copies of files that were being imported, and
 * what no note tells of, are removed, and the log gets their size and hash. A file that is named by another hash than its own
 * came otherwise and stays, for `verify` to find. The case's lock must be held.
 */
export async function clearUnfinished(
  paths: CasePaths,
  batches: readonly BatchFacts[],
  log: ClearingLog,
): Promise<void> {
  const open = batches.filter((batch) => batch.finishedAt === null);
  const known = new Set(batches.flatMap((batch) => batch.evidence.map((one) => one.sha256)));
  let count = batches.reduce((sum, batch) => sum + batch.evidence.length, 0);
  const names = await readdir(paths.evidence).catch(() => [] as string[]);
  const partials = new Set(
    names.filter((name) => name.startsWith(INCOMING)).map((name) => name.replace(NOTE_ENDING, '')),
  );

  for (const name of [...partials].sort(byNumber)) {
    const partial = join(paths.evidence, name);
    if (await isOdd(partial)) {
      // A link would have another file taken for evidence, and its rights changed.
      await log.cleared({ sha256: ofNothing, bytes: 0, name: null, why: 'It was a link, a folder or a device.' });
      await rm(partial, { recursive: true, force: true });
      await removeNote(partial);
      continue;
    }
    const told = name.endsWith(RESERVE_ENDING) ? null : await readNote(partial);
    const batch = open.find((one) => one.id === told?.note.batch && one.kind === 'acquisition');
    const left = told && batch ? await bytesOf(paths, partial, told.end, batch) : null;
    const size = await sizeOf(partial);
    if (told && batch && left) {
      const { note } = told;
      count += 1;
      const facts: IncomingEnd = left.end ?? {
        sha256: left.sha256,
        bytes: left.bytes,
        state: 'interrupted',
        exit: null,
        hostBeforeUs: note.openedUs,
        hostAfterUs: Math.max(note.openedUs, Math.round((await stat(partial)).mtimeMs * 1000)),
      };
      // Written first: should this be cut off too, the next one goes on from here.
      if (!left.end) await noteEnd(partial, facts);
      if (size !== null) await giveName(partial, join(paths.evidence, left.sha256));
      await log.kept({
        id: `E${count}`,
        batch: batch.id,
        sha256: facts.sha256,
        bytes: facts.bytes,
        name: note.name,
        origin: note.origin,
        state: facts.state,
        exit: facts.exit,
        hostBefore: isoOf(facts.hostBeforeUs),
        hostAfter: isoOf(facts.hostAfterUs),
        offsetMs: facts.offsetMs ?? null,
        offsetErrorMs: facts.offsetErrorMs ?? null,
        section: facts.section === undefined ? note.section : facts.section,
        recovered: left.end ? unnamed : cutOff,
      });
      known.add(facts.sha256);
    } else if (size !== null && size > 0 && !name.endsWith(RESERVE_ENDING)) {
      const why = told ? 'It was a copy that was cut off; what it was a copy of is named.' : unnamed;
      await log.cleared({ sha256: await hashFile(partial), bytes: size, name: told?.note.name ?? null, why });
    }
    await rm(partial, { force: true });
    await removeNote(partial);
  }

  if (open.length === 0) return;
  for (const name of names) {
    const path = join(paths.evidence, name);
    if (!/^[0-9a-f]{64}$/.test(name) || known.has(name) || (await isOdd(path)) || (await hashFile(path)) !== name)
      continue;
    await log.cleared({ sha256: name, bytes: (await sizeOf(path)) ?? 0, name: null, why: unnamed });
    await rm(path, { force: true });
  }
}

const ofNothing = createHash('sha256').digest('hex');

/** Whether something other than an ordinary file has this name. */
async function isOdd(path: string): Promise<boolean> {
  const facts = await lstat(path).catch(() => null);
  return facts !== null && !facts.isFile();
}

/** The bytes of an answer whose line is missing: under their first name, or under their hash already. Null: there are none. */
async function bytesOf(
  paths: CasePaths,
  partial: string,
  end: IncomingEnd | null,
  batch: BatchFacts,
): Promise<{ sha256: string; bytes: number; end: IncomingEnd | null } | null> {
  const size = await sizeOf(partial);
  if (size !== null) {
    const sha256 = await hashFile(partial);
    if (end?.sha256 === sha256) return { sha256, bytes: size, end };
    return size > 0 ? { sha256, bytes: size, end: null } : null;
  }
  if (!end) return null;
  const logged = batch.evidence.some((one) => one.sha256 === end.sha256 && one.hostBefore === isoOf(end.hostBeforeUs));
  const file = join(paths.evidence, end.sha256);
  if (logged || (await sizeOf(file)) === null || (await hashFile(file)) !== end.sha256) return null;
  return { sha256: end.sha256, bytes: end.bytes, end };
}

async function giveName(partial: string, path: string): Promise<void> {
  if ((await sizeOf(path)) !== null) return;
  await chmod(partial, READ_ONLY);
  await rename(partial, path);
}

/** In the order in which they were opened: the number at the end. */
function byNumber(a: string, b: string): number {
  return Number(a.split('-').at(-1)) - Number(b.split('-').at(-1));
}
