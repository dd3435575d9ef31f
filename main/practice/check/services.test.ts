import { describe, expect, it } from 'vitest';
import { type AndroidVersion, createPracticePhone, createWorld, type WorldOptions } from '../index.ts';
import { counts } from '../world/ledger.ts';

const NOW = Date.UTC(2026, 2, 3, 10, 17, 5) * 1000;
const DAY = 86_400e6;

function phoneOf(android: AndroidVersion, more: Partial<WorldOptions> = {}) {
  const world = createWorld({ seed: 6, android, maker: 'xiaomi', nowUs: NOW, days: 12, ...more });
  const phone = createPracticePhone(world);
  const run = async (line: string) => {
    const { stdout, stderr, exit } = await phone.run(line);
    return { text: Buffer.from(stdout as Uint8Array).toString(), errors: Buffer.from(stderr).toString(), exit };
  };
  return { world, phone, run };
}

describe('what the phone’s services say comes from the same account as its history', () => {
  it('the kernel’s module counts by uid what was sent since the start', async () => {
    const { world, run } = phoneOf(8);
    const { text } = await run('cat /proc/net/xt_qtaguid/stats');
    let sent = 0;
    for (const line of text.trimEnd().split('\n').slice(1)) {
      const [, iface, tag, , , , , tx] = line.split(' ');
      if (tag === '0x0' && iface !== 'tun0') sent += Number(tx);
    }
    const expected = world.sinceBoot
      .filter((entry) => counts(entry) && entry.uid >= 0)
      .reduce((n, one) => n + one.sent, 0);
    expect(sent).toBe(expected);
    expect(expected).toBeGreaterThan(0);
    expect((await phoneOf(12).run('cat /proc/net/xt_qtaguid/stats')).errors).toContain('No such file');
  });

  it.each([5, 7, 11, 15] as const)(
    'Android %s: the battery’s record has the same bytes for each uid',
    async (android) => {
      const { world, run } = phoneOf(android);
      const { text } = await run('dumpsys batterystats -c');
      const byUid = new Map<number, number>();
      for (const entry of world.sinceBoot)
        if (counts(entry) && entry.uid >= 0)
          byUid.set(entry.uid, (byUid.get(entry.uid) ?? 0) + entry.sent + entry.received);
      const said = new Map(
        [...text.matchAll(/^9,(\d+),l,nt,(\d+),(\d+),(\d+),(\d+),/gm)].map(([, uid, ...n]) => [
          Number(uid),
          n.reduce((sum, value) => sum + Number(value), 0),
        ]),
      );
      expect(said).toEqual(byUid);
    },
  );

  it('an app is in front when its bytes were counted in the foreground, and at no other time', async () => {
    const { world, run } = phoneOf(14);
    const { text } = await run('dumpsys usagestats file 0 daily');
    const resumed = [...text.matchAll(/time=(\d+) type=ACTIVITY_RESUMED package=(\S+)/g)];
    expect(resumed.length).toBeGreaterThan(50);
    const sessions = new Set(
      world.sessions.map((one) => `${Math.floor(one.fromUs / 1000) + world.skewMs} ${one.package}`),
    );
    for (const [, time, name] of resumed) expect(sessions.has(`${time} ${name}`)).toBe(true);
    const day = await run('dumpsys usagestats -c');
    expect(day.text).toMatch(/Last 24 hour events \(beginTime=\d+ endTime=\d+ \)/);
    for (const [, time] of day.text.matchAll(/time=(\d+) type=/g))
      expect(Number(time)).toBeGreaterThanOrEqual((NOW - DAY) / 1000 + world.skewMs);
  });

  it('sockets belong to apps of the phone, and lead to addresses that are nobody’s', async () => {
    const { world, run } = phoneOf(10);
    const { text, exit } = await run('cat /proc/net/tcp /proc/net/tcp6 /proc/net/udp /proc/net/udp6');
    expect(exit).toBe(0);
    const uids = new Set(world.apps.map((app) => app.appId));
    const rows = text.split('\n').filter((line) => /^ *\d+: /.test(line));
    expect(rows.length).toBeGreaterThan(10);
    for (const line of rows) {
      const [, , remote = '', state, , , , uid] = line.trim().split(/\s+/);
      if (state === '0A') continue;
      expect(state === '06' ? uid === '0' : uids.has(Number(uid) % 100_000), line).toBe(true);
      if (remote.startsWith('B80D0120')) continue;
      const word = remote.split(':')[0]!.slice(-8);
      const ip = [6, 4, 2, 0].map((at) => Number.parseInt(word.slice(at, at + 2), 16));
      expect(['192.0.2', '198.51.100', '203.0.113']).toContain(ip.slice(0, 3).join('.'));
    }
    expect((await run('cat /proc/net/tcp6')).text).toBe((await run('cat /proc/net/tcp6')).text);
  });

  it('a cloud that is switched off holds no connection', async () => {
    const cloud = { offSinceUs: NOW - 3 * DAY };
    const { world, run } = phoneOf(13, { cloud });
    const { text } = await run('cat /proc/net/tcp6 /proc/net/udp6');
    const off = world.apps.filter((app) => app.role !== null && app.role !== 'push').map((app) => app.appId);
    const shared = new Set(world.apps.filter((app) => app.role === null).map((app) => app.appId));
    for (const uid of off.filter((one) => !shared.has(one))) expect(text).not.toContain(` ${uid}        0 `);
  });

  it('both clocks stand in the list of alarms', async () => {
    const { world, run } = phoneOf(9, { skewMs: 61_000 });
    const { text } = await run('dumpsys alarm');
    const [, rtc, elapsed] = /nowRTC=(\d+)=\S+ \S+ nowELAPSED=(\d+)/.exec(text)!;
    expect(Number(rtc)).toBe(NOW / 1000 + 61_000);
    expect(Number(elapsed)).toBe(Math.floor((NOW - world.bootUs) / 1000));
  });

  it.each([
    [5, 'logcat -b main -b system -b radio -b events -b crash -v threadtime -d'],
    [6, 'logcat -b all -v threadtime -v usec -v printable -d'],
    [14, 'logcat -b all -v threadtime -v uid -v epoch -v usec -v printable -D -d'],
  ] as const)('Android %s: the log, in the forms that it knows', async (android, line) => {
    const { world, run } = phoneOf(android);
    const { text, exit } = await run(line);
    expect(exit).toBe(0);
    expect(text).toContain('--------- beginning of main\n');
    expect(text).toMatch(/netstats_(wifi|mobile)_sample: \[[\d,]+\]/);
    expect(text.includes('--------- switch to')).toBe(android === 14);
    const refused = await phoneOf(6).run('logcat -b all -v uid -d');
    expect([refused.exit, refused.errors]).toEqual([255, 'Invalid parameter "uid" to -v\n']);
    expect(world.sdk).toBeGreaterThan(20);
  });

  it.each([5, 7, 9, 11, 12, 14, 16] as const)(
    'Android %s: every service that it has answers, and ends with a line',
    async (android) => {
      const { run } = phoneOf(android);
      const listed = (await run('dumpsys -l')).text
        .split('\n')
        .slice(1, -1)
        .map((line) => line.trim());
      expect(listed).toContain('connectivity');
      expect(listed.includes('connmetrics')).toBe(android >= 7);
      for (const name of listed) {
        const { text, errors, exit } = await run(`dumpsys ${name}`);
        expect([errors, exit]).toEqual(['', 0]);
        expect(text.length, name).toBeGreaterThan(40);
        expect(text, name).not.toMatch(/undefined|NaN|\[object/);
      }
    },
  );

  it('a bugreport is made when it is asked for, and lies where the phone says', async () => {
    const { phone, run } = phoneOf(13);
    const { text } = await run('bugreportz -p');
    const path = /^OK:(.+)$/m.exec(text)![1]!;
    expect(text.startsWith(`BEGIN:${path}\n`)).toBe(true);
    const bytes = phone.file(path)!.bytes;
    expect(Buffer.from(bytes.subarray(0, 2)).toString()).toBe('PK');
    expect((await phone.run(`cat ${path}`)).stdout).toEqual(bytes);
    expect((await phoneOf(13).run(`cat ${path}`)).errors).toContain('No such file');
    expect((await phoneOf(6).run('bugreport')).text).toContain('== dumpstate: ');
  });
});

describe('accounts and what is kept in step', () => {
  const accounts = (text: string) =>
    [...text.matchAll(/^ {4}Account \{name=.*, type=(.*)\}$/gm)].map(([, type]) => type);
  it.each([5, 8, 14] as const)(
    'Android %s: Mi Account is there until its owner switches the cloud off',
    async (android) => {
      const on = phoneOf(android, { cloud: 'on' });
      const off = phoneOf(android, { cloud: { offSinceUs: NOW - 3 * DAY } });
      expect(accounts((await on.run('dumpsys account')).text)).toContain('com.xiaomi');
      expect(accounts((await off.run('dumpsys account')).text)).not.toContain('com.xiaomi');
      const rows = (text: string) =>
        [...text.matchAll(/^(\S+) +1 +(true|false) /gm)].map(([, name, enabled]) => [name, enabled]);
      expect(rows((await on.run('dumpsys content')).text)).toContainEqual(['sms', 'true']);
      expect(rows((await off.run('dumpsys content')).text).map(([name]) => name)).not.toContain('sms');
      expect((await on.run('dumpsys content')).text).toMatch(/^auto sync: u0=true /im);
    },
  );

  it('other makers have no account of Xiaomi', async () => {
    for (const maker of ['samsung', 'google', 'plain'] as const) {
      expect(accounts((await phoneOf(13, { maker }).run('dumpsys account')).text)).not.toContain('com.xiaomi');
    }
  });

  it('what the cloud read last lies a moment before bytes that its uid sent in the background', async () => {
    const { world, run } = phoneOf(14, { cloud: 'on' });
    const { text } = await run('dumpsys appops');
    const block = /Package com\.miui\.cloudservice:\n([\s\S]*?)(?:\n {4}Package|\n {2}Uid)/.exec(text)![1]!;
    const ago =
      /READ_CONTACTS \(allow\): \n.*\n +Access: \[bg-s\] \S+ \S+ \(-(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(\d+)ms\)/.exec(
        block,
      )!;
    const [d = 0, h = 0, m = 0, s = 0, ms = 0] = ago.slice(1).map((one) => Number(one ?? 0));
    const usedUs = world.nowUs - ((((d * 24 + h) * 60 + m) * 60 + s) * 1000 + ms) * 1000;
    const uid = world.apps.find((app) => app.package === 'com.miui.cloudservice')!.appId;
    const near = world.entries.filter(
      (one) => one.uid === uid && one.set === 0 && Math.abs(one.trueUs - usedUs) < 600e6,
    );
    expect(near.length).toBeGreaterThan(0);
  });
});
