import { describe, expect, it } from 'vitest';
import { createPracticePhone, createWorld, makers, netstatsFiles, type WorldOptions } from '../index.ts';
import { homes } from '../world/homes.ts';
import { counts, type Entry } from '../world/ledger.ts';
import { modelOf } from '../world/models.ts';
import { sdksOf } from '../world/options.ts';

const NOW = Date.UTC(2026, 2, 3, 10, 17, 5) * 1000;
const DAY = 86_400e6;

const told = (entry: Entry): string =>
  [
    entry.hourUs,
    entry.trueUs,
    entry.uid,
    entry.set,
    entry.tag,
    entry.sent,
    entry.received,
    entry.sentPackets,
    entry.receivedPackets,
    JSON.stringify(entry.ident.members),
  ].join();

describe('the world', () => {
  it('is the same for the same options', async () => {
    for (const maker of makers) {
      const options: WorldOptions = { seed: 4, android: 13, maker, nowUs: NOW, days: 10, root: 'adbd' };
      const [a, b] = [createWorld(options), createWorld(options)];
      const line = 'getprop; pm list users; dumpsys package; dumpsys netstats --full --uid --tag';
      const [x, y] = [await createPracticePhone(a).run(line), await createPracticePhone(b).run(line)];
      expect(Buffer.compare(x.stdout as Uint8Array, y.stdout as Uint8Array)).toBe(0);
      expect(netstatsFiles(a)).toEqual(netstatsFiles(b));
      expect(createWorld({ ...options, seed: 5 }).totals().sent).not.toBe(a.totals().sent);
    }
  });

  it('shares its past with the world of two weeks later', () => {
    for (const seed of [1, 3, 6, 8]) {
      const options: WorldOptions = { seed, android: 14, maker: 'xiaomi', nowUs: NOW, days: 30 };
      const before = createWorld(options);
      const offSinceUs = NOW + 3600e6;
      const after = createWorld({ ...options, nowUs: NOW + 14 * DAY, cloud: { offSinceUs } });
      expect(after.serial).toBe(before.serial);
      // An app that was removed in between has moved its history to uid -4: those rows differ, as on a real phone.
      const gone = new Set(
        before.apps.filter((app) => !after.apps.some((one) => one.package === app.package)).map((app) => app.appId),
      );
      const moved = (entry: Entry): boolean => entry.uid === -4 || gone.has(entry.uid);
      const shared = (entries: readonly Entry[], fromUs: number): Entry[] =>
        entries.filter(
          (entry) =>
            entry.hourUs >= fromUs && entry.trueUs < before.polledUs - 3600e6 && !moved(entry) && entry.uid !== -1,
        );
      const old = shared(
        before.entries.filter((entry) => entry.tag === 0),
        after.historyFromUs,
      )
        .map(told)
        .sort();
      const now = shared(
        after.entries.filter((entry) => entry.tag === 0),
        after.historyFromUs,
      )
        .map(told)
        .sort();
      expect(old.length).toBeGreaterThan(1000);
      // What was under way at the first poll is in the second world only.
      const known = new Set(now);
      expect(old.filter((text) => !known.has(text))).toEqual([]);
      expect(now.length - old.length).toBeLessThan(30);
    }
  });

  it('lets the cloud fall silent when its owner switches it off, and nothing else', () => {
    const offSinceUs = NOW - 14 * DAY;
    const options: WorldOptions = { seed: 3, android: 13, maker: 'xiaomi', nowUs: NOW, days: 40, with: { vpn: false } };
    const [on, off] = [createWorld(options), createWorld({ ...options, cloud: { offSinceUs } })];
    const sent = (world: typeof on, role: string | null, since: number): number => {
      const uids = new Set(
        world.apps
          .filter((app) => app.role === role && (role !== null || app.sharedUser === null))
          .map((app) => app.appId),
      );
      for (const app of world.apps) if (role === null && app.role !== null) uids.delete(app.appId);
      return world.entries
        .filter(
          (entry) =>
            counts(entry) &&
            uids.has(entry.uid) &&
            (since > 0 ? entry.trueUs >= offSinceUs : entry.trueUs < offSinceUs),
        )
        .reduce((sum, entry) => sum + entry.sent, 0);
    };
    for (const role of ['account', 'cloud', 'push', 'messaging', 'gallery', null])
      expect(sent(off, role, -1)).toBe(sent(on, role, -1));
    for (const role of ['account', 'cloud']) {
      expect(sent(on, role, 1)).toBeGreaterThan(0);
      expect(sent(off, role, 1)).toBe(0);
    }
    expect(sent(off, 'push', 1)).toBeLessThan(sent(on, 'push', 1) / 2);
    expect(sent(off, 'push', 1)).toBeGreaterThan(0);
    expect(sent(off, null, 1)).toBe(sent(on, null, 1));
  });

  it('can hold everything that a life can hold', () => {
    const world = createWorld({
      seed: 22,
      android: 15,
      maker: 'google',
      nowUs: NOW,
      days: 60,
      with: {
        secondUser: true,
        removedApp: true,
        tethering: true,
        vpn: true,
        byRadio: true,
        clockSet: true,
        clockUnset: true,
      },
    });
    const { byUid, byUidSetTag, span } = world.totals();
    const uids = Object.keys(byUid).map(Number);
    expect(byUid[-4]?.sent).toBeGreaterThan(0);
    expect(byUid[-5]?.received).toBeGreaterThan(0);
    // What was moved from removed apps has lost its set and its tags; so has what others sent through the phone.
    const moved = byUidSetTag.filter((row) => row.uid < 0);
    expect(moved.every((row) => row.set === 0 && row.tag === 0)).toBe(true);
    expect(world.removed.length).toBeGreaterThan(0);
    for (const app of world.removed)
      if (!world.apps.some((one) => one.appId === app.appId)) expect(byUid[app.appId]).toBeUndefined();
    expect(uids.some((uid) => uid >= 1_000_000)).toBe(true);
    expect(uids.some((uid) => uid >= 20_000 && uid < 30_000)).toBe(true);
    expect(new Set(byUidSetTag.map((row) => row.set))).toEqual(new Set([0, 1, 1001, 1002]));
    expect(byUidSetTag.some((row) => row.tunnel && row.tag === 0)).toBe(true);
    expect(byUidSetTag.some((row) => row.tag !== 0)).toBe(true);
    expect(span!.fromUs).toBe(Date.UTC(2010, 0, 1) * 1000);
    const specs = world.entries.flatMap((entry) => entry.ident.members);
    expect(new Set(specs.map((spec) => spec.rat)).size).toBeGreaterThan(3);
    expect(specs.some((spec) => spec.roaming)).toBe(true);
    expect(specs.some((spec) => spec.type === 1 && spec.metered)).toBe(true);
    expect(specs.some((spec) => !spec.defaultNetwork)).toBe(true);
    expect(world.clockSet).not.toBeNull();
  });

  it('sleeps at night: only what runs by itself is seen', () => {
    const world = createWorld({ seed: 12, android: 12, maker: 'samsung', nowUs: NOW, days: 40 });
    const hourOf = (entry: Entry): number => Math.floor(((entry.trueUs / 60e6 + world.home.standardMinutes) / 60) % 24);
    const atNight = world.entries.filter((entry) => counts(entry) && hourOf(entry) >= 2 && hourOf(entry) < 5);
    const byDay = world.entries.filter((entry) => counts(entry) && hourOf(entry) >= 10 && hourOf(entry) < 20);
    expect(atNight.length).toBeGreaterThan(100);
    expect(atNight.filter((entry) => entry.set === 1).length).toBeLessThan(atNight.length / 100);
    expect(byDay.filter((entry) => entry.set === 1).length).toBeGreaterThan(byDay.length / 20);
  });

  it('keeps tags for 15 days and the rest for as long as asked', () => {
    const world = createWorld({
      seed: 12,
      android: 11,
      maker: 'plain',
      nowUs: NOW,
      days: 90,
      with: { clockUnset: false },
    });
    expect(
      Math.min(...world.entries.filter((entry) => entry.tag !== 0).map((entry) => entry.hourUs)),
    ).toBeGreaterThanOrEqual(NOW - 15 * DAY - 7200e6);
    expect(Math.min(...world.entries.map((entry) => entry.hourUs))).toBeLessThan(NOW - 88 * DAY);
    expect(world.entries.every((entry) => entry.hourUs >= world.historyFromUs)).toBe(true);
    expect(world.entries.length).toBeLessThan(90_000);
  });

  it('names only networks that can exist, and models for every version', () => {
    for (const home of homes)
      for (const ssid of [...home.wifi, home.abroad.ssid])
        expect(Buffer.byteLength(ssid, 'utf8'), ssid).toBeLessThanOrEqual(32);
    for (const maker of makers)
      for (let sdk = 21; sdk <= 36; sdk++)
        expect(Object.values(modelOf(maker, sdk)).every((text) => text !== '')).toBe(true);
  });

  it('refuses options that make no phone', () => {
    const good: WorldOptions = { seed: 1, android: 9, maker: 'plain', nowUs: NOW };
    expect(() => createWorld({ ...good, days: 0 })).toThrow('1 to 90 days');
    expect(() => createWorld({ ...good, days: 91 })).toThrow('1 to 90 days');
    expect(() => createWorld({ ...good, sdk: 30 })).toThrow('SDK 30 does not belong to Android 9.');
    expect(() => createWorld({ ...good, android: 4 as never })).toThrow('no practice phone with Android 4');
    expect(() => createWorld({ ...good, maker: 'nokia' as never })).toThrow('no maker named nokia');
    expect(sdksOf(7)).toEqual([24, 25]);
  });
});
