import type { Clock } from '../../engine/ports/clock.ts';
import type { PhoneChanges } from './adb-client.ts';
import { askServer } from './adb-query.ts';
import { phoneFeatures, runOverAdb } from './adb-run.ts';
import { identityCommand, readIdentity } from './phone-identity.ts';
import { type ListedPhone, stateOf } from './phone-list.ts';

const silentRetryMs = 10_000;

/** The phones that the server lists, each with its state, its features and who it says it is. */
export class PhoneTable {
  readonly #port: number;
  readonly #clock: Clock;
  readonly #identityTimeoutMs: number;
  readonly #closing: AbortSignal;
  readonly #changed: () => void;
  readonly #phones = new Map<string, ListedPhone>();
  readonly #features = new Map<string, ReadonlySet<string>>();
  readonly #identities = new Set<Promise<void>>();

  constructor(options: {
    readonly port: number;
    readonly clock: Clock;
    readonly identityTimeoutMs: number;
    readonly closing: AbortSignal;
    /** Called when something is known of a phone that the server's list did not say. */
    readonly changed: () => void;
  }) {
    this.#port = options.port;
    this.#clock = options.clock;
    this.#identityTimeoutMs = options.identityTimeoutMs;
    this.#closing = options.closing;
    this.#changed = options.changed;
  }

  get phones(): readonly ListedPhone[] {
    return [...this.#phones.values()];
  }

  get anyUnready(): boolean {
    return this.phones.some(({ state }) => state !== 'device');
  }

  /** Resolves when every phone that is being asked who it is has answered or has been given up. */
  async identified(): Promise<void> {
    await Promise.all(this.#identities);
  }

  take({ added, changed, removed }: PhoneChanges): void {
    for (const { id } of removed) {
      this.#phones.delete(id);
      this.#features.delete(id);
    }
    for (const { id, type } of [...added, ...changed]) {
      if (this.#phones.get(id)?.word === type) continue;
      this.#features.delete(id);
      const phone: ListedPhone = { serial: id, state: stateOf(type), word: type, identity: null, silent: false };
      this.#phones.set(id, phone);
      if (phone.state === 'device') this.#identify(phone);
    }
  }

  clear(): void {
    this.#phones.clear();
    this.#features.clear();
  }

  /**
   * Asks the server for its list as it is now; true where it said one. The tracker alone is not enough: adb 1.0.41 of
   * 2019, for one, does not tell it when a phone turns out to be unauthorised.
   */
  async refresh(): Promise<boolean> {
    const answer = await askServer(this.#port, 'host:devices');
    if (answer.kind !== 'okay' || this.#closing.aborted) return false;
    const added = answer.text
      .split('\n')
      .map((line) => line.split('\t'))
      .filter((parts): parts is [string, string] => parts.length === 2)
      .map(([id, type]) => ({ id, type }));
    const there = new Set(added.map(({ id }) => id));
    const removed = this.phones.filter(({ serial }) => !there.has(serial));
    this.take({ added, changed: [], removed: removed.map(({ serial, word }) => ({ id: serial, type: word })) });
    return true;
  }

  /** What the phone's daemon claims to know; empty where the server does not say. */
  async featuresOf(serial: string): Promise<ReadonlySet<string>> {
    const known = this.#features.get(serial);
    if (known) return known;
    const features = await phoneFeatures(this.#port, serial);
    if (features && this.#phones.has(serial)) this.#features.set(serial, features);
    return features ?? new Set();
  }

  #identify(phone: ListedPhone): void {
    const asking = this.#ask(phone).finally(() => this.#identities.delete(asking));
    this.#identities.add(asking);
  }

  /** Asks who the phone is; one that answers nothing is asked again later, as long as it stays. */
  async #ask(phone: ListedPhone): Promise<void> {
    const identity = await readIdentity(async (sink, enough) =>
      runOverAdb({
        port: this.#port,
        serial: phone.serial,
        command: identityCommand,
        shellV2: (await this.featuresOf(phone.serial)).has('shell_v2'),
        timeoutMs: this.#identityTimeoutMs,
        signal: AbortSignal.any([this.#closing, enough]),
        clock: this.#clock,
        sink,
      }),
    );
    if (this.#phones.get(phone.serial) !== phone || this.#closing.aborted) return;
    phone.identity = identity;
    phone.silent = identity === null;
    this.#changed();
    if (!phone.silent) return;
    const again = setTimeout(() => {
      if (this.#phones.get(phone.serial) === phone) this.#identify(phone);
    }, silentRetryMs);
    again.unref();
    this.#closing.addEventListener('abort', () => clearTimeout(again), { once: true });
  }
}
