import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../main/host/adapters/system-clock.ts';
import { type AdbDevice, startAdbDevice } from '../../main/practice/adb/device.ts';
import { createPracticePhone, createWorld } from '../../main/practice/index.ts';
import { type AdbServer, realAdb, sayIfLeftOut, startAdbServer, until } from '../pipeline/phone/adb-harness.ts';
import { phonehome } from '../support/cli.ts';
import { temporaryFolder } from '../support/engine.ts';

sayIfLeftOut('the command line asks a phone what it offers');

describe.skipIf(realAdb === null)('the command line and what a phone offers', () => {
  let server: AdbServer;
  let device: AdbDevice;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  beforeAll(async () => {
    server = await startAdbServer();
    const world = createWorld({ seed: 7, android: 14, maker: 'xiaomi', nowUs: systemClock.now(), days: 3, root: 'su' });
    device = await startAdbDevice(createPracticePhone(world, { nowUs: systemClock.now }), {
      port: 0,
      host: '127.0.0.1',
    });
    await server.adb('connect', device.serial);
    await until('the phone is listed', async () =>
      (await server.adb('devices')).stdout.toString().includes(`${device.serial}\tdevice`),
    );
    folder = await temporaryFolder();
  });
  afterAll(async () => {
    await device.close();
    await server.close();
    await folder[Symbol.asyncDispose]();
  });
  const run = (...args: string[]) => phonehome(args, { env: server.environment });

  it('look names it, takes nothing and keeps the case; acquire takes what was named', async () => {
    const path = join(folder.path, 'case');
    const seen = await run('look', '--case', path, '--root', '--json', '--quiet');
    expect([seen.exit, seen.err]).toEqual([0, '']);
    const look = JSON.parse(seen.out) as {
      root: { state: string };
      files: { path: string }[];
      apps: { package: string }[];
    };
    expect(look.root.state).toBe('su');
    expect(look.files.length).toBeGreaterThanOrEqual(2);
    const readable = await run('look', '--case', path, '--quiet');
    expect(readable.out).toContain(look.files[0]!.path);
    expect(readable.out).toContain('Root was not asked for.');

    const apk = look.apps[0]!.package;
    const taken = await run(
      'acquire',
      '--case',
      path,
      '--profile',
      'quick',
      '--root',
      '--owner-files',
      '--apks',
      apk,
      '--json',
      '--quiet',
    );
    expect([taken.exit, JSON.parse(taken.out).refused]).toEqual([0, []]);
    const apps = JSON.parse((await run('apps', '--case', path, '--json')).out) as {
      certificates?: { package: string }[];
    }[];
    expect(apps.flatMap(({ certificates = [] }) => certificates).some((one) => one.package === apk)).toBe(true);
  });

  it('says in one sentence what is wrong with what was named, and leaves no case behind', async () => {
    const path = join(folder.path, 'none');
    const wrong = await run('acquire', '--case', path, '--files', '/sdcard/DCIM/a.jpg', '--quiet');
    expect([wrong.exit, wrong.out]).toEqual([2, '']);
    expect(wrong.err).toContain('“/sdcard/DCIM/a.jpg” is not a file that can be taken from a phone by name.');
    expect(wrong.err).not.toContain('    at ');
    const nobody = await run('look', '--case', path, '--device', 'NOBODY', '--quiet');
    expect(nobody.exit).toBe(3);
    expect(existsSync(path) || existsSync(`${path}.phonehome`)).toBe(false);
  });
});
