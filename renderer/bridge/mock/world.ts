import { DAY, HOUR, microsOf } from '../../../shared/base/time.ts';
import { type AppSeed, appSeeds, systemUids } from './names.ts';
import { type Random, random } from './random.ts';

export const zone = 'Asia/Kolkata';
const offsetUs = 5.5 * HOUR;
export const days = 45;
export const bucketUs = 2 * HOUR;
export const startUs = microsOf('2026-10-06T18:30:00Z')!;
export const endUs = startUs + days * DAY;
/** The owner switched the cloud services off after the first acquisition. */
export const firstAcquisitionUs = startUs + 33 * DAY + 10.2 * HOUR;
export const secondAcquisitionUs = endUs - 3.4 * HOUR;
/** No dump holds these days. */
export const gap = { fromUs: startUs + 19 * DAY + 4 * HOUR, toUs: startUs + 21 * DAY + 18 * HOUR };

export interface MockNetwork {
  readonly key: string;
  readonly type: 'wifi' | 'mobile';
  readonly name: string;
  readonly roaming: boolean;
}
export const networks: readonly MockNetwork[] = [
  { key: 'wifi:HomeNet 5G', type: 'wifi', name: 'HomeNet 5G', roaming: false },
  { key: 'wifi:कार्यालय', type: 'wifi', name: 'कार्यालय', roaming: false },
  { key: 'wifi:咖啡馆-Guest', type: 'wifi', name: '咖啡馆-Guest', roaming: false },
  { key: 'mobile:405854', type: 'mobile', name: 'Jio 405854', roaming: false },
  { key: 'mobile:52503', type: 'mobile', name: 'Roaming 52503', roaming: true },
];

export interface MockApp {
  readonly index: number;
  readonly uid: number;
  readonly user: number;
  readonly name: string;
  readonly packages: readonly string[];
  readonly kind: 'app' | 'system' | 'removed' | 'tethering' | 'unknown';
  readonly seed: AppSeed | null;
}

/** One bucket of one app in one set on one network. */
export interface MockEvent {
  readonly id: string;
  readonly app: MockApp;
  readonly fromUs: number;
  readonly toUs: number;
  readonly sent: number;
  readonly received: number;
  readonly sentPackets: number;
  readonly receivedPackets: number;
  readonly foreground: boolean;
  readonly network: MockNetwork;
  readonly line: number;
  readonly counted: boolean;
}

export interface World {
  readonly apps: readonly MockApp[];
  readonly events: readonly MockEvent[];
}

export function localHour(us: number): number {
  return ((((us + offsetUs) % DAY) + DAY) % DAY) / HOUR;
}
export function isNight(us: number): boolean {
  const hour = localHour(us);
  return hour < 6;
}
function isWeekend(us: number): boolean {
  const day = new Date((us + offsetUs) / 1000).getUTCDay();
  return day === 0 || day === 6;
}

function makeApps(rnd: Random): MockApp[] {
  const apps: MockApp[] = [];
  const add = (app: Omit<MockApp, 'index'>) => apps.push({ ...app, index: apps.length });
  for (const [uid, name, packages] of systemUids) {
    const kind = uid === -4 ? 'removed' : uid === -5 ? 'tethering' : 'system';
    add({ uid, user: 0, name, packages, kind, seed: null });
  }
  let uid = 10_061;
  for (const seed of appSeeds) {
    uid += rnd.whole(1, 4);
    add({
      uid,
      user: 0,
      name: seed.name,
      packages: [seed.pack],
      kind: seed.from === 'system' ? 'system' : 'app',
      seed,
    });
  }
  const second = ['com.whatsapp', 'com.google.android.gms', 'com.tencent.mm', 'com.instagram.android'];
  for (const app of [...apps]) {
    if (!second.includes(app.packages[0] ?? '')) continue;
    add({ ...app, uid: 1_000_000 + app.uid, user: 10 });
  }
  while (apps.length < 119) {
    uid += rnd.whole(1, 4);
    const pack = `com.vendor.part${uid}`;
    add({ uid, user: 0, name: pack, packages: [pack], kind: 'system', seed: { pack, name: pack, from: 'system' } });
  }
  add({ uid: 10_413, user: 0, name: 'uid 10413', packages: [], kind: 'unknown', seed: null });
  return apps;
}

function networkAt(us: number, rnd: Random): MockNetwork {
  const hour = localHour(us);
  const day = Math.floor((us - startUs) / DAY);
  if (day >= 26 && day <= 28) return networks[4]!;
  if (hour < 8 || hour >= 20) return networks[rnd.chance(0.93) ? 0 : 3]!;
  if (isWeekend(us)) return networks[rnd.chance(0.5) ? 0 : rnd.chance(0.4) ? 2 : 3]!;
  return networks[rnd.chance(0.7) ? 1 : 3]!;
}

interface Habit {
  readonly presence: number;
  readonly sent: number;
  readonly ratio: number;
  readonly foreground: number;
  readonly night: number;
}

function habitOf(app: MockApp, rnd: Random): Habit {
  const system = app.seed === null || app.seed.from === 'system' || app.seed.from === 'maker';
  const quiet = app.packages[0]?.startsWith('com.vendor') === true;
  return {
    presence: quiet ? 0.015 : system ? rnd.between(0.25, 0.95) : rnd.between(0.05, 0.55),
    sent: 10 ** (quiet ? rnd.between(2.5, 3.6) : rnd.between(3.4, 5.9)),
    ratio: 10 ** rnd.between(-0.5, 1.6),
    foreground: system ? rnd.between(0, 0.15) : rnd.between(0.4, 0.95),
    night: system ? 1 : rnd.between(0.02, 0.3),
  };
}

/** Builds the whole made-up history, always the same. */
export function makeWorld(): World {
  const rnd = random(20_261_122);
  const apps = makeApps(rnd);
  const habits = apps.map((app) => habitOf(app, rnd));
  const events: MockEvent[] = [];
  let line = 212;
  for (let from = startUs; from < secondAcquisitionUs; from += bucketUs) {
    if (from + bucketUs > gap.fromUs && from < gap.toUs) continue;
    const network = networkAt(from, rnd);
    const hour = localHour(from);
    const swing = isNight(from) ? 0.4 : hour > 18 ? 1.7 : isWeekend(from) ? 1.3 : 1;
    for (const [index, app] of apps.entries()) {
      const habit = habits[index]!;
      if (app.seed?.service?.[2] === 'Xiaomi' && from > firstAcquisitionUs) continue;
      const awake = isNight(from) ? habit.night : 1;
      if (!rnd.chance(habit.presence * awake)) continue;
      const burst = rnd.chance(0.02) ? rnd.between(8, 40) : 1;
      const sent = Math.round(habit.sent * swing * burst * rnd.between(0.3, 1.8));
      const foreground = rnd.chance(isNight(from) ? 0 : habit.foreground);
      line += rnd.whole(1, 5);
      events.push({
        id: `v${events.length + 1}`,
        app,
        fromUs: from,
        toUs: Math.min(from + bucketUs, secondAcquisitionUs),
        sent,
        received: Math.round(sent * habit.ratio * rnd.between(0.4, 1.6)),
        sentPackets: Math.ceil(sent / 700),
        receivedPackets: Math.ceil((sent * habit.ratio) / 1100),
        foreground,
        network,
        line,
        counted: true,
      });
    }
  }
  return { apps, events };
}
