import { setTimeout as wait } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { adbRefusesAdvice } from '../../../shared/text/phone-advice.ts';
import type { BridgeView, PhonesView } from '../../../shared/types/device.ts';
import type { Clock } from '../../engine/ports/clock.ts';
import type { CommandResult, DeviceBridge, RunOptions } from '../../engine/ports/device-bridge.ts';
import { AdbClient } from './adb-client.ts';
import { findAdb } from './adb-finder.ts';
import { askServer } from './adb-query.ts';
import { runOverAdb } from './adb-run.ts';
import { ensureServer } from './adb-server.ts';
import { guardCommand } from './command-guard.ts';
import { phoneView } from './phone-list.ts';
import { PhoneTable } from './phone-table.ts';

const defaultPort = 5037;
const identityTimeoutMs = 6000;
const settleMs = 2500;
const refreshMs = 750;
/** A server that has just started looks for phones for up to three seconds before its first list. */
const firstListMs = 8000;
/** A host that does not answer is given up by adb after ten seconds. */
const reconnectMs = 11_000;
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
  readonly #table: PhoneTable;
  readonly #listeners = new Set<(phones: PhonesView) => void>();
  readonly #closing = new AbortController();
  #view: BridgeView = { state: 'starting', adbPath: null, version: null, advice: null };
  #told: PhonesView | null = null;
  #loop: Promise<void> | null = null;
  #known = Promise.withResolvers<void>();
  #readySince = 0;

  constructor(options: AdbBridgeOptions) {
    this.#options = options;
    this.#port = portOf(options);
    this.#table = new PhoneTable({
      port: this.#port,
      clock: options.clock,
      identityTimeoutMs: options.identityTimeoutMs ?? identityTimeoutMs,
      closing: this.#closing.signal,
      changed: () => this.#publish(this.#view),
    });
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
    options: RunOptions,
    sink: (chunk: Uint8Array) => Promise<void> | void,
  ): Promise<CommandResult> {
    guardCommand(command, options.allow);
    this.#start();
    await this.#known.promise;
    const features = await this.#table.featuresOf(serial);
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

  async reconnect(serial: string): Promise<void> {
    if (!/^[^\s]+:\d{1,5}$/.test(serial)) return;
    await this.#table.refresh();
    const listed = this.#table.phones.find((phone) => phone.serial === serial);
    if (listed && listed.state !== 'offline') return;
    // adb keeps a dead connection in its list, and answers "already connected" for as long as it is there.
    if (listed) await askServer(this.#port, `host:disconnect:${serial}`);
    await askServer(this.#port, `host:connect:${serial}`, reconnectMs);
    await this.#refresh();
  }

  async close(): Promise<void> {
    this.#listeners.clear();
    this.#closing.abort();
    await this.#loop;
    await this.#table.identified();
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
        this.#table.clear();
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
      if (this.#table.anyUnready) void this.#refresh();
    }, refreshMs);
    const tracking = client.track((changes) => {
      lists += 1;
      clearTimeout(firstList);
      this.#table.take(changes);
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

  async #refresh(): Promise<void> {
    if ((await this.#table.refresh()) && this.#view.state === 'ready') this.#publish(this.#view);
  }

  /** Waits for phones to say who they are, and for those that are just coming up, within bounds. */
  async #settled(): Promise<void> {
    const waitMs = this.#options.settleMs ?? settleMs;
    const until = this.#readySince + waitMs;
    const coming = () =>
      this.#table.phones.some(
        ({ state }) => state === 'connecting' || state === 'authorizing' || (state === 'offline' && Date.now() < until),
      );
    if (this.#table.anyUnready) await this.#refresh();
    for (const end = Date.now() + waitMs; coming() && Date.now() < end; ) {
      await this.#pause(50);
      if (this.#table.anyUnready) await this.#refresh();
    }
    await this.#table.identified();
  }

  /** Waits, or less long where the bridge is closed meanwhile. */
  async #pause(ms: number): Promise<void> {
    await wait(ms, undefined, { signal: this.#closing.signal }).catch(() => {});
  }

  #phonesView(): PhonesView {
    return { bridge: this.#view, devices: this.#table.phones.map(phoneView) };
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
