import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PracticeBridge } from '../../main/host/adapters/practice-bridge.ts';
import { systemClock } from '../../main/host/adapters/system-clock.ts';
import { createPracticePhone, createWorld } from '../../main/practice/index.ts';
import { emptyCaseInfo } from '../../shared/types/case.ts';
import { temporaryFolder, testEngine, work } from '../support/engine.ts';

type PhoneOptions = Parameters<typeof createPracticePhone>[1];
type WorldOptions = Partial<Parameters<typeof createWorld>[0]>;

/** A case over a practice phone without adb between. */
async function caseOf(world: WorldOptions, options: PhoneOptions = {}) {
  const folder = await temporaryFolder();
  const made = createWorld({ seed: 7, android: 14, maker: 'xiaomi', nowUs: systemClock.now(), days: 5, ...world });
  const phone = createPracticePhone(made, { nowUs: systemClock.now, ...options });
  const engine = testEngine(new PracticeBridge([phone], systemClock));
  const open = await engine.createCase(join(folder.path, 'case'), emptyCaseInfo);
  return {
    world: made,
    phone,
    open,
    folder: folder.path,
    async [Symbol.asyncDispose]() {
      await open.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}

describe('packages of chosen apps', () => {
  test.each([5, 8, 12, 16] as const)('Android %d: each names its app, and its certificate is read', async (android) => {
    await using at = await caseOf({ android, maker: 'samsung' });
    const { open } = at;
    const { apps } = await open.look({ serial: null }, work());
    const apks = apps.slice(0, 12).map((app) => app.package);
    const outcome = await open.acquire({ serial: null, profile: 'full', apks }, work());
    expect(outcome.refused).toEqual([]);
    expect(await open.warnings(100, 0)).toEqual([]);
    const signed = (await open.apps()).filter(({ certificates }) => certificates !== undefined);
    const found = new Map(
      signed.flatMap(({ certificates }) => certificates!.map((one) => [one.package, one] as const)),
    );
    expect([...found.keys()].sort()).toEqual([...apks].sort());
    for (const one of found.values()) {
      expect(one.sha256).toMatch(/^[0-9a-f]{64}$/);
      expect(one.subject).toContain('(practice phone)');
      // Up to Android 6 there is only the oldest scheme, of which nothing is checked.
      if (one.role === 'signer') expect(one.holds).toBe(android === 5 ? null : true);
    }
  });

  test('what is wrong with one is a warning, and the rest is read', async () => {
    const same = { nowUs: systemClock.now() };
    await using first = await caseOf(same);
    const names = (await first.open.look({ serial: null }, work())).apps.slice(0, 5).map((app) => app.package);
    const [cut, unsigned, changed, none, good] = names as [string, string, string, string, string];
    const brokenApks = { [cut]: 'cut', [unsigned]: 'unsigned', [changed]: 'changed', [none]: 'no archive' } as const;
    await using at = await caseOf(same, { brokenApks });
    const { open } = at;
    const outcome = await open.acquire({ serial: null, profile: 'full', apks: [...names, 'org.nobody.has'] }, work());
    expect(outcome.refused.map(({ id, state }) => [id, state])).toEqual([['apk org.nobody.has', 'unavailable']]);
    const warnings = await open.warnings(100, 0);
    const evidence = new Map((await open.evidence()).map(({ id, name }) => [id, name]));
    const of = (name: string) =>
      warnings.filter((one) => evidence.get(one.evidence) === `${name}/base.apk`).map(({ reason }) => reason);
    expect(of(cut).join(' ')).toMatch(/cut short/);
    expect(of(unsigned)).toEqual(['No certificate by which the package is signed could be read.']);
    expect(of(changed).join(' ')).toMatch(/is not the content that scheme v\d signs/);
    expect(of(none).join(' ')).toMatch(/could not be opened as an archive/);
    expect(of(good)).toEqual([]);
    const certificates = (await open.apps()).flatMap((app) => app.certificates ?? []);
    const holds = (name: string) => certificates.find((one) => one.package === name && one.role === 'signer')?.holds;
    expect([holds(good), holds(changed), holds(cut)]).toEqual([true, false, undefined]);
  });
});

describe('files of the owner', () => {
  test('a bugreport of an earlier time is read, and says nothing of the present', async () => {
    const phone = { nowUs: systemClock.now(), with: { oldBugreports: true } } as const;
    await using plain = await caseOf(phone);
    const { open, world } = plain;
    const look = await open.look({ serial: null }, work());
    const reports = look.files.filter(({ kind }) => kind === 'bugreport');
    expect(reports.map(({ path }) => path.replace(/bugreport-.*/, '')).sort()).toEqual([
      '/bugreports/',
      '/sdcard/Download/',
    ]);
    const outcome = await open.acquire({ serial: null, profile: 'full' }, work());
    expect(outcome.refused).toEqual([]);
    const device = (await open.summary()).device;
    const apps = await open.apps();

    await using other = await caseOf(phone);
    const files = reports.map(({ path }) => path);
    const taken = await other.open.acquire({ serial: null, profile: 'full', files }, work());
    expect(taken.refused).toEqual([]);
    const summary = await other.open.summary();
    expect(summary.device).toEqual(device);
    expect(summary.bytes.sent).toBe(world.totals().sent);
    const versions = (all: typeof apps) => all.map(({ uid, name, installer }) => [uid, name, installer]);
    expect(versions(await other.open.apps())).toEqual(versions(apps));
    const read = (await other.open.evidence()).filter(({ name }) => files.includes(name));
    expect(read).toHaveLength(2);
    for (const one of read) expect(one.sections.length, one.name).toBeGreaterThan(3);
  });

  test('a report from before the phone was brought up to a newer Android does not turn it back', async () => {
    const nowUs = systemClock.now();
    const base = { seed: 7, maker: 'xiaomi', nowUs, days: 3 } as const;
    const before = createPracticePhone(createWorld({ ...base, android: 12 }), { nowUs: () => nowUs });
    const said = Buffer.from((await before.run('bugreportz')).stdout as Uint8Array).toString('utf8');
    const report = before.file(said.trim().slice('OK:'.length))!.bytes;
    const now = createPracticePhone(createWorld({ ...base, android: 14 }), { nowUs: () => nowUs });
    const path = '/sdcard/Download/bugreport-before.zip';
    const phone: typeof now = {
      ...now,
      async run(line) {
        if (!line.includes(path)) return now.run(line);
        const stdout = line.startsWith('cat') ? report : Buffer.from(`${report.length} 1700000000 ${path}\n`);
        return { stdout, stderr: new Uint8Array(), exit: 0 };
      },
    };
    await using folder = await temporaryFolder();
    const engine = testEngine(new PracticeBridge([phone], systemClock));
    const open = await engine.createCase(join(folder.path, 'case'), emptyCaseInfo);
    const outcome = await open.acquire({ serial: null, profile: 'full', files: [path] }, work());
    expect(outcome.refused).toEqual([]);
    expect((await open.evidence()).find(({ name }) => name === path)!.sections.length).toBeGreaterThan(3);
    const { device } = await open.summary();
    expect([device.android, device.sdk]).toEqual(['14', 34]);
    await open.close();
  });

  test('hostile names and archives: nothing leaves the case, what is left out is counted, what is taken is kept as it is', async () => {
    await using at = await caseOf({}, { files: { hostile: true } });
    const { open, phone, folder } = at;
    const look = await open.look({ serial: null }, work());
    expect(look.files.some(({ path }) => /[\p{Cc}]|\.\.\//u.test(path))).toBe(false);
    expect(look.notes.some((note) => /cannot be sent to a phone’s shell unchanged/.test(note))).toBe(true);
    const paths = look.files.map(({ path }) => path);
    expect(paths).toContain('/sdcard/Download/PCAPdroid/$(reboot);`reboot`.csv');
    expect(paths).toContain('/sdcard/Download/PCAPdroid/-rf.pcap');
    const before = process.memoryUsage.rss();
    const outcome = await open.acquire({ serial: null, profile: 'quick', files: paths }, work());
    expect(outcome.refused).toEqual([]);
    expect(process.memoryUsage.rss() - before).toBeLessThan(400 * 1024 ** 2);
    const kept = await open.evidence();
    for (const path of paths) {
      const one = kept.find(
        ({ command }) => command?.startsWith('cat ') && command.includes(path.split('/').at(-1)!.split("'")[0]!),
      );
      expect(one, path).toBeDefined();
      expect([one!.state, one!.bytes], path).toEqual(['complete', phone.file(path)!.bytes.length]);
    }
    const reasons = (await open.warnings(1000, 0)).map(({ reason }) => reason);
    expect(reasons).toContain(
      '../../../../../../../../tmp/outside.txt has a name that leads out of the archive; it was not opened.',
    );
    // Of a bomb's members, which nobody knows, the first 64 kB are looked at and no more.
    expect(reasons.some((reason) => /bugreport-bomb.* is an archive of \d+ files, none of which/.test(reason))).toBe(
      true,
    );
    expect(existsSync('/tmp/outside.txt') || existsSync('/etc/outside.txt')).toBe(false);
    expect(readdirSync(folder)).toEqual(['case.phonehome']);
    expect((await open.verify(work())).failures).toEqual([]);
  });

  test('a capture of 300 megabytes goes to the disk as it comes', async () => {
    await using at = await caseOf({}, { files: { longMegabytes: 300 } });
    const { open } = at;
    const path = '/sdcard/Download/PCAPdroid/long.pcap';
    const before = process.memoryUsage.rss();
    let most = 0;
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage.rss());
    }, 20);
    const outcome = await open.acquire({ serial: null, profile: 'quick', files: [path] }, work());
    clearInterval(watch);
    expect(outcome.refused).toEqual([]);
    const kept = (await open.evidence()).find(({ name }) => name === path)!;
    expect(kept.bytes).toBeGreaterThan(300_000_000);
    console.log(`${kept.bytes} bytes, ${Math.round((most - before) / 1024 ** 2)} MB of memory more than before`);
    expect(most - before).toBeLessThan(200 * 1024 ** 2);
  });
});
