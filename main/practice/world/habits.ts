/** How an app uses the network. Rates are events a day; sizes are [median bytes, spread as a factor]. */
export interface Habit {
  readonly background: number;
  readonly foreground: number;
  readonly backgroundSent: Size;
  readonly backgroundReceived: Size;
  readonly foregroundSent: Size;
  readonly foregroundReceived: Size;
  /** Length of a foreground session in minutes. */
  readonly minutes: number;
  /** Share of events that carry a socket tag, and the tags. */
  readonly tagged: number;
  readonly tags: readonly number[];
}
export type Size = readonly [median: number, spread: number];

const K = 1024;
const M = 1024 * K;
const base: Habit = {
  background: 0,
  foreground: 0,
  backgroundSent: [1.5 * K, 2.5],
  backgroundReceived: [4 * K, 3],
  foregroundSent: [30 * K, 3],
  foregroundReceived: [300 * K, 4],
  minutes: 5,
  tagged: 0,
  tags: [],
};
const habit = (given: Partial<Habit>): Habit => ({ ...base, ...given });

/** Tags that the system itself gives: download manager, media, backup, restore. */
const DOWNLOAD = 0xffffff01;
const MEDIA = 0xffffff02;
const BACKUP = 0xffffff03;
const PROBE = 0xffffff42;

/** By name, as the catalogues use them. */
export const habits: Readonly<Record<string, Habit>> = {
  silent: base,
  trace: habit({ background: 0.06, foreground: 0.04 }),
  light: habit({ background: 0.45, foreground: 0.2, foregroundReceived: [120 * K, 4] }),
  medium: habit({ background: 1.6, foreground: 1, foregroundReceived: [900 * K, 4] }),
  push: habit({ background: 5, backgroundSent: [900, 2], backgroundReceived: [1.1 * K, 2], foreground: 0.4 }),
  gms: habit({
    background: 19,
    foreground: 1.5,
    backgroundSent: [9 * K, 3],
    backgroundReceived: [14 * K, 4],
    tagged: 0.35,
    tags: [0x3000000, 0x3000110, 0x3001000, 0x4000601, 0xfffffb00],
  }),
  store: habit({
    background: 1.5,
    foreground: 0.3,
    backgroundReceived: [300 * K, 12],
    foregroundReceived: [6 * M, 6],
    tagged: 0.5,
    tags: [0x10000001, 0x10000004],
  }),
  download: habit({
    background: 0.9,
    backgroundReceived: [5 * M, 8],
    backgroundSent: [60 * K, 6],
    tagged: 0.9,
    tags: [DOWNLOAD],
  }),
  mail: habit({
    background: 3,
    foreground: 1.2,
    backgroundReceived: [20 * K, 5],
    foregroundSent: [60 * K, 6],
    tagged: 0.1,
    tags: [0x1, 0x2],
  }),
  maps: habit({
    background: 0.5,
    foreground: 0.5,
    foregroundReceived: [2 * M, 4],
    foregroundSent: [90 * K, 3],
    minutes: 14,
  }),
  browser: habit({
    background: 0.3,
    foreground: 3,
    foregroundReceived: [3 * M, 5],
    foregroundSent: [160 * K, 3],
    minutes: 9,
  }),
  video: habit({
    background: 0.8,
    foreground: 1.6,
    foregroundReceived: [45 * M, 4],
    foregroundSent: [700 * K, 3],
    minutes: 24,
    tagged: 0.1,
    tags: [MEDIA],
  }),
  music: habit({
    background: 1.2,
    foreground: 0.4,
    backgroundReceived: [3 * M, 5],
    foregroundReceived: [7 * M, 3],
    minutes: 18,
  }),
  chat: habit({
    background: 3.5,
    foreground: 4,
    backgroundSent: [2.5 * K, 3],
    backgroundReceived: [9 * K, 6],
    foregroundSent: [70 * K, 6],
    foregroundReceived: [240 * K, 6],
  }),
  social: habit({
    background: 2.2,
    foreground: 2.5,
    backgroundReceived: [60 * K, 5],
    foregroundReceived: [9 * M, 4],
    foregroundSent: [300 * K, 4],
    minutes: 11,
  }),
  shop: habit({
    background: 0.9,
    foreground: 0.45,
    foregroundReceived: [3 * M, 4],
    foregroundSent: [140 * K, 3],
    minutes: 7,
  }),
  game: habit({
    background: 0.2,
    foreground: 0.6,
    foregroundReceived: [4 * M, 5],
    foregroundSent: [1.5 * M, 4],
    minutes: 22,
  }),
  ads: habit({ background: 1.8, foreground: 0.25, backgroundSent: [4 * K, 3], backgroundReceived: [30 * K, 6] }),
  weather: habit({ background: 2.2, foreground: 0.3, backgroundReceived: [9 * K, 3], foregroundReceived: [60 * K, 3] }),
  telemetry: habit({ background: 2, backgroundSent: [11 * K, 5], backgroundReceived: [900, 2] }),
  update: habit({ background: 0.5, backgroundSent: [2 * K, 2], backgroundReceived: [5 * K, 8] }),
  cloud: habit({
    background: 1.3,
    foreground: 0.4,
    backgroundSent: [900 * K, 9],
    backgroundReceived: [12 * K, 4],
    tagged: 0.3,
    tags: [BACKUP],
  }),
  account: habit({
    background: 1.1,
    foreground: 0.05,
    foregroundSent: [6 * K, 2],
    backgroundSent: [3.2 * K, 2.5],
    backgroundReceived: [3 * K, 2],
  }),
  cloudlight: habit({ background: 1, backgroundSent: [6 * K, 4], backgroundReceived: [3 * K, 3] }),
  cloudsync: habit({ background: 3.2, backgroundSent: [42 * K, 6], backgroundReceived: [7 * K, 3] }),
  cloudbackup: habit({
    background: 0.5,
    backgroundSent: [5 * M, 5],
    backgroundReceived: [30 * K, 3],
    tagged: 0.8,
    tags: [BACKUP],
  }),
  gallery: habit({
    background: 1.6,
    foreground: 0.5,
    backgroundSent: [2.4 * M, 6],
    backgroundReceived: [40 * K, 4],
    foregroundReceived: [200 * K, 4],
  }),
  messaging: habit({
    background: 1.8,
    foreground: 0.6,
    foregroundSent: [2 * K, 2],
    backgroundSent: [2.4 * K, 3],
    backgroundReceived: [2 * K, 3],
    foregroundReceived: [9 * K, 3],
  }),
  xmsf: habit({
    background: 14,
    backgroundSent: [1.9 * K, 2.5],
    backgroundReceived: [1.6 * K, 2],
    tagged: 0.05,
    tags: [0x1001],
  }),
  root: habit({ background: 9, backgroundSent: [700, 3], backgroundReceived: [500, 3] }),
  system: habit({
    background: 6,
    backgroundSent: [2.5 * K, 3],
    backgroundReceived: [5 * K, 4],
    tagged: 0.4,
    tags: [PROBE, 0xffffff81],
  }),
  dns: habit({ background: 15, backgroundSent: [2.2 * K, 2.5], backgroundReceived: [4.6 * K, 2.5] }),
  stack: habit({
    background: 7,
    backgroundSent: [900, 2],
    backgroundReceived: [1 * K, 2],
    tagged: 0.7,
    tags: [0xffffff82, 0xffffff83, PROBE],
  }),
  gps: habit({ background: 0.8, backgroundSent: [500, 1.6], backgroundReceived: [38 * K, 1.5] }),
  ims: habit({ background: 2.4, backgroundSent: [3.4 * K, 2], backgroundReceived: [3 * K, 2] }),
  mediasrv: habit({ background: 0.4, backgroundReceived: [2 * M, 8], backgroundSent: [40 * K, 6] }),
  tethering: habit({ background: 0.5, backgroundReceived: [30 * M, 5], backgroundSent: [2 * M, 4] }),
  sandbox: habit({ background: 0.9, backgroundSent: [2 * K, 2], backgroundReceived: [6 * K, 3] }),
};
