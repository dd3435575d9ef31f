import { createHash, randomUUID } from 'node:crypto';
import { link, lstat, open, rename, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Failure } from '../../../shared/base/failure.ts';
import type { SavedPackets } from '../../../shared/types/event.ts';
import type { Work } from '../engine-api.ts';
import { slicePackets, type WantedFlow } from '../parse/slice-packets.ts';
import type { ReadCase } from '../ports/case-handle.ts';
import { contactRow } from '../query/contacts.ts';
import type { Dictionary, SectionRow } from '../query/dictionary.ts';
import { lookUpRow } from '../query/look-ups.ts';
import { type CasePaths, sizeOf } from '../store/case-folder.ts';
import { outsidePlace } from './out-place.ts';
import type { CaseParts } from './parts.ts';
import { logOutput } from './write-session.ts';

/** Progress is told after so many bytes. */
const TELL_EVERY = 16 * 1024 * 1024;

interface Source extends WantedFlow {
  readonly section: number;
}

/** Where the packets of an event begin. Rejects with `not-found` for no event, with `wrong-use` for one that has no packets. */
async function sourceOf(read: ReadCase, id: string): Promise<Source> {
  const number = Number(id.slice(1));
  if (id.startsWith('c')) {
    const row = await contactRow(read, number);
    if (row?.source === 'capture' && row.offset !== null) {
      const packets = (row.sent_packets ?? 0) + (row.received_packets ?? 0);
      return { section: row.section, offset: row.offset, packets };
    }
    if (row)
      throw new Failure(
        'wrong-use',
        `Event ${id} was seen by looks at the phone’s connections: there are no packets of it.`,
      );
  }
  if (id.startsWith('l')) {
    const row = await lookUpRow(read, number);
    if (row && row.offset !== null) return { section: row.section, offset: row.offset, packets: 1 };
  }
  if (/^[vx]\d+$/.test(id))
    throw new Failure('wrong-use', `Event ${id} was not read from a capture: there are no packets of it.`);
  throw new Failure('not-found', `The case has no event ${id}.`, null);
}

const taken = (path: string) =>
  new Failure('wrong-use', `${path} is there already.`, 'Choose another name; none is written over.');

function writeFailure(error: unknown, path: string): unknown {
  if (error instanceof Failure) return error;
  const { code } = error as { code?: string };
  if (code === 'EEXIST') return taken(path);
  if (code === 'ENOSPC') return new Failure('disk-full', `The disk is full: ${path} could not be written.`);
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new Failure('not-found', `The folder of ${path} does not exist.`, null);
  if (code === 'ENAMETOOLONG') return new Failure('wrong-use', `The name is too long: ${path}.`, 'Choose another.');
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return new Failure('no-permission', `${path} cannot be written.`, 'Choose another place.');
  return error;
}

/** A link fails where the name is taken, and renaming would write over it; some disks (FAT) know no links. */
async function giveName(partial: string, path: string): Promise<void> {
  await link(partial, path).catch(async (error: { code?: string }) => {
    if (error.code !== 'EPERM' && error.code !== 'ENOTSUP' && error.code !== 'ENOSYS') throw error;
    if (await lstat(path).catch(() => null)) throw taken(path);
    await rename(partial, path);
  });
}

async function keptAs(
  read: ReadCase,
  section: SectionRow,
  paths: CasePaths,
): Promise<{ path: string; sha256: string }> {
  const kept = await read.get<{ sha256: string }>(`SELECT sha256 FROM evidence WHERE id = ?`, [section.evidence]);
  // The case file may come from elsewhere: what it names must not lead out of the case.
  if (!kept || !/^[0-9a-f]{64}$/.test(kept.sha256))
    throw new Failure('case-damaged', `The case file names no file for evidence ${section.evidence}.`, 'Run verify.');
  return { path: join(paths.evidence, kept.sha256), sha256: kept.sha256 };
}

/**
 * Writes the packets of a contact or a look-up that was read from a capture into a new capture file, each record byte for
 * byte as it stands in the evidence, and a line about it into the custody log. Nothing is written over, and nothing into
 * the case. `expected` is how many packets the case counts in the flow; another number in `packets` means that the evidence
 * no longer holds them as it was read.
 */
export async function savePackets(
  paths: CasePaths,
  parts: CaseParts,
  read: ReadCase,
  dictionary: Dictionary,
  ask: { readonly id: string; readonly out: string },
  work: Work,
): Promise<SavedPackets> {
  const source = await sourceOf(read, ask.id);
  const section = dictionary.sections.get(source.section);
  if (!section) throw new Failure('case-damaged', `The case file does not say where event ${ask.id} was read.`);
  const path = await outsidePlace(paths, ask.out);
  if (await lstat(path).catch(() => null)) throw taken(path);
  const kept = await keptAs(read, section, paths);
  const size = section.member === null ? await sizeOf(kept.path) : null;
  const partial = join(dirname(path), `.${basename(path).slice(0, 100)}.${randomUUID()}.part`);
  const hash = createHash('sha256');
  let bytes = 0;
  let packets = 0;
  let told = 0;
  let made = false;
  try {
    const file = await open(partial, 'wx');
    made = true;
    try {
      packets = await slicePackets(
        kept,
        section.member,
        source,
        async (pieces) => {
          for (const piece of pieces) {
            hash.update(piece);
            bytes += piece.length;
          }
          // `writev` takes a thousand pieces at most on some systems.
          await file.writeFile(pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces));
        },
        {
          signal: work.signal,
          read: (done) => {
            if (done - told < TELL_EVERY) return;
            told = done;
            work.progress.now('Reading the capture again', size ? Math.min(1, done / size) : null);
          },
        },
      );
      await file.sync();
    } finally {
      await file.close();
    }
    if (packets === 0) {
      throw new Failure(
        'case-damaged',
        `Evidence ${section.evidence} does not hold the packets of event ${ask.id} where the case says.`,
        'Run verify.',
      );
    }
    await giveName(partial, path);
  } catch (error) {
    throw writeFailure(error, path);
  } finally {
    if (made) await unlink(partial).catch(() => {});
  }
  const sha256 = hash.digest('hex');
  await logOutput(paths, parts.clock, path, 'packets.saved', {
    event: ask.id,
    evidence: section.evidence,
    outside: basename(path),
    packets,
    bytes,
    sha256,
  });
  return { path, packets, expected: source.packets, bytes, sha256 };
}
