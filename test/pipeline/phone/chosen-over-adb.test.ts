import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AcquireChoice, OpenCase } from '../../../main/engine/engine-api.ts';
import { systemClock } from '../../../main/host/adapters/system-clock.ts';
import { type AndroidVersion, createPracticePhone, createWorld, type RootWay } from '../../../main/practice/index.ts';
import { emptyCaseInfo } from '../../../shared/types/case.ts';
import { temporaryFolder, testEngine, work } from '../../support/engine.ts';
import { adbBench, realAdb, sayIfLeftOut, until } from './adb-harness.ts';

sayIfLeftOut('root, files of the owner and packages over the real adb server');

type Line = { readonly action: string; readonly [detail: string]: unknown };

describe.skipIf(realAdb === null)('what an examiner asks for by name, over the real adb server', () => {
  const bench = adbBench((bridge) => until('no phone is left', async () => (await bridge.list()).devices.length === 0));

  /** A phone behind adb, and a case for it. */
  async function phoneAndCase(android: AndroidVersion, root: RootWay | undefined) {
    const nowUs = systemClock.now();
    const world = createWorld({ seed: 7, android, maker: 'xiaomi', nowUs, days: 10, ...(root && { root }) });
    const device = await bench.plug(createPracticePhone(world, { nowUs: systemClock.now }));
    // The same phone as root sees it: what evidence is held against.
    const open = createPracticePhone(
      createWorld({ seed: 7, android, maker: 'xiaomi', nowUs, days: 10, root: 'adbd' }),
      {
        nowUs: systemClock.now,
      },
    );
    await until('the phone is ready', async () =>
      (await bench.bridge.list()).devices.some(({ model }) => model !== null),
    );
    const folder = await temporaryFolder();
    const engine = testEngine(bench.bridge);
    const made = await engine.createCase(join(folder.path, 'case'), emptyCaseInfo);
    const { path } = await made.view();
    const log = () =>
      readFileSync(join(path, 'custody.jsonl'), 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Line);
    const acquire = (choice: Partial<AcquireChoice>, signal?: AbortSignal) =>
      made.acquire({ serial: null, profile: 'quick', ...choice }, work(signal));
    const close = async () => {
      await made.close();
      await folder[Symbol.asyncDispose]();
    };
    return { world, device, asRoot: open, made, log, acquire, close };
  }

  const kept = (lines: readonly Line[], step: RegExp) =>
    lines.filter(({ action, origin }) => action === 'evidence.kept' && step.test((origin as { step: string }).step));

  /** Bytes by uid, as the case counts them. */
  async function counted(made: OpenCase) {
    const rows = (await made.apps()).filter(({ sent, received }) => sent + received > 0);
    return rows.map(({ uid, sent, received }) => [uid, sent, received]).sort((a, b) => a[0]! - b[0]!);
  }

  it.each([
    ['su', 14],
    ['eng', 6],
    ['adbd', 5],
  ] as const)(
    'root by %s on Android %d: both folders and the use of apps, counted once with the dump',
    async (way, android) => {
      const plain = await phoneAndCase(android, way);
      try {
        await plain.acquire({});
        const alone = await counted(plain.made);
        const outcome = await plain.acquire({ root: true });
        expect(outcome.refused).toEqual([]);
        expect(outcome.state).toBe('complete');
        expect(await counted(plain.made)).toEqual(alone);
        expect((await plain.made.summary()).bytes.sent).toBe(plain.world.totals().sent);

        const files = kept(plain.log(), /^file \/data\//);
        const paths = files.map(({ name }) => name as string);
        for (const part of ['/netstats/uid.', '/netstats/uid_tag.', '/usagestats/', '/daily/']) {
          expect(
            paths.some((path) => path.includes(part)),
            part,
          ).toBe(true);
        }
        for (const { name, sha256, state } of files) {
          const there = plain.asRoot.file(name as string)!;
          expect([state, sha256], name as string).toEqual([
            'complete',
            createHash('sha256').update(there.bytes).digest('hex'),
          ]);
        }
        const log = plain.log();
        const asked = log.filter(({ action }) => action === 'phone.command').map(({ command }) => command as string);
        expect(asked.some((line) => line.startsWith('su '))).toBe(way !== 'adbd');
        const said = log.findIndex(({ action, asked: what }) => action === 'phone.change' && what === 'root');
        const first = log.findIndex(
          ({ action, command }) => action === 'phone.command' && String(command).startsWith('su '),
        );
        if (way === 'adbd') expect([said, first]).toEqual([-1, -1]);
        else expect(said >= 0 && said < first).toBe(true);
        const verified = await plain.made.verify(work());
        expect(verified.failures).toEqual([]);
      } finally {
        await plain.close();
      }
    },
  );

  it('the binary files alone count what the dump counts', async () => {
    const { world, asRoot, close } = await phoneAndCase(13, 'su');
    const folder = await temporaryFolder();
    try {
      const engine = testEngine();
      const made = await engine.createCase(join(folder.path, 'files'), emptyCaseInfo);
      const netstats = '/data/misc/apexdata/com.android.tethering/netstats';
      mkdirSync(join(folder.path, 'netstats'));
      for (const { name, file } of asRoot.list(netstats)!)
        writeFileSync(join(folder.path, 'netstats', name), file.bytes);
      await made.importFiles([join(folder.path, 'netstats')], work());
      expect((await made.summary()).bytes.sent).toBe(world.totals().sent);
      await made.close();
    } finally {
      await folder[Symbol.asyncDispose]();
      await close();
    }
  });

  it('a refused root is one fact about the phone, and the rest is had', async () => {
    const { made, acquire, log, close } = await phoneAndCase(12, 'denied');
    try {
      const outcome = await acquire({ root: true });
      expect(outcome.refused.map(({ id, state }) => [id, state])).toEqual([['root', 'refused']]);
      expect(outcome.state).toBe('partial');
      expect((await made.summary()).bytes.sent).toBeGreaterThan(0);
      const su = log().filter(({ action, command }) => action === 'phone.command' && String(command).startsWith('su '));
      expect(su).toHaveLength(1);
    } finally {
      await close();
    }
  });

  it('offers the owner’s files without taking one, and takes those that are named, byte for byte', async () => {
    const { device, made, asRoot, acquire, log, close } = await phoneAndCase(14, undefined);
    try {
      const look = await made.look({ serial: device.serial }, work());
      expect(look.root.state).toBe('not asked');
      expect(look.files.length).toBeGreaterThanOrEqual(2);
      expect(await made.evidence()).toEqual([]);
      const looked = log();
      expect(looked.at(-1)).toMatchObject({ action: 'phone.looked', files: look.files.length });
      const asked = looked.filter(({ action }) => action === 'phone.command').map(({ command }) => String(command));
      expect(asked.some((line) => line.startsWith('find '))).toBe(true);
      expect(asked.filter((line) => /^(cat|su)\b/.test(line))).toEqual([]);

      const chosen = look.files.filter(({ kind }) => kind !== 'bugreport').slice(0, 3);
      const outcome = await acquire({ files: chosen.map(({ path }) => path) });
      expect(outcome.refused).toEqual([]);
      const files = kept(log(), /^file \/sdcard\//);
      expect(files.map(({ name }) => name).sort()).toEqual(chosen.map(({ path }) => path).sort());
      for (const { name, sha256, bytes } of files) {
        const there = asRoot.file(name as string)!;
        expect(sha256).toBe(createHash('sha256').update(there.bytes).digest('hex'));
        expect(bytes).toBe(chosen.find(({ path }) => path === name)!.bytes);
      }
    } finally {
      await close();
    }
  });

  it('goes on with what was chosen where it was broken off', async () => {
    const { made, acquire, log, close } = await phoneAndCase(11, 'su');
    try {
      const { files } = await made.look({ serial: null }, work());
      const named = files.map(({ path }) => path).slice(0, 1);
      const stop = new AbortController();
      const watched = {
        progress: {
          steps: () => {},
          now: (phrase: string) => {
            if (phrase.includes('/netstats/uid.')) stop.abort();
          },
        },
        signal: stop.signal,
      };
      const broken = await made.acquire({ serial: null, profile: 'quick', root: true, files: named }, watched);
      expect(broken.state).toBe('cancelled');
      const resumed = await acquire({ resume: true });
      expect(resumed.refused).toEqual([]);
      const started = log().findLast(({ action }) => action === 'batch.started');
      expect(started).toMatchObject({ root: true, files: named, continues: 1 });
      const all = kept(log(), /^file /).filter(({ state }) => state === 'complete');
      const names = all.map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
      expect(names).toContain(named[0]);
    } finally {
      await close();
    }
  });

  it('waits for a phone that goes while it is asked for what was chosen', async () => {
    const { device, made, log, close } = await phoneAndCase(13, 'su');
    try {
      device.behave({ cutAfterBytes: 10, only: 'find /data' });
      const running = made.acquire({ serial: null, profile: 'quick', root: true, waitMs: 20_000 }, work());
      await until('the phone is missed', () => log().some(({ action }) => action === 'phone.lost'));
      device.behave({});
      device.plugIn();
      const outcome = await running;
      expect([outcome.refused, outcome.state]).toEqual([[], 'complete']);
      expect(
        log()
          .filter(({ action }) => /^phone\.(lost|returned)$/.test(action))
          .map(({ action, step }) => [action, step]),
      ).toEqual([
        ['phone.lost', 'choices'],
        ['phone.returned', 'choices'],
      ]);
    } finally {
      await close();
    }
  });

  it('keeps half a file where the cable is pulled in it, and takes it whole when it goes on', async () => {
    const { device, made, asRoot, acquire, log, close } = await phoneAndCase(14, undefined);
    try {
      const { files } = await made.look({ serial: null }, work());
      const { path, bytes } = files.find(({ kind }) => kind === 'capture')!;
      device.behave({ cutAfterBytes: Math.floor(bytes! / 3), only: 'cat /sdcard' });
      const broken = await acquire({ files: [path] });
      expect(broken.state).toBe('interrupted');
      device.behave({});
      device.plugIn();
      await bench.server.adb('disconnect', device.serial);
      await bench.server.adb('connect', device.serial);
      await until('the phone is back', async () =>
        (await bench.bridge.list()).devices.some(({ state }) => state === 'device'),
      );
      const resumed = await acquire({ resume: true });
      expect([resumed.refused, resumed.state]).toEqual([[], 'complete']);
      const [half, whole] = kept(log(), /^file /);
      expect([half!.state, whole!.state]).toEqual(['interrupted', 'complete']);
      const there = Buffer.from(asRoot.file(path)!.bytes);
      const digest = (some: Buffer) => createHash('sha256').update(some).digest('hex');
      expect([half!.sha256, whole!.sha256]).toEqual([digest(there.subarray(0, half!.bytes as number)), digest(there)]);
      expect((await made.verify(work())).failures).toEqual([]);
    } finally {
      await close();
    }
  });

  it('refuses a path that is nobody’s to name before a phone is asked anything', async () => {
    const { acquire, log, close } = await phoneAndCase(14, undefined);
    try {
      for (const path of [
        '/sdcard/DCIM/Camera/IMG_0001.jpg',
        '/sdcard/Download/PCAPdroid/../notes.txt',
        '/data/system/packages.xml',
      ]) {
        await expect(acquire({ files: [path] })).rejects.toMatchObject({ code: 'wrong-use' });
      }
      await expect(acquire({ apks: ['a; reboot'] })).rejects.toMatchObject({ code: 'wrong-use' });
      expect(log()).toHaveLength(1);
    } finally {
      await close();
    }
  });
});
