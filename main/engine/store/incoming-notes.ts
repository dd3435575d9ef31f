import { appendFile, open, readFile, unlink } from 'node:fs/promises';
import type { Origin } from '../model/evidence.ts';
import type { KeptFacts } from '../ports/evidence-keeper.ts';

/** Files in `evidence/` that are still being written begin with this; `verify` looks past them. */
export const INCOMING = '.incoming-';
/** The note beside such a file. */
export const NOTE_ENDING = '.note';
/** Space that is kept free for the last lines of the log; see `EvidenceVault.reserve`. */
export const RESERVE_ENDING = '-reserve';

/** What bytes on their way are: written down before the first of them, so that a crash leaves nothing nameless. */
export interface IncomingNote {
  readonly batch: number;
  readonly name: string;
  readonly origin: Origin;
  readonly section: string | null;
  /** Host time of the first byte, microseconds of UTC. */
  readonly openedUs: number;
}

/** What was known when the last byte had come, written down before the file gets its name and its line in the log. */
export interface IncomingEnd extends KeptFacts {
  readonly sha256: string;
  readonly bytes: number;
}

/** Writes the note of a file that is about to be written. */
export async function writeNote(partial: string, note: IncomingNote): Promise<void> {
  const file = await open(`${partial}${NOTE_ENDING}`, 'wx');
  try {
    await file.writeFile(`${JSON.stringify(note)}\n`);
  } finally {
    await file.close();
  }
}

/** Adds to the note what is known at the end. */
export async function noteEnd(partial: string, end: IncomingEnd): Promise<void> {
  await appendFile(`${partial}${NOTE_ENDING}`, `${JSON.stringify(end)}\n`);
}

/** Takes the note away once its evidence has its custody line. A missing note is no fault. */
export async function removeNote(partial: string): Promise<void> {
  await unlink(`${partial}${NOTE_ENDING}`).catch(() => {});
}

/** Reads a note as far as it was written; null where there is none or not even its first line is whole. */
export async function readNote(
  partial: string,
): Promise<{ readonly note: IncomingNote; readonly end: IncomingEnd | null } | null> {
  const text = await readFile(`${partial}${NOTE_ENDING}`, 'utf8').catch(() => '');
  const lines = text.slice(0, text.lastIndexOf('\n') + 1).split('\n');
  const [note, end] = [lines[0], lines[1]].map((line) => {
    try {
      return JSON.parse(line ?? '') as unknown;
    } catch {
      return null;
    }
  });
  return note ? { note: note as IncomingNote, end: (end as IncomingEnd | null | undefined) ?? null } : null;
}
