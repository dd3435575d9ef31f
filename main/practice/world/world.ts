import { appsOf, type PracticeApp, setupOf, type Visitor } from './apps.ts';
import type { Script } from './catalog/catalog.ts';
import { type Home, homes } from './homes.ts';
import { DEFAULT, type Entry, kernelEntries } from './ledger.ts';
import { Life } from './life.ts';
import { type Model, modelOf } from './models.ts';
import { type RootWay, releaseOf, settledSdk, type WorldOptions } from './options.ts';
import { diceOf, hashOf, hexOf } from './random.ts';
import { DAY_US, HOUR_US, MINUTE_US, SECOND_US } from './time.ts';
import { appActors, type FrontSession, systemActors, trafficOf } from './traffic.ts';
import { type Totals, totalsOf } from './truth.ts';

export interface PracticeUser {
  readonly id: number;
  readonly name: string;
  /** UserInfo flags. */
  readonly flags: number;
  readonly running: boolean;
  readonly kind: 'owner' | 'work profile' | 'dual apps' | 'secure folder';
  /** The shell may not ask about this user. */
  readonly closed: boolean;
}

export type History = 'complete' | 'since boot';

/** A phone and its owner's weeks, all from the options. Times are true time, microseconds of UTC. */
export interface World {
  readonly options: WorldOptions;
  readonly sdk: number;
  /** `15`, `7.1.2`: what the phone says of itself. */
  readonly release: string;
  readonly model: Model;
  readonly serial: string;
  readonly home: Home;
  readonly users: readonly PracticeUser[];
  /** Packages installed at "now". */
  readonly apps: readonly PracticeApp[];
  /** Apps that came and went; their history stands under uid -4. */
  readonly removed: readonly PracticeApp[];
  readonly vpnApp: PracticeApp | null;
  readonly nowUs: number;
  readonly setupUs: number;
  readonly bootUs: number;
  /** Start of the oldest bucket that is kept, and of the oldest with tags. */
  readonly historyFromUs: number;
  readonly tagsFromUs: number;
  /** The last time that the phone read its counters. */
  readonly polledUs: number;
  /** Phone's clock minus true time, milliseconds, now. */
  readonly skewMs: number;
  /** The owner's own setting of the clock, or null. */
  readonly clockSet: { readonly atUs: number; readonly skewBeforeMs: number } | null;
  readonly byRadio: boolean;
  readonly root: RootWay | null;
  /** What the owner has left among the downloads; `intrusionLog` null: this Android has none. */
  readonly owns: {
    readonly captures: boolean;
    readonly oldBugreports: boolean;
    readonly intrusionLog: boolean | null;
  };
  /** When the owner began to capture, where the history knows of it: see captured.ts. */
  readonly captured?: readonly number[];
  /** Whether Xiaomi's cloud services are on at "now"; true on other makes, which have none. */
  readonly cloudOn: boolean;
  /** Where the phone was, when it was off, which network carried its traffic. */
  readonly life: Life;
  /** Everything that the history holds, as it happened. */
  readonly entries: readonly Entry[];
  /** When which app was in front, in order. */
  readonly sessions: readonly FrontSession[];
  /** The part of it that the phone recorded since it started. */
  readonly sinceBoot: readonly Entry[];
  /** What the kernel counted since it started: the same, and on a phone that is running also what was not recorded yet. */
  readonly counted: readonly Entry[];
  /** What the kernel counted since the last poll. */
  readonly pending: readonly Entry[];
  /** How often the phone was polled and started since it is watched. */
  readonly polls: number;
  readonly boots: number;
  /** What the phone's own clock shows at a true time. */
  wallUs(trueUs: number): number;
  totals(history?: History): Totals;
}

const scriptOf: Readonly<Record<string, Script>> = {
  delhi: 'devanagari',
  beijing: 'chinese',
  moscow: 'cyrillic',
  dubai: 'arabic',
};

const usersOf = (
  maker: WorldOptions['maker'],
  sdk: number,
  second: boolean,
  is: 'open' | 'stopped' | 'closed',
): PracticeUser[] => {
  const owner: PracticeUser = {
    id: 0,
    name: 'Owner',
    flags: sdk >= 30 ? 0xc13 : 0x13,
    kind: 'owner',
    running: true,
    closed: false,
  };
  if (!second) return [owner];
  const state = { running: is !== 'stopped', closed: is === 'closed' };
  const others: Readonly<Record<WorldOptions['maker'], PracticeUser>> = {
    xiaomi: { id: 999, name: 'XSpace', flags: 0x80_1010, kind: 'dual apps', ...state },
    samsung: { id: 150, name: 'Secure Folder', flags: 0x1006_1030, kind: 'secure folder', ...state },
    google: { id: 10, name: 'Work: profile', flags: sdk >= 30 ? 0x1030 : 0x30, kind: 'work profile', ...state },
    plain: { id: 10, name: 'Work profile', flags: 0x30, kind: 'work profile', ...state },
  };
  return [owner, others[maker]];
};

/** Clock of the phone against the true one: mostly seconds, on few phones minutes. */
function skewOf(options: WorldOptions): number {
  if (options.skewMs !== undefined) return options.skewMs;
  const dice = diceOf(options.seed, 'skew');
  return Math.round(dice.chance(0.15) ? dice.normal() * 9 * 60_000 : dice.normal() * 1400);
}

/** One boot without a clock: what the system sent before it had the time stands in 2010. */
function strayOf(life: Life, seed: number, fromUs: number, toUs: number): Entry[] {
  const round = Math.floor(toUs / (40 * DAY_US));
  const out: Entry[] = [];
  for (const n of [round - 2, round - 1, round]) {
    const dice = diceOf(seed, 'no clock', n);
    const trueUs = life.bootBefore(n * 40 * DAY_US + dice.whole(5, 35) * DAY_US) + 8 * SECOND_US;
    const carrier = life.networkAt(trueUs);
    if (trueUs < fromUs || trueUs + MINUTE_US > toUs || carrier === null) continue;
    const sent = dice.whole(400, 9000);
    out.push({
      hourUs: Date.UTC(2010, 0, 1) * 1000,
      trueUs,
      ident: life.book.of(carrier),
      uid: 1000,
      set: DEFAULT,
      tag: 0,
      sent,
      received: sent * 2,
      sentPackets: Math.ceil(sent / 90),
      receivedPackets: Math.ceil(sent / 120),
    });
  }
  return out;
}

/**
 * Makes a phone and the weeks of its owner. The same options give the same world; two worlds that differ only in
 * `nowUs`, `days` and `cloud` share their common past. Throws WorldOptionsError where the options make no phone.
 */
export function createWorld(options: WorldOptions): World {
  const { seed, maker, nowUs } = options;
  const sdk = settledSdk(options, hashOf(seed, 'sdk'));
  const coin = (name: string, p: number): boolean => diceOf(seed, 'has', name).chance(p);
  const has = {
    secondUser: options.with?.secondUser ?? coin('second user', 0.45),
    removedApp: options.with?.removedApp ?? coin('removed app', 0.65),
    tethering: options.with?.tethering ?? coin('tethering', 0.3),
    vpn: (options.with?.vpn ?? coin('vpn', 0.3)) && sdk >= 22,
    byRadio: (options.with?.byRadio ?? coin('by radio', 0.5)) && sdk >= 28,
    clockSet: options.with?.clockSet ?? coin('clock set', 0.15),
    clockUnset: options.with?.clockUnset ?? coin('clock unset', 0.1),
  };
  const home = homes.find((one) => one.id === options.home) ?? homes[hashOf(seed, 'home') % homes.length]!;
  const setupUs = setupOf(seed, sdk, nowUs);
  const life = new Life({ seed, sdk, home, byRadio: has.byRadio, vpn: has.vpn, setupUs });
  const users = usersOf(maker, sdk, has.secondUser, options.with?.secondUserIs ?? 'open');
  const cloud = options.cloud ?? 'on';
  const cloudOffSinceUs = maker === 'xiaomi' && cloud !== 'on' ? cloud.offSinceUs : null;
  const { apps, visitors, vpnApp } = appsOf({
    seed,
    maker,
    sdk,
    setupUs,
    nowUs,
    packages: options.packages,
    script: scriptOf[home.id] ?? 'latin',
    secondUser: users[1]?.id ?? null,
    vpn: has.vpn,
    visitors: has.removedApp,
  });

  const asleep = life.isOff(nowUs);
  const bootUs = asleep ? nowUs - 7 * MINUTE_US : life.bootBefore(nowUs);
  let polledUs = nowUs - diceOf(seed, 'poll', Math.floor(nowUs / MINUTE_US)).whole(5, 29 * 60) * SECOND_US;
  if (asleep) polledUs = Math.min(polledUs, bootUs);
  life.keepOn(Math.max(polledUs, bootUs));
  const floor2h = (us: number): number => Math.floor(us / (2 * HOUR_US)) * 2 * HOUR_US;
  const historyFromUs = Math.max(floor2h(nowUs - (options.days ?? 45) * DAY_US), floor2h(setupUs));
  const tagsFromUs = Math.max(historyFromUs, floor2h(nowUs - 15 * DAY_US));
  const { entries, sessions } = trafficOf({
    seed,
    sdk,
    life,
    actors: [...systemActors(sdk, has.tethering, setupUs), ...appActors(seed, sdk, apps, visitors, setupUs)],
    vpnUid: vpnApp?.appId ?? null,
    fromUs: historyFromUs,
    toUs: polledUs,
    tagsFromUs,
    cloudOffSinceUs,
  });
  if (has.clockUnset) entries.push(...strayOf(life, seed, historyFromUs, polledUs));
  entries.push(...kernelEntries(seed, entries));
  const sinceBoot = entries.filter((entry) => entry.trueUs >= bootUs);
  const skewMs = skewOf(options);
  const setAtUs = setupUs + diceOf(seed, 'clock set').whole(10, 60) * DAY_US + 9 * HOUR_US;
  const clockSet = has.clockSet && setAtUs < nowUs ? { atUs: setAtUs, skewBeforeMs: skewMs - 3_600_000 } : null;

  return {
    options,
    sdk,
    release: releaseOf(sdk),
    model: modelOf(maker, sdk),
    serial: hexOf(maker === 'samsung' ? 11 : 8, seed, 'serial', maker),
    home,
    users,
    apps,
    removed: visitors.filter((visitor: Visitor) => visitor.removedUs !== null).map((visitor) => visitor.app),
    vpnApp,
    nowUs,
    setupUs,
    bootUs,
    historyFromUs,
    tagsFromUs,
    polledUs,
    skewMs,
    clockSet,
    byRadio: has.byRadio,
    root: options.root ?? null,
    owns: {
      captures: (options.with?.captures ?? coin('captures', 0.5)) && sdk >= 23,
      oldBugreports: (options.with?.oldBugreports ?? coin('old bugreports', 0.5)) && sdk >= 24,
      intrusionLog: sdk >= 36 ? (options.with?.intrusionLog ?? coin('intrusion log', 0.5)) : null,
    },
    cloudOn: cloudOffSinceUs === null || cloudOffSinceUs > nowUs,
    entries,
    sessions,
    sinceBoot,
    counted: sinceBoot,
    pending: [],
    polls: 0,
    boots: 0,
    life,
    wallUs: (trueUs) => trueUs + (clockSet !== null && trueUs < clockSet.atUs ? clockSet.skewBeforeMs : skewMs) * 1000,
    totals: (history = 'complete') => totalsOf(history === 'complete' ? entries : sinceBoot),
  };
}
