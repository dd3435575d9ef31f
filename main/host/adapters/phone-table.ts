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
  /** Serials that more than one phone gives. */
  #doubled: ReadonlySet<string> = new Set();
  /** The list for which the places on the bus were read, and these places by serial. */
  #detailed = '';
  #usbPorts: ReadonlyMap<string, string> = new Map();
  /** How many servers there were before this one. */
  #server = 0;

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

  /** Whether more than one phone gives this serial, so that adb cannot tell them apart. */
  isDoubled(serial: string): boolean {
    return this.#doubled.has(serial);
  }

  /** Where the phone is on the USB bus (`1-2`), by the server's word; null where it does not say or it is not there. */
  usbPortOf(serial: string): string | null {
    return this.#usbPorts.get(serial) ?? null;
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
    const taken = new Set<string>();
    for (const { id, type } of [...added, ...changed]) {
      // Two phones with one serial: the first line stands for both.
      if (taken.has(id)) continue;
      taken.add(id);
      if (this.#phones.get(id)?.word === type) continue;
      this.#features.delete(id);
      const phone: ListedPhone = { serial: id, state: stateOf(type), word: type, identity: null, silent: false };
      this.#phones.set(id, phone);
      if (phone.state === 'device') this.#identify(phone);
    }
  }

  /** The server is gone, and its phones with it. */
  clear(): void {
    this.#server += 1;
    this.#phones.clear();
    this.#features.clear();
    this.#doubled = new Set();
    this.#detailed = '';
    this.#usbPorts = new Map();
  }

  /**
   * Asks the server for its list as it is now; true where it said one. The tracker alone is not enough: adb 1.0.41 of
   * 2019, for one, does not tell it when a phone turns out to be unauthorised.
   */
  async refresh(): Promise<boolean> {
    const server = this.#server;
    const answer = await askServer(this.#port, 'host:devices');
    if (answer.kind !== 'okay') return false;
    await this.#readDetails(answer.text);
    // What a server said that is gone by now is no news of the next one.
    if (this.#closing.aborted || server !== this.#server) return false;
    const added = answer.text
      .split('\n')
      .map((line) => line.split('\t'))
      .filter((parts): parts is [string, string] => parts.length === 2)
      .map(([id, type]) => ({ id, type }));
    const there = new Set(added.map(({ id }) => id));
    this.#doubled = new Set(
      added.filter(({ id }, at) => added.findIndex((one) => one.id === id) < at).map(({ id }) => id),
    );
    const removed = this.phones.filter(({ serial }) => !there.has(serial));
    this.take({ added, changed: [], removed: removed.map(({ serial, word }) => ({ id: serial, type: word })) });
    return true;
  }

  /** Reads the long list once for every list that is new. Its columns are cut by spaces, which a state has too: only the place is taken of it. */
  async #readDetails(list: string): Promise<void> {
    if (list === this.#detailed) return;
    const answer = await askServer(this.#port, 'host:devices-l');
    this.#detailed = list;
    this.#usbPorts = new Map(
      (answer.kind === 'okay' ? answer.text.split('\n') : []).flatMap((line) => {
        const found = /^(\S+) .*? usb:(\d+-[\d.]+)(?: |$)/.exec(line);
        return found ? [[found[1]!, found[2]!] as const] : [];
      }),
    );
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
