import { Failure } from '../../../shared/base/failure.ts';
import { CaptureSlice } from './captures/capture-slice.ts';
import type { WantedFlow } from './captures/flow-match.ts';
import { reachMember } from './read-raw.ts';
import { fileBytes } from './sections/byte-stream.ts';

export type { WantedFlow } from './captures/flow-match.ts';

/**
 * Reads the packets of one flow again out of the evidence file that holds them, packed or in an archive, and hands them to
 * `write` in the form of a capture of its own. Answers how many packets it found. Memory does not grow with the capture.
 * `read` is told how many bytes of the capture were read so far. Rejects with `case-damaged` where the bytes are not to be
 * had, with `cancelled` where the signal says so.
 */
export async function slicePackets(
  source: { readonly path: string },
  member: string | null,
  wanted: WantedFlow,
  write: (bytes: readonly Uint8Array[]) => Promise<void>,
  watch: { readonly signal: AbortSignal; readonly read: (bytes: number) => void },
): Promise<number> {
  let out: Uint8Array[] = [];
  const slice = new CaptureSlice(wanted, (bytes) => out.push(bytes));
  let read = 0;
  try {
    const bytes = await reachMember(fileBytes(source.path), source.path, member, 0);
    for await (const piece of bytes) {
      if (watch.signal.aborted) throw new Failure('cancelled', 'The packets were not saved.', 'Nothing was written.');
      slice.take(piece);
      read += piece.length;
      watch.read(read);
      if (out.length > 0) await write(out);
      out = [];
      if (slice.done) break;
    }
  } catch (thrown) {
    if (thrown instanceof Failure) throw thrown;
    // What stands before the damage was found; a cut archive gave no more when it was read first either.
    if (slice.found > 0 && !(thrown as { code?: string }).code) return slice.found;
    const what = member === null ? 'the evidence file' : `"${member}" in the evidence file`;
    throw new Failure('case-damaged', `The bytes of ${what} cannot be read: ${(thrown as Error).message}.`);
  }
  return slice.found;
}
