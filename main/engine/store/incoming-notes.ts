import { appendFile, lstat, open, readFile, unlink } from 'node:fs/promises';
import { z } from 'zod';
import { evidenceStates } from '../../../shared/types/summary.ts';
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

/** A note is a few hundred bytes. */
const LONGEST_NOTE = 1 << 20;
const micros = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

// A case from elsewhere may bring notes that this program never wrote: only what has their form is believed.
const noteForm = z.looseObject({
  batch: z.number().int(),
  name: z.string(),
  origin: z.union([
    z.looseObject({
      kind: z.literal('command'),
      step: z.string(),
      command: z.string(),
      stream: z.enum(['stdout', 'stderr']),
    }),
    z.looseObject({ kind: z.literal('file'), path: z.string() }),
  ]),
  section: z.string().nullable(),
  openedUs: micros,
});
const endForm = z.looseObject({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.number().int().min(0),
  state: z.enum(evidenceStates),
  exit: z.number().nullable(),
  hostBeforeUs: micros,
  hostAfterUs: micros,
});

function parsed<T>(form: z.ZodType<T>, line: string | undefined): T | null {
  try {
    return form.safeParse(JSON.parse(line ?? '')).data ?? null;
  } catch {
    return null;
  }
}

/** Reads a note as far as it was written; null where there is none or not even its first line is whole. */
export async function readNote(
  partial: string,
): Promise<{ readonly note: IncomingNote; readonly end: IncomingEnd | null } | null> {
  const path = `${partial}${NOTE_ENDING}`;
  const facts = await lstat(path).catch(() => null);
  if (!facts?.isFile() || facts.size > LONGEST_NOTE) return null;
  const text = await readFile(path, 'utf8').catch(() => '');
  const lines = text.slice(0, text.lastIndexOf('\n') + 1).split('\n');
  const note = parsed(noteForm, lines[0]) as IncomingNote | null;
  return note ? { note, end: parsed(endForm, lines[1]) as IncomingEnd | null } : null;
}
