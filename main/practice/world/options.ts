export type Maker = 'xiaomi' | 'samsung' | 'google' | 'plain';
export const makers: readonly Maker[] = ['xiaomi', 'samsung', 'google', 'plain'];

export type HomeId = 'delhi' | 'beijing' | 'berlin' | 'moscow' | 'dubai' | 'saopaulo' | 'newyork';

export type AndroidVersion = 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | '12L' | 13 | 14 | 15 | 16;
export const androidVersions: readonly AndroidVersion[] = [5, 6, 7, 8, 9, 10, 11, 12, '12L', 13, 14, 15, 16];

/**
 * How root is to be had: adbd runs as it (an image for developers), Magisk's `su`, the `su` of such an image while adbd runs as shell,
 * a `su` that its owner refuses on the screen, or one whose question nobody answers.
 */
export type RootWay = 'adbd' | 'su' | 'eng' | 'denied' | 'silent';
export const rootWays: readonly RootWay[] = ['adbd', 'su', 'eng', 'denied', 'silent'];

/** What may or may not be in a life. Left out, the seed decides. */
export interface Circumstances {
  /** A second user: a work profile, Xiaomi's dual apps or Samsung's Secure Folder. */
  readonly secondUser?: boolean;
  /**
   * Whether the second user runs and may be asked about: `stopped` is locked away until its owner opens it, `closed` is
   * refused to the shell, as Secure Folder is on many phones. Left out: it is open.
   */
  readonly secondUserIs?: 'open' | 'stopped' | 'closed';
  /** An app that was installed and removed within the last weeks. */
  readonly removedApp?: boolean;
  /** The phone lent its mobile connection to others (uid -5). */
  readonly tethering?: boolean;
  /** A VPN app was in use for a time; Android 5.1 and later. */
  readonly vpn?: boolean;
  /** Mobile traffic is kept apart by radio technology. */
  readonly byRadio?: boolean;
  /** The owner set the clock by hand. */
  readonly clockSet?: boolean;
  /**
   * Whether the shell may read the tables of open sockets. Left out: it may, but on the phone of no maker with Android 16, whose
   * policy nobody has seen (FORMATS 0.1).
   */
  readonly procNet?: 'open' | 'refused';
  /** The owner has captures of PCAPdroid on the phone. */
  readonly captures?: boolean;
  /** Bugreports that were made days ago lie on the phone. */
  readonly oldBugreports?: boolean;
  /** Advanced protection is on, and its log of intrusions was downloaded; Android 16. */
  readonly intrusionLog?: boolean;
  /** One boot began in the year 2010 because the clock had no time yet. */
  readonly clockUnset?: boolean;
}

/** From these, and nothing else, a world is made: the same options give the same bytes. */
export interface WorldOptions {
  readonly seed: number;
  readonly android: AndroidVersion;
  /** SDK number, where the version has two (5, 7 and 8); left out, the seed decides. */
  readonly sdk?: number;
  readonly maker: Maker;
  /** The true time at which the phone lies on the desk, microseconds of UTC. The history ends there. */
  readonly nowUs: number;
  /** How far back the history reaches, 1 to 90; default 45. */
  readonly days?: number;
  /** Phone's clock minus true time, milliseconds; left out, the seed decides. */
  readonly skewMs?: number;
  /** On a Xiaomi: whether Mi Account, Mi Cloud and Cloud Messaging are on, or since when they are off. */
  readonly cloud?: 'on' | { readonly offSinceUs: number };
  /** Where the owner lives; left out, the seed decides. See homes.ts. */
  readonly home?: HomeId;
  /** How many packages, 60 to 250; left out, the seed decides. Preinstalled ones are never left out. */
  readonly packages?: number;
  /** How root is to be had; left out, it is not. */
  readonly root?: RootWay;
  readonly with?: Circumstances;
  /**
   * Xiaomi's own apps call servers whose names and addresses were published (world/servers.ts), in China until that time and mostly
   * elsewhere from then on, microseconds of UTC. Left out: names and addresses that are reserved for documentation.
   */
  readonly servers?: { readonly movedUs: number };
}

const sdks: Readonly<Record<string, readonly number[]>> = {
  5: [21, 22],
  6: [23],
  7: [24, 25],
  8: [26, 27],
  9: [28],
  10: [29],
  11: [30],
  12: [31],
  '12L': [32],
  13: [33],
  14: [34],
  15: [35],
  16: [36],
};

/** SDK numbers of an Android version, in rising order. */
export function sdksOf(android: AndroidVersion): readonly number[] {
  return sdks[String(android)] ?? [];
}

/** What `ro.build.version.release` says. */
export function releaseOf(sdk: number): string {
  const names: Readonly<Record<number, string>> = {
    21: '5.0.2',
    22: '5.1.1',
    23: '6.0.1',
    24: '7.0',
    25: '7.1.2',
    26: '8.0.0',
    27: '8.1.0',
  };
  return names[sdk] ?? String(sdk >= 33 ? sdk - 20 : sdk >= 31 ? 12 : sdk - 19);
}

/** Roughly when phones with that SDK were sold: no owner had one before. Microseconds of UTC. */
export function bornUs(sdk: number): number {
  const days: Readonly<Record<number, string>> = {
    21: '2014-11-12',
    22: '2015-03-09',
    23: '2015-10-05',
    24: '2016-08-22',
    25: '2016-10-04',
    26: '2017-08-21',
    27: '2017-12-05',
    28: '2018-08-06',
    29: '2019-09-03',
    30: '2020-09-08',
    31: '2021-10-04',
    32: '2022-03-07',
    33: '2022-08-15',
    34: '2023-10-04',
    35: '2024-10-15',
    36: '2025-06-10',
  };
  return Date.parse(`${days[sdk] ?? '2014-11-12'}T00:00:00Z`) * 1000;
}

export class WorldOptionsError extends Error {}

/** Checks the options and settles the SDK. Throws WorldOptionsError with one sentence. */
export function settledSdk(options: WorldOptions, coin: number): number {
  const choices = sdksOf(options.android);
  if (choices.length === 0) throw new WorldOptionsError(`There is no practice phone with Android ${options.android}.`);
  if (options.sdk !== undefined && !choices.includes(options.sdk))
    throw new WorldOptionsError(`SDK ${options.sdk} does not belong to Android ${options.android}.`);
  if (!makers.includes(options.maker)) throw new WorldOptionsError(`There is no maker named ${options.maker}.`);
  if (!Number.isSafeInteger(options.seed)) throw new WorldOptionsError('The seed must be a whole number.');
  const days = options.days ?? 45;
  if (!(days >= 1 && days <= 90)) throw new WorldOptionsError('A history reaches back 1 to 90 days.');
  if (!Number.isSafeInteger(options.nowUs)) throw new WorldOptionsError('The time must be whole microseconds.');
  return options.sdk ?? choices[coin % choices.length]!;
}
