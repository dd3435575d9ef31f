import { createHash } from 'node:crypto';
import { isoOf } from '../../../shared/base/time.ts';
import type { ClockOffset } from '../model/acquisition.ts';
import type { Clock } from '../ports/clock.ts';
import type { CommandResult, DeviceBridge } from '../ports/device-bridge.ts';

/** One command on a phone, for the custody log. Host times ISO 8601 UTC; `sha256` and `bytes` are of standard output. */
export interface PhoneAction {
  readonly serial: string;
  readonly command: string;
  readonly hostBefore: string;
  readonly hostAfter: string;
  /** Phone minus host in milliseconds and the error of that figure, as far as it was measured by then. */
  readonly offsetMs: number | null;
  readonly offsetErrorMs: number | null;
  /** How it ended; `not sent` for one that was refused on this side of the cable. */
  readonly ending: string;
  readonly exit: number | null;
  readonly bytes: number;
  readonly sha256: string;
  readonly stderrBytes: number;
  /** Of standard error, where there was any. */
  readonly stderrSha256?: string;
  readonly why?: string;
}

/** A bridge whose commands are all told, whoever runs them and however they end. */
export interface RecordedBridge extends DeviceBridge {
  /** The offset of the phone's clock, once it is known. */
  knownOffset(offset: ClockOffset): void;
}

/**
 * Puts a recorder in front of a bridge: a command is told after its end, before the caller has its answer. What `tell` throws
 * stops the caller, since an action that cannot be recorded must not be followed by another.
 */
export function recordedBridge(
  bridge: DeviceBridge,
  clock: Clock,
  tell: (action: PhoneAction) => Promise<void>,
): RecordedBridge {
  let offset: ClockOffset | null = null;
  return {
    list: () => bridge.list(),
    watch: (listener) => bridge.watch(listener),
    reconnect: async (serial) => bridge.reconnect?.(serial),
    close: () => bridge.close(),
    knownOffset(measured) {
      offset = measured;
    },
    async run(serial, command, options, sink) {
      const hash = createHash('sha256');
      const began = clock.now();
      let bytes = 0;
      const facts = (hostBeforeUs: number, hostAfterUs: number) => ({
        serial,
        command,
        hostBefore: isoOf(hostBeforeUs),
        hostAfter: isoOf(hostAfterUs),
        offsetMs: offset?.offsetMs ?? null,
        offsetErrorMs: offset?.errorMs ?? null,
        bytes,
        sha256: hash.digest('hex'),
      });
      let result: CommandResult;
      try {
        result = await bridge.run(serial, command, options, (chunk) => {
          hash.update(chunk);
          bytes += chunk.length;
          return sink(chunk);
        });
      } catch (error) {
        const refused = (error as { code?: string }).code === 'refused-command';
        const why = error instanceof Error ? error.message.slice(0, 500) : 'not known';
        const ending = refused ? 'not sent' : 'stopped on this side';
        await tell({ ...facts(began, clock.now()), ending, exit: null, stderrBytes: 0, why });
        throw error;
      }
      const { ending, exit, stderr, hostBeforeUs, hostAfterUs } = result;
      const errors = stderr.length > 0 && { stderrSha256: createHash('sha256').update(stderr).digest('hex') };
      await tell({ ...facts(hostBeforeUs, hostAfterUs), ending, exit, stderrBytes: stderr.length, ...errors });
      return result;
    },
  };
}
