import { setTimeout as wait } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { adbServerKilledAdvice, usbBlindNote, wslNote } from '../../../shared/text/adb-advice.ts';
import { pairedAndListed, waitsForAllow } from '../../../shared/text/connect-words.ts';
import type { BridgeView, ConnectOutcome, PhonesView } from '../../../shared/types/device.ts';
import type { Clock } from '../../engine/ports/clock.ts';
import type { CommandResult, DeviceBridge, RunOptions } from '../../engine/ports/device-bridge.ts';
import { findAdb } from './adb-finder.ts';
import { askServer } from './adb-query.ts';
import { runOverAdb } from './adb-run.ts';
import { withProblem } from './adb-server.ts';
import { guardCommand } from './command-guard.ts';
import { connectPhone, pairPhone } from './pairing.ts';
import { type ListedPhone, phoneViews } from './phone-list.ts';
import { PhoneTable } from './phone-table.ts';
import { ServerDeaths } from './server-deaths.ts';
import { ServerFollower } from './server-follower.ts';
import { type ServerPlace, serverPlace } from './server-place.ts';
import { readSurroundings, type Surroundings } from './surroundings.ts';
import { UsbWatch } from './usb-watch.ts';

const identityTimeoutMs = 6000;
const settleMs = 2500;
/** A host that does not answer is given up by adb after ten seconds. */
const reconnectMs = 11_000;
const busMs = 2000;
/** How long a phone that was paired or connected may take to appear in the list. */
const appearMs = 4000;

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
  /** Folder of what ships with this program: an adb may lie in its `platform-tools`. */
  readonly own?: string | undefined;
  /** What kind of computer this is, and where it tells of its USB bus; else it is read. */
  readonly surroundings?: Surroundings;
  readonly usbFolder?: string | undefined;
}

/** Phones over the real adb server, by adbkit. Starts to look when it is first asked. */
export class AdbBridge implements DeviceBridge {
  readonly #options: AdbBridgeOptions;
  readonly #place: ServerPlace;
  readonly #port: number;
  readonly #surroundings: Surroundings;
  readonly #usb: UsbWatch;
  readonly #deaths = new ServerDeaths();
  readonly #table: PhoneTable;
  readonly #follower: ServerFollower;
  readonly #listeners = new Set<(phones: PhonesView) => void>();
  readonly #closing = new AbortController();
  #view: BridgeView = { state: 'starting', adbPath: null, version: null, advice: null };
  #told: PhonesView | null = null;
  #loop: Promise<void> | null = null;
  #known = Promise.withResolvers<void>();

  constructor(options: AdbBridgeOptions) {
    this.#options = options;
    this.#place = serverPlace(options.serverPort, options.environment ?? process.env);
    this.#port = this.#place.port;
    this.#surroundings = options.surroundings ?? readSurroundings();
    this.#usb = new UsbWatch(this.#surroundings, options.usbFolder);
    this.#table = new PhoneTable({
      port: this.#port,
      clock: options.clock,
      identityTimeoutMs: options.identityTimeoutMs ?? identityTimeoutMs,
      closing: this.#closing.signal,
      changed: () => this.#tell(),
    });
    const { adbPath, own, environment = process.env } = options;
    this.#follower = new ServerFollower({
      port: this.#port,
      platform: this.#surroundings.platform,
      environment,
      deaths: this.#deaths,
      closing: this.#closing.signal,
      find: () => findAdb({ adbPath, environment, own }),
      published: (view) => this.#publish(view),
      changed: (changes, view) => {
        this.#table.take(changes);
        this.#publish(view);
        // The tracker tells no place on the bus, and of two phones with one serial only one.
        void this.#refresh();
      },
      refresh: () => {
        if (this.#table.anyUnready) void this.#refresh();
      },
      cleared: () => this.#table.clear(),
    });
  }

  async list(): Promise<PhonesView> {
    this.#start();
    await this.#known.promise;
    await this.#usb.read();
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

  async pair(address: string, code: string): Promise<ConnectOutcome> {
    const { outcome, name } = await pairPhone(this.#port, address, code, () => this.#server());
    if (!outcome.ok || name === null) return outcome;
    // The server connects by itself to a phone that it has paired with, where mDNS passes through the network.
    const phone = await this.#appears((one) => one.serial.startsWith(name) && one.state === 'device');
    return phone ? { ok: true, sentence: pairedAndListed(address.trim()), serial: phone.serial } : outcome;
  }

  async connect(address: string): Promise<ConnectOutcome> {
    const outcome = await connectPhone(this.#port, address, () => this.#server());
    if (outcome.serial === null) return outcome;
    const coming = ['connecting', 'authorizing', 'offline'];
    const phone = await this.#appears(({ serial, state }) => serial === outcome.serial && !coming.includes(state));
    return phone?.state === 'unauthorized' ? { ...outcome, sentence: waitsForAllow(phone.serial) } : outcome;
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

  /** Null once a server answers; else why there is none. */
  async #server(): Promise<string | null> {
    this.#start();
    await this.#known.promise;
    return this.#view.state === 'ready' ? null : (this.#view.advice ?? 'adb does not run.');
  }

  /** Waits for a phone of the list, within bounds. */
  async #appears(wanted: (phone: ListedPhone) => boolean): Promise<ListedPhone | null> {
    for (const end = Date.now() + appearMs; ; ) {
      await this.#refresh();
      const phone = this.#table.phones.find(wanted);
      if (phone || Date.now() >= end || this.#closing.signal.aborted) return phone ?? null;
      await this.#pause(200);
    }
  }

  /** Follows the server's list, and the USB bus beside it, until the bridge is closed. */
  async #follow(): Promise<void> {
    await this.#usb.read();
    const watching = setInterval(() => {
      if (this.#usb.tells && this.#listeners.size > 0) void this.#usb.read().then(() => this.#tell());
    }, busMs);
    watching.unref();
    await this.#follower.run();
    clearInterval(watching);
    this.#known.resolve();
  }

  async #refresh(): Promise<void> {
    if ((await this.#table.refresh()) && this.#view.state === 'ready') this.#tell();
  }

  /** Waits for phones to say who they are, and for those that are just coming up, within bounds. */
  async #settled(): Promise<void> {
    const waitMs = this.#options.settleMs ?? settleMs;
    const until = this.#follower.readySince + waitMs;
    const coming = () =>
      this.#table.phones.some(
        ({ state }) => state === 'connecting' || state === 'authorizing' || (state === 'offline' && Date.now() < until),
      ) || this.#onBus().pending;
    if (this.#view.state === 'ready') await this.#refresh();
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

  #onBus() {
    const listed = this.#table.phones.map(({ serial }) => ({ serial, usbPort: this.#table.usbPortOf(serial) }));
    return this.#usb.phones(listed, this.#view.state === 'ready', Date.now());
  }

  /** The view of adb itself, with what its server has gone through lately. */
  #bridgeView(): BridgeView {
    const { state, adbPath, version, problem } = this.#view;
    const trouble = state === 'ready' || state === 'starting' ? this.#deaths.trouble(Date.now()) : null;
    const say = (named: 'server-killed' | 'server-elsewhere', advice: string) =>
      withProblem({ state, adbPath, version }, named, advice, this.#surroundings.platform, this.#port);
    if (trouble) return say('server-killed', adbServerKilledAdvice(trouble.times, trouble.seconds, trouble.versions));
    const { elsewhere } = this.#place;
    return elsewhere !== null && problem === undefined ? say('server-elsewhere', elsewhere) : this.#view;
  }

  #phonesView(): PhonesView {
    const { phones } = this.#table;
    const { platform, wsl } = this.#surroundings;
    const bridge = this.#bridgeView();
    const devices = phoneViews(phones, {
      surroundings: this.#surroundings,
      isDoubled: (serial) => this.#table.isDoubled(serial),
      usbPortOf: (serial) => this.#table.usbPortOf(serial),
      bus: this.#usb.devices,
    });
    const usb = this.#onBus().phones;
    const { elsewhere } = this.#place;
    const notes = [
      elsewhere !== null && bridge.problem !== 'server-elsewhere' ? elsewhere : null,
      devices.length === 0 && usb.length === 0 ? (wsl ? wslNote : usbBlindNote(platform)) : null,
    ].filter((note) => note !== null);
    return {
      bridge,
      devices,
      ...(this.#usb.tells && { usb }),
      ...(notes.length > 0 && { notes }),
    };
  }

  #publish(view: BridgeView): void {
    const waited = this.#view.state === 'starting';
    this.#view = view;
    if (view.state !== 'starting') this.#known.resolve();
    else if (!waited) this.#known = Promise.withResolvers();
    this.#tell();
  }

  #tell(): void {
    const now = this.#phonesView();
    if (isDeepStrictEqual(now, this.#told)) return;
    this.#told = now;
    for (const listener of this.#listeners) listener(now);
  }
}
