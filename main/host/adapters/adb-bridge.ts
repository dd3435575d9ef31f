import { isDeepStrictEqual } from 'node:util';
import { adbRefusesAdvice } from '../../../shared/text/phone-advice.ts';
import type { BridgeView, PhonesView } from '../../../shared/types/device.ts';
import type { Clock } from '../../engine/ports/clock.ts';
import type { CommandResult, DeviceBridge } from '../../engine/ports/device-bridge.ts';
import { AdbClient, type PhoneChanges } from './adb-client.ts';
import { findAdb } from './adb-finder.ts';
import { askServer } from './adb-query.ts';
import { phoneFeatures, runOverAdb } from './adb-run.ts';
import { ensureServer } from './adb-server.ts';
import { guardCommand } from './command-guard.ts';
import { identityCommand, readIdentity } from './phone-identity.ts';
import { type ListedPhone, phoneView, stateOf } from './phone-list.ts';

const defaultPort = 5037;
const identityTimeoutMs = 6000;
const silentRetryMs = 10_000;
const settleMs = 2500;
const refreshMs = 750;
/** A server that has just started looks for phones for up to three seconds before its first list. */
const firstListMs = 8000;
const retryPausesMs = [250, 500, 1000, 2000, 3000];

export interface AdbBridgeOptions {
  readonly clock: Clock;
  /** Port of the adb server; else ANDROID_ADB_SERVER_PORT, else 5037. */
  readonly serverPort?: number | undefined;
  /** Path of the adb program; else PHONEHOME_ADB, else it is searched for. */
  readonly adbPath?: string | undefined;
  /** Else the environment of this process. An adb server that is started gets it too. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** How long a phone may take to say who it is before it counts as silent. */
  readonly identityTimeoutMs?: number;
  /** How long a list waits for phones that are just coming up. */
  readonly settleMs?: number;
}

function portOf(options: AdbBridgeOptions): number {
  const said = Number((options.environment ?? process.env).ANDROID_ADB_SERVER_PORT);
  return options.serverPort ?? (Number.isInteger(said) && said > 0 && said < 65_536 ? said : defaultPort);
}

/** Phones over the real adb server, by adbkit. Starts to look when it is first asked. */
export class AdbBridge implements DeviceBridge {
  readonly #options: AdbBridgeOptions;
  readonly #port: number;
  readonly #phones = new Map<string, ListedPhone>();
  readonly #features = new Map<string, ReadonlySet<string>>();
  readonly #listeners = new Set<(phones: PhonesView) => void>();
  readonly #closing = new AbortController();
  readonly #identities = new Set<Promise<void>>();
  #view: BridgeView = { state: 'starting', adbPath: null, version: null, advice: null };
  #told: PhonesView | null = null;
  #loop: Promise<void> | null = null;
  #known = Promise.withResolvers<void>();
  #readySince = 0;

  constructor(options: AdbBridgeOptions) {
    this.#options = options;
    this.#port = portOf(options);
  }

  async list(): Promise<PhonesView> {
    this.#start();
    await this.#known.promise;
    await this.#settled();
    return this.#phonesView();
  }

  watch(listener: (phones: PhonesView) => void): () => void {
    this.#listeners.add(listener);
    this.#start();
    return () => this.#listeners.delete(listener);
  }

  async run(
    serial: string,
    command: string,
    options: { readonly timeoutMs: number; readonly signal: AbortSignal },
    sink: (chunk: Uint8Array) => Promise<void> | void,
  ): Promise<CommandResult> {
    guardCommand(command);
    this.#start();
    await this.#known.promise;
    const features = await this.#featuresOf(serial);
    return runOverAdb({
      port: this.#port,
      serial,
      command,
      shellV2: features.has('shell_v2'),
      timeoutMs: options.timeoutMs,
      signal: AbortSignal.any([options.signal, this.#closing.signal]),
      clock: this.#options.clock,
      sink,
    });
  }

  async close(): Promise<void> {
    this.#listeners.clear();
    this.#closing.abort();
    await this.#loop;
    await Promise.all(this.#identities);
  }

  #start(): void {
    this.#loop ??= this.#follow();
  }

  /** Finds a server, follows its list until it dies, and begins again. */
  async #follow(): Promise<void> {
    let failures = 0;
    while (!this.#closing.signal.aborted) {
      const { adbPath, environment = process.env } = this.#options;
      const view = await ensureServer(this.#port, findAdb({ adbPath, environment }), process.platform, environment);
      if (this.#closing.signal.aborted) break;
      if (view.state !== 'ready') this.#publish(view);
      else {
        this.#readySince = Date.now();
        const refusal = await this.#track(view);
        this.#forgetPhones();
        if (refusal === null) failures = 0;
        if (this.#closing.signal.aborted) break;
        this.#publish(
          refusal === null
            ? { ...view, state: 'starting', advice: null }
            : { ...view, state: 'failed', advice: adbRefusesAdvice(view.version, refusal) },
        );
      }
      await this.#pause(retryPausesMs[Math.min(failures, retryPausesMs.length - 1)]!);
      failures += 1;
    }
    this.#known.resolve();
  }

  /** Follows the list until the server is gone (null), or says why there is no list to follow. */
  async #track(view: BridgeView): Promise<string | null> {
    const client = new AdbClient(this.#port);
    const over = Promise.withResolvers<string | null>();
    let lists = 0;
    const ended = () => over.resolve(lists > 0 || this.#closing.signal.aborted ? null : 'it hung up');
    const stop = () => {
      client.end();
      ended();
    };
    this.#closing.signal.addEventListener('abort', stop, { once: true });
    const firstList = setTimeout(() => over.resolve('it does not answer'), firstListMs);
    const refreshing = setInterval(() => {
      const unready = [...this.#phones.values()].some(({ state }) => state !== 'device');
      if (unready) void this.#refresh();
    }, refreshMs);
    const tracking = client.track((changes) => {
      lists += 1;
      clearTimeout(firstList);
      this.#take(changes);
      this.#publish(view);
    }, ended);
    tracking.catch((error) => {
      const words = error instanceof Error ? error.message : String(error);
      over.resolve(words.replace(/^Failure: '(.*)'$/s, '$1'));
    });
    try {
      return await over.promise;
    } finally {
      clearTimeout(firstList);
      clearInterval(refreshing);
      this.#closing.signal.removeEventListener('abort', stop);
      client.end();
    }
  }

  /**
   * Asks for the list as it is now. The tracker alone is not enough: adb 1.0.41 of 2019, for one, does not tell it when
   * a phone turns out to be unauthorised.
   */
  async #refresh(): Promise<void> {
    const answer = await askServer(this.#port, 'host:devices');
    if (answer.kind !== 'okay' || this.#view.state !== 'ready' || this.#closing.signal.aborted) return;
    const listed = answer.text
      .split('\n')
      .map((line) => line.split('\t'))
      .filter((parts): parts is [string, string] => parts.length === 2)
      .map(([id, type]) => ({ id, type }));
    const there = new Set(listed.map(({ id }) => id));
    const removed = [...this.#phones.values()].filter(({ serial }) => !there.has(serial));
    this.#take({
      added: listed,
      changed: [],
      removed: removed.map(({ serial, word }) => ({ id: serial, type: word })),
    });
    this.#publish(this.#view);
  }

  #take({ added, changed, removed }: PhoneChanges): void {
    for (const { id } of removed) this.#forget(id);
    for (const { id, type } of [...added, ...changed]) {
      if (this.#phones.get(id)?.word === type) continue;
      this.#features.delete(id);
      const phone: ListedPhone = { serial: id, state: stateOf(type), word: type, identity: null, silent: false };
      this.#phones.set(id, phone);
      if (phone.state === 'device') this.#identify(phone);
    }
  }

  #forget(serial: string): void {
    this.#phones.delete(serial);
    this.#features.delete(serial);
  }

  #forgetPhones(): void {
    this.#phones.clear();
    this.#features.clear();
  }

  /** Asks who the phone is; one that answers nothing is asked again later, as long as it stays. */
  #identify(phone: ListedPhone): void {
    const asking = this.#ask(phone).finally(() => this.#identities.delete(asking));
    this.#identities.add(asking);
  }

  async #ask(phone: ListedPhone): Promise<void> {
    const { signal } = this.#closing;
    const timeoutMs = this.#options.identityTimeoutMs ?? identityTimeoutMs;
    const identity = await readIdentity(async (sink) =>
      runOverAdb({
        port: this.#port,
        serial: phone.serial,
        command: identityCommand,
        shellV2: (await this.#featuresOf(phone.serial)).has('shell_v2'),
        timeoutMs,
        signal,
        clock: this.#options.clock,
        sink,
      }),
    );
    if (this.#phones.get(phone.serial) !== phone || signal.aborted) return;
    phone.identity = identity;
    phone.silent = identity === null;
    this.#publish(this.#view);
    if (!phone.silent) return;
    const again = setTimeout(() => {
      if (this.#phones.get(phone.serial) === phone) this.#identify(phone);
    }, silentRetryMs);
    again.unref();
    signal.addEventListener('abort', () => clearTimeout(again), { once: true });
  }

  async #featuresOf(serial: string): Promise<ReadonlySet<string>> {
    const known = this.#features.get(serial);
    if (known) return known;
    const features = await phoneFeatures(this.#port, serial);
    if (features && this.#phones.has(serial)) this.#features.set(serial, features);
    return features ?? new Set();
  }

  /** Waits for phones to say who they are, and for those that are just coming up, within bounds. */
  async #settled(): Promise<void> {
    const waitMs = this.#options.settleMs ?? settleMs;
    const until = this.#readySince + waitMs;
    const coming = () =>
      [...this.#phones.values()].some(
        ({ state }) => state === 'connecting' || state === 'authorizing' || (state === 'offline' && Date.now() < until),
      );
    const unready = () => [...this.#phones.values()].some(({ state }) => state !== 'device');
    if (unready()) await this.#refresh();
    for (const end = Date.now() + waitMs; coming() && Date.now() < end; ) {
      await this.#pause(50);
      if (unready()) await this.#refresh();
    }
    await Promise.all(this.#identities);
  }

  #pause(ms: number): Promise<void> {
    const { signal } = this.#closing;
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal.addEventListener('abort', done, { once: true });
    });
  }

  #phonesView(): PhonesView {
    return { bridge: this.#view, devices: [...this.#phones.values()].map(phoneView) };
  }

  #publish(view: BridgeView): void {
    this.#view = view;
    if (view.state === 'starting') this.#known = Promise.withResolvers();
    else this.#known.resolve();
    const now = this.#phonesView();
    if (isDeepStrictEqual(now, this.#told)) return;
    this.#told = now;
    for (const listener of this.#listeners) listener(now);
  }
}
