import { Failure } from '../../../../../shared/base/failure.ts';
import { noPhoneAdvice } from '../../../../../shared/text/phone-advice.ts';
import type { CommandEnding, DeviceBridge, RunOptions } from '../../../ports/device-bridge.ts';

/** Whom the questions go to. */
export interface Asking {
  readonly bridge: DeviceBridge;
  /** As adb names the phone. */
  readonly serial: string;
  readonly signal: AbortSignal;
}

/** A short answer, held in memory. */
export interface Said {
  readonly text: string;
  readonly stderr: string;
  readonly ending: CommandEnding;
  readonly exit: number | null;
  /** It was longer than was taken. */
  readonly cut: boolean;
}

const usualMs = 20_000;
const usualBytes = 4 * 1024 * 1024;

/**
 * Asks the phone one thing before anything is taken, and keeps no evidence of it; a bridge that records has it in the log.
 * What is longer than `mostBytes` (4 MiB) is cut there. Rejects with Failure `phone-gone` or `cancelled`.
 */
export async function askPhone(
  at: Asking,
  command: string,
  options: {
    readonly allow?: RunOptions['allow'];
    readonly timeoutMs?: number;
    readonly mostBytes?: number;
  } = {},
): Promise<Said> {
  const most = options.mostBytes ?? usualBytes;
  const enough = new AbortController();
  const chunks: Buffer[] = [];
  let bytes = 0;
  const { ending, exit, stderr } = await at.bridge.run(
    at.serial,
    command,
    {
      timeoutMs: options.timeoutMs ?? usualMs,
      signal: AbortSignal.any([at.signal, enough.signal]),
      ...(options.allow && { allow: options.allow }),
    },
    (chunk) => {
      const part = chunk.subarray(0, most - bytes);
      if (part.length > 0) chunks.push(Buffer.from(part));
      bytes += part.length;
      if (part.length < chunk.length) enough.abort();
    },
  );
  if (at.signal.aborted)
    throw new Failure('cancelled', 'It was cancelled while the phone was being asked what it has.');
  if (ending === 'phone gone') throw new Failure('phone-gone', `The phone ${at.serial} has gone.`, noPhoneAdvice);
  return {
    text: Buffer.concat(chunks).toString('utf8'),
    stderr: Buffer.from(stderr).toString('utf8'),
    ending,
    exit,
    cut: enough.signal.aborted,
  };
}
