import { describe, expect, it } from 'vitest';
import { type AndroidVersion, createPracticePhone, createWorld, type WorldOptions } from '../index.ts';
import { readDump } from './mini-reader.ts';

const NOW = Date.UTC(2026, 2, 3, 10, 17, 5) * 1000;
const SECOND = 1_000_000;

function runningPhone(android: AndroidVersion, more: Partial<WorldOptions> = {}) {
  const world = createWorld({
    seed: 6,
    android,
    maker: 'xiaomi',
    nowUs: NOW,
    days: 6,
    with: { vpn: false, secondUser: true },
    ...more,
  });
  const clock = { us: NOW };
  const phone = createPracticePhone(world, { nowUs: () => clock.us, running: true });
  const ask = async (line: string) => {
    const { stdout, stderr } = await phone.run(line);
    return Buffer.from(stdout as Uint8Array).toString() + Buffer.from(stderr).toString();
  };
  return { world, phone, clock, ask };
}

type Counts = Map<number, { received: number; sent: number }>;

/** The kernel's counters in the form of that Android, by uid. */
async function counters(android: number, ask: (line: string) => Promise<string>): Promise<Counts> {
  const out: Counts = new Map();
  const put = (uid: number, received: number, sent: number): void => {
    const one = out.get(uid) ?? { received: 0, sent: 0 };
    out.set(uid, { received: one.received + received, sent: one.sent + sent });
  };
  if (android <= 9) {
    for (const line of (await ask('cat /proc/net/xt_qtaguid/stats')).trimEnd().split('\n').slice(1)) {
      const [, , tag, uid, , received, , sent] = line.split(' ');
      if (tag === '0x0') put(Number(uid), Number(received), Number(sent));
    }
    return out;
  }
  const text = await ask(android === 13 ? 'dumpsys connectivity trafficcontroller' : 'dumpsys netstats');
  const part = /mAppUidStatsMap:\n.*\n((?: {4}\d+ \d+ \d+ \d+ \d+\n)*)/.exec(
    text.slice(text.indexOf('BPF map content')),
  )!;
  for (const line of part[1]!.trimEnd().split('\n')) {
    const [uid, received, , sent] = line.trim().split(' ').map(Number);
    put(uid!, received!, sent!);
  }
  return out;
}

const grown = (before: Counts, after: Counts): Counts => {
  const out: Counts = new Map();
  for (const [uid, now] of after) {
    const then = before.get(uid) ?? { received: 0, sent: 0 };
    const by = { received: now.received - then.received, sent: now.sent - then.sent };
    if (by.received !== 0 || by.sent !== 0) out.set(uid, by);
  }
  return out;
};

const plain = (truth: ReadonlyMap<number, { sent: number; received: number }>): Counts =>
  new Map([...truth].map(([uid, { sent, received }]) => [uid, { received, sent }]));

describe('a phone that is running', () => {
  it.each([8, 13, 14, 16] as const)('Android %s: its counters grow by what its connections carry', async (android) => {
    const { phone, clock, ask } = runningPhone(android);
    let before = await counters(android, ask);
    for (const seconds of [1, 5, 5, 61]) {
      const fromUs = clock.us;
      const open = new Set<number>();
      for (let us = 0; us <= seconds * SECOND; us += SECOND / 10)
        for (const one of phone.socketsAt(fromUs + us)) if (one.state === 'established') open.add(one.uid);
      clock.us += seconds * SECOND;
      const after = await counters(android, ask);
      const by = grown(before, after);
      expect(by).toEqual(plain(phone.carried(fromUs, clock.us)));
      for (const [uid, { sent, received }] of by) {
        expect(sent >= 0 && received >= 0).toBe(true);
        expect(open.has(uid), `uid ${uid}`).toBe(true);
      }
      if (seconds > 4) expect(by.size).toBeGreaterThan(2);
      before = after;
    }
    expect(phone.carried(NOW, NOW)).toEqual(new Map());
  });

  it.each([10, 11, 12] as const)('Android %s shows its counters to no one without root', async (android) => {
    const { ask } = runningPhone(android);
    expect(await ask('cat /proc/net/xt_qtaguid/stats')).toContain('No such file');
    expect(await ask('dumpsys netd trafficcontroller')).toBe("Can't find service: netd\n");
    expect(await ask('dumpsys connectivity trafficcontroller')).not.toContain('mAppUidStatsMap');
  });

  it('shows its sockets to the shell, where its policy does', async () => {
    const line = 'date +%s; cat /proc/uptime /proc/net/tcp /proc/net/tcp6';
    const closed = runningPhone(16, { maker: 'plain' });
    const { stdout, stderr, exit } = await closed.phone.run(line);
    expect(exit).toBe(1);
    expect(Buffer.from(stdout as Uint8Array).toString()).toMatch(/^\d+\n[\d.]+ [\d.]+\n$/);
    expect(Buffer.from(stderr).toString()).toBe(
      'cat: /proc/net/tcp: Permission denied\ncat: /proc/net/tcp6: Permission denied\n',
    );
    expect(await closed.ask('cat /proc/net/dev')).toContain('Inter-|');
    expect(await runningPhone(16, { maker: 'plain', root: 'adbd' }).ask(line)).toContain('local_address');
    expect(await runningPhone(16, { maker: 'plain', with: { procNet: 'open' } }).ask(line)).toContain('local_address');
    expect(await runningPhone(11, { with: { procNet: 'refused' } }).ask(line)).toContain('Permission denied');
    expect(await runningPhone(16, { maker: 'google' }).ask(line)).toContain('local_address');
  });

  it('opens and closes sockets from second to second, and lists those that it has', async () => {
    const { phone, clock, ask } = runningPhone(14);
    const seen = new Set<string>();
    let changes = 0;
    let last = '';
    for (let n = 0; n < 60; n += 1) {
      clock.us += SECOND;
      const text = await ask('cat /proc/net/tcp /proc/net/tcp6 /proc/net/udp /proc/net/udp6');
      const rows = text
        .split('\n')
        .filter((line) => /^ *\d+: /.test(line))
        .map((line) => line.trim().split(/\s+/));
      const listed = rows.map(([, local = '', , state, , , , uid]) => `${local.split(':')[1]} ${state} ${uid}`).sort();
      const states = { established: '01', closing: '06', listening: '0A' } as const;
      const truth = phone
        .socketsAt(clock.us)
        .map(
          ({ local, state, uid }) =>
            `${local.port.toString(16).toUpperCase().padStart(4, '0')} ${states[state]} ${state === 'closing' ? 0 : uid}`,
        )
        .sort();
      expect(listed).toEqual(truth);
      if (listed.join() !== last) changes += 1;
      last = listed.join();
      for (const row of rows) seen.add(row[9]!);
    }
    expect(changes).toBeGreaterThan(15);
    expect(seen.size).toBeGreaterThan(30);
    expect(await ask('cat /proc/net/tcp6')).toMatch(/ B80D0120[0-9A-F]{24}:/);
  });

  it.each([6, 13, 15] as const)(
    'Android %s: its history has the bytes after the next poll, not before',
    async (android) => {
      const { world, phone, clock, ask } = runningPhone(android);
      const sums = async () => {
        const by: Counts = new Map();
        for (const row of readDump(await ask('dumpsys netstats --full --uid --tag'))) {
          if (row.table !== 'uid' || (row.set !== 'DEFAULT' && row.set !== 'FOREGROUND')) continue;
          const one = by.get(row.uid) ?? { received: 0, sent: 0 };
          by.set(row.uid, { received: one.received + row.received, sent: one.sent + row.sent });
        }
        return by;
      };
      const before = await sums();
      clock.us += 90 * SECOND;
      // Half an hour after the last one the phone polls by itself.
      const own = world.polledUs + 1800 * SECOND <= clock.us;
      if (!own) expect(await sums()).toEqual(before);
      expect(await ask('dumpsys netstats --poll')).toBe('Forced poll\n');
      const polledUs = clock.us;
      expect(grown(before, await sums())).toEqual(plain(phone.carried(world.polledUs, polledUs)));
      expect(phone.world().totals().sent).toBe([...(await sums()).values()].reduce((n, one) => n + one.sent, 0));
      clock.us += 20 * SECOND;
      expect(grown(before, await sums())).toEqual(plain(phone.carried(world.polledUs, polledUs)));
      clock.us += 1800 * SECOND;
      expect((await sums()).size).toBeGreaterThan(5);
      expect(grown(before, await sums())).not.toEqual(plain(phone.carried(world.polledUs, polledUs)));
    },
  );

  it.each([false, true])('started anew, with %s for a pulled battery, it counts from nothing', async (hard) => {
    const { world, phone, clock, ask } = runningPhone(14);
    const counted = (list: Counts) => [...list.values()].reduce((n, one) => n + one.sent + one.received, 0);
    clock.us += 120 * SECOND;
    const [bootId, many] = [await ask('cat /proc/sys/kernel/random/boot_id'), counted(await counters(14, ask))];
    const historyBefore = phone.world().totals().sent;
    phone.reboot({ hard });
    expect((await ask('cat /proc/uptime')).split(' ')[0]).toBe('0.00');
    expect(await ask('cat /proc/sys/kernel/random/boot_id')).not.toBe(bootId);
    expect(phone.socketsAt(clock.us).filter((one) => one.state !== 'listening')).toEqual([]);
    expect(phone.world().totals().sent > historyBefore).toBe(!hard);
    const bootUs = clock.us;
    clock.us += 100 * SECOND;
    expect((await ask('cat /proc/uptime')).split(' ')[0]).toBe('100.00');
    const after = await counters(14, ask);
    expect(counted(after)).toBeLessThan(many);
    expect(after).toEqual(plain(phone.carried(bootUs, clock.us)));
    expect(phone.carried(world.polledUs, clock.us).size).toBeGreaterThan(after.size);
    // What was before the first look at the counters is in no history.
    await ask('dumpsys netstats --poll');
    expect(phone.world().totals('since boot').sent).toBe(
      [...phone.carried(bootUs + 15 * SECOND, clock.us).values()].reduce((n, one) => n + one.sent, 0),
    );
  });

  it('is the same for the same seed, however often it is asked', async () => {
    const [one, other] = [runningPhone(14, { with: { vpn: true } }), runningPhone(14, { with: { vpn: true } })];
    for (let n = 0; n < 20; n += 1) {
      one.clock.us += SECOND;
      await one.ask('dumpsys netstats');
    }
    other.clock.us += 20 * SECOND;
    for (const line of ['dumpsys netstats', 'cat /proc/net/tcp6', 'dumpsys netstats --full --uid', 'cat /proc/net/dev'])
      expect(await one.ask(line)).toBe(await other.ask(line));
  });

  it('stands still where nobody said that it runs', async () => {
    const { world } = runningPhone(14);
    const clock = { us: NOW };
    const phone = createPracticePhone(world, { nowUs: () => clock.us });
    const dump = async () => Buffer.from((await phone.run('dumpsys netstats')).stdout as Uint8Array).toString();
    const first = await dump();
    clock.us += 3600 * SECOND;
    expect(await dump()).toBe(first);
    expect(phone.carried(NOW, clock.us)).toEqual(new Map());
  });
});
