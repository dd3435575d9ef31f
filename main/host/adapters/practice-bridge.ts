import { phoneAdvice } from '../../../shared/text/phone-advice.ts';
import type { PhonesView } from '../../../shared/types/device.ts';
import type { Clock } from '../../engine/ports/clock.ts';
import type { CommandEnding, CommandResult, DeviceBridge, RunOptions } from '../../engine/ports/device-bridge.ts';
import type { PracticePhone } from '../../practice/practice-phone.ts';
import { guardCommand } from './command-guard.ts';
import { identityCommand, identityFrom } from './phone-identity.ts';

/** Phones of this version and older have one stream for output and errors, as over adb. */
const lastWithoutShellV2 = 23;

/** The bridge to practice phones without adb between: for the sample case, and wherever adb is not to be had. */
export class PracticeBridge implements DeviceBridge {
  readonly #phones: readonly PracticePhone[];
  readonly #clock: Clock;

  constructor(phones: readonly PracticePhone[], clock: Clock) {
    this.#phones = phones;
    this.#clock = clock;
  }

  async list(): Promise<PhonesView> {
    const devices = await Promise.all(
      this.#phones.map(async (phone) => {
        const chunks: Uint8Array[] = [];
        const answer = await phone.run(identityCommand);
        for await (const chunk of chunksOf(answer.stdout)) chunks.push(chunk);
        const { model, maker, android } = identityFrom(Buffer.concat(chunks).toString('utf8'));
        return {
          serial: phone.serial,
          state: 'device',
          model,
          maker,
          android,
          practice: true,
          advice: phoneAdvice('device'),
        } as const;
      }),
    );
    return { bridge: { state: 'ready', adbPath: null, version: null, advice: null }, devices };
  }

  /** Practice phones neither come nor go. */
  watch(): () => void {
    return () => {};
  }

  async run(
    serial: string,
    command: string,
    options: RunOptions,
    sink: (chunk: Uint8Array) => Promise<void> | void,
  ): Promise<CommandResult> {
    guardCommand(command, options.allow);
    const hostBeforeUs = this.#clock.now();
    const phone = this.#phones.find((one) => one.serial === serial);
    const nothing = new Uint8Array();
    const result = (ending: CommandEnding, exit: number | null, stderr: Uint8Array): CommandResult => ({
      ending,
      exit,
      stderr,
      hostBeforeUs,
      hostAfterUs: this.#clock.now(),
    });
    if (!phone) return result('phone gone', null, nothing);
    const timeout = AbortSignal.timeout(options.timeoutMs);
    const answer = await phone.run(command);
    const merged = phone.sdk <= lastWithoutShellV2;
    if (merged && answer.stderr.length > 0) await sink(answer.stderr);
    for await (const chunk of chunksOf(answer.stdout)) {
      if (options.signal.aborted) return result('cancelled', null, nothing);
      if (timeout.aborted) return result('timed out', null, nothing);
      if (chunk.length > 0) await sink(chunk);
    }
    if (options.signal.aborted) return result('cancelled', null, nothing);
    return result('exit', answer.exit, merged ? nothing : answer.stderr);
  }

  async close(): Promise<void> {}
}

async function* chunksOf(stdout: Uint8Array | AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  if (stdout instanceof Uint8Array) yield stdout;
  else yield* stdout;
}
