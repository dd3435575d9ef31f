import type { CommandResult, DeviceBridge } from '../../main/engine/ports/device-bridge.ts';
import type { BridgeView, DeviceView } from '../../shared/types/device.ts';

/** What a scripted phone does with one command. Left out: it ends by itself with status 0 and says nothing. */
export interface ScriptedResult {
  readonly stdout?: string | readonly string[];
  readonly stderr?: string;
  readonly exit?: number;
  readonly ending?: CommandResult['ending'];
  /** After its output it goes on until this resolves, or until it is cancelled; what it resolves with changes how it ends. */
  readonly until?: Promise<Pick<ScriptedResult, 'exit' | 'ending'> | undefined>;
}

export const readyBridge: BridgeView = { state: 'ready', adbPath: null, version: '1.0.41', advice: null };

export const readyPhone = (serial: string, change: Partial<DeviceView> = {}): DeviceView => ({
  serial,
  state: 'device',
  model: 'Model',
  android: '14',
  maker: 'Maker',
  practice: true,
  advice: null,
  ...change,
});

/** A bridge whose answers are written down beforehand, and which remembers what it was asked. */
export class ScriptedBridge implements DeviceBridge {
  readonly asked: string[] = [];
  devices: readonly DeviceView[] = [readyPhone('S1')];
  bridge: BridgeView = readyBridge;
  nowUs = 1_700_000_000_000_000;
  readonly #answer: (command: string, serial: string) => ScriptedResult;

  constructor(answer: (command: string, serial: string) => ScriptedResult) {
    this.#answer = answer;
  }

  /** The host's clock: it moves a millisecond at every look. */
  readonly clock = { now: () => (this.nowUs += 1000) };

  async list() {
    return { bridge: this.bridge, devices: [...this.devices] };
  }
  watch() {
    return () => {};
  }
  async close() {}

  async run(
    serial: string,
    command: string,
    options: { readonly timeoutMs: number; readonly signal: AbortSignal },
    sink: (chunk: Uint8Array) => Promise<void> | void,
  ): Promise<CommandResult> {
    this.asked.push(command);
    const hostBeforeUs = this.clock.now();
    const said = this.#answer(command, serial);
    const pieces = typeof said.stdout === 'string' ? [said.stdout] : (said.stdout ?? []);
    for (const piece of pieces) await sink(Buffer.from(piece));
    const cancelled = new Promise<undefined>((resolve) => {
      options.signal.addEventListener('abort', () => resolve(undefined), { once: true });
      if (options.signal.aborted) resolve(undefined);
    });
    const last = { ...said, ...(said.until && (await Promise.race([said.until, cancelled]))) };
    const ending = options.signal.aborted ? 'cancelled' : (last.ending ?? 'exit');
    return {
      ending,
      exit: ending === 'exit' ? (last.exit ?? 0) : null,
      stderr: Buffer.from(said.stderr ?? ''),
      hostBeforeUs,
      hostAfterUs: this.clock.now(),
    };
  }
}
