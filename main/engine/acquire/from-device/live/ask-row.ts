import type { PlanRow } from '../../../model/acquisition.ts';
import type { SampleHead } from '../../../model/live-segment.ts';
import type { CommandResult, DeviceBridge } from '../../../ports/device-bridge.ts';
import { isStamped, judge } from '../judge.ts';

/** An answer is held in memory until it is whole: one that is longer is cut. */
const mostBytes = 8 * 1024 * 1024;
const judgedBytes = 64 * 1024;
const mostStderr = 2000;
const text = new TextDecoder();

/** One answer to a row that is asked again and again. */
export interface Asked {
  readonly head: SampleHead;
  readonly bytes: Uint8Array;
}

/** Asks a row once more and judges the answer as any other. Rejects only for a command that the guard refuses. */
export async function askRow(
  row: PlanRow,
  command: string,
  sample: number,
  at: { readonly bridge: DeviceBridge; readonly serial: string; readonly signal: AbortSignal },
): Promise<Asked> {
  const chunks: Uint8Array[] = [];
  const limit = new AbortController();
  const most = Math.min(row.mostBytes, mostBytes);
  let taken = 0;
  const options = { timeoutMs: row.timeoutMs, signal: AbortSignal.any([at.signal, limit.signal]) };
  const result: CommandResult = await at.bridge.run(at.serial, command, options, (chunk) => {
    const part = chunk.slice(0, most - taken);
    taken += part.length;
    if (part.length > 0) chunks.push(part);
    if (part.length < chunk.length) limit.abort();
  });
  const bytes = Buffer.concat(chunks);
  const stderr = text.decode(result.stderr);
  const { state, why } = judge({
    ending: result.ending,
    exit: result.exit,
    bytes: bytes.length,
    head: bytes.toString('utf8', 0, judgedBytes),
    tail: bytes.toString('utf8', Math.max(0, bytes.length - judgedBytes)),
    stderr,
    neverEmpty: row.neverEmpty,
    cutAt: limit.signal.aborted ? most : null,
    files: command.match(/\/proc\/net\/[\w/]+/g) ?? [],
    wholeWith: row.wholeWith,
    stamped: isStamped(command),
  });
  const { hostBeforeUs, hostAfterUs, ending, exit } = result;
  return {
    head: {
      sample,
      command,
      hostBeforeUs,
      hostAfterUs,
      ending,
      exit,
      state,
      why,
      bytes: bytes.length,
      stderr: stderr === '' ? null : stderr.slice(0, mostStderr),
    },
    bytes,
  };
}
