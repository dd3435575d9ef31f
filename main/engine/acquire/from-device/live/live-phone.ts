import type { ClockOffset } from '../../../model/acquisition.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { DeviceBridge } from '../../../ports/device-bridge.ts';
import type { EvidenceKeeper } from '../../../ports/evidence-keeper.ts';
import type { Progress } from '../../../ports/progress.ts';
import { comeBack, type Returned } from '../comeback.ts';
import type { PhoneStart } from '../phone-start.ts';
import { clockRow } from '../plan-identity.ts';
import { runClockTask } from '../run-task.ts';

/** As long as a timer can be set: a phone is waited for as long as the acquisition goes on. */
const foreverMs = 2 ** 31 - 1;

/** A phone that is to be watched, as the first pass through the plan left it, and what is done with it. */
export interface WatchedPhone {
  /** Its commands stand in the custody log. */
  readonly bridge: DeviceBridge;
  readonly clock: Clock;
  readonly keep: EvidenceKeeper;
  readonly progress: Progress;
  /** adb's name for the phone, on the connection that it has now. */
  readonly connection: string;
  readonly hardwareSerial: string | null;
  /** Phone minus host as it was last measured. */
  readonly offset: ClockOffset | null;
  readonly start: PhoneStart;
  readonly sdk: number | null;
  /** What stands for names in braces in the plan's lines. */
  readonly words: ReadonlyMap<string, string>;
  returned(back: Returned): void;
}

export interface LivePhoneOptions extends WatchedPhone {
  /** The live acquisition is over. */
  readonly over: AbortSignal;
  lost(): void;
}

/** The phone as it comes and goes while it is watched. */
export class LivePhone {
  connection: string;
  offset: ClockOffset | null;
  /** How often the connection was lost. */
  losses = 0;
  #start: PhoneStart;
  readonly #options: LivePhoneOptions;
  #here = new AbortController();
  #waiting: Promise<void> | null = null;

  constructor(options: LivePhoneOptions) {
    this.#options = options;
    this.connection = options.connection;
    this.offset = options.offset;
    this.#start = options.start;
  }

  /** Aborted when this connection is known to be lost, and at the end of all. */
  get signal(): AbortSignal {
    return AbortSignal.any([this.#here.signal, this.#options.over]);
  }

  /** The phone was there when it was last heard of. */
  get isHere(): boolean {
    return this.#waiting === null;
  }

  /** Resolves when the phone is there, or the acquisition is over. Rejects with what the keeper throws. */
  async ready(): Promise<void> {
    await this.#waiting;
  }

  /** The connection is lost to one answer, and so to all: begins to wait. Those that notice it later wait with it. */
  lose(step: string, why: string, connection: string): void {
    if (this.#waiting !== null || connection !== this.connection || this.#options.over.aborted) return;
    this.losses += 1;
    this.#here.abort();
    this.#options.lost();
    this.#waiting = this.#wait(step, why);
    // Whoever asks for it next is told of a failure.
    this.#waiting.catch(() => {});
  }

  /** Compares the clocks anew, because one of this computer's own has jumped; several that ask for it at once get one answer. */
  compareClocks(): Promise<void> {
    this.#comparing ??= this.#compare().finally(() => {
      this.#comparing = null;
    });
    return this.#comparing;
  }
  #comparing: Promise<void> | null = null;

  async #compare(): Promise<void> {
    const { bridge, clock, keep, sdk, words, over } = this.#options;
    const title = 'Clock, after this computer slept or its clock was set';
    const task = { id: 'clock again', title, row: { ...clockRow('after', title), id: 'clock again' }, user: null };
    const at = { bridge, clock, keep, sdk, words, signal: over, lost: this.#here.signal, serial: this.connection };
    const { offset } = await runClockTask(task, { ...at, offset: null, received: () => {} });
    this.offset = offset ?? this.offset;
  }

  async #wait(step: string, why: string): Promise<void> {
    const { bridge, clock, keep, sdk, words, hardwareSerial, over } = this.#options;
    const progress: Progress = {
      ...this.#options.progress,
      // How long it can still be waited for says nothing here.
      now: (phrase) => this.#options.progress.now(phrase.replace(/ \(\d+ s\)$/, ''), null),
    };
    while (!over.aborted) {
      const { connection } = this;
      const back = await comeBack(
        { bridge, connection, hardwareSerial, waitMs: foreverMs, signal: over, progress, fraction: null, step, why },
        this.#start,
        { bridge, clock, keep, signal: over, sdk, words },
      );
      if (!back) continue;
      this.connection = back.connection;
      this.offset = back.offset ?? this.offset;
      this.#start = { bootId: back.start.bootId ?? this.#start.bootId, offset: back.offset ?? this.#start.offset };
      this.#here = new AbortController();
      this.#waiting = null;
      this.#options.returned(back);
      return;
    }
  }
}
