import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AdbDevice, startAdbDevice } from '../../../main/practice/adb/device.ts';
import { scriptedPhone } from '../../support/scripted-phone.ts';
import { type AdbServer, realAdb, sayIfLeftOut, startAdbServer, until } from './adb-harness.ts';

sayIfLeftOut('the practice phone under the stock adb client');

const netstats = Buffer.alloc(3_000_000, '      st=1760770800 rb=135 rp=2 tb=0 tp=0 op=0\n');
const photo = Buffer.from(Array.from({ length: 200_003 }, (_, at) => (at * 7919) % 256));
const netstatsCommand = 'dumpsys netstats --full --uid --tag';

const script = {
  answers: {
    getprop: { stdout: '[ro.product.model]: [Redmi Note 8]\n[ro.build.version.sdk]: [30]\n' },
    [netstatsCommand]: { stdout: netstats },
    'dumpsys netd': { stderr: "Can't find service: netd\n" },
    'cat /nothing': { stdout: 'before\n', stderr: 'cat: /nothing: No such file or directory\n', exit: 1 },
  },
  files: {
    '/sdcard/Download/photo.jpg': photo,
    '/sdcard/Download/empty': new Uint8Array(),
    '/sdcard/Download/खाली/文件.txt': Buffer.from('text'),
  },
};

const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describe.skipIf(realAdb === null)('the practice phone under the stock adb client', () => {
  let server: AdbServer;
  const folder = mkdtempSync(join(tmpdir(), 'phonehome-pull-'));
  const devices: AdbDevice[] = [];
  const plug = async (sdk: number) => {
    const device = await startAdbDevice(scriptedPhone({ ...script, sdk }), { port: 0, host: '127.0.0.1' });
    devices.push(device);
    const said = await server.adb('connect', device.serial);
    expect(said.stdout.toString()).toContain(`connected to ${device.serial}`);
    return device;
  };

  beforeAll(async () => {
    server = await startAdbServer();
  });
  afterAll(async () => {
    for (const device of devices) await device.close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([
    ['Android 14', 34],
    ['Android 8', 26],
    ['Android 7', 24],
  ])('%s: lists, runs, separates errors, gives exit statuses', async (_, sdk) => {
    const { serial } = await plug(sdk);
    const { stdout: list } = await server.adb('devices', '-l');
    expect(list.toString()).toMatch(
      new RegExp(`${serial}\\s+device product:scripted_product model:Scripted_Model device:scripted`),
    );
    const properties = await server.adb('-s', serial, 'shell', 'getprop');
    expect(properties.stdout.toString()).toBe(script.answers.getprop.stdout);
    const dump = await server.adb('-s', serial, 'shell', netstatsCommand);
    expect(sha(dump.stdout)).toBe(sha(netstats));
    const missing = await server.adb('-s', serial, 'shell', 'dumpsys netd');
    expect([missing.stdout.length, missing.stderr, missing.exit]).toEqual([0, "Can't find service: netd\n", 0]);
    const failed = await server.adb('-s', serial, 'shell', 'cat /nothing');
    expect([failed.stdout.toString(), failed.stderr, failed.exit]).toEqual([
      'before\n',
      'cat: /nothing: No such file or directory\n',
      1,
    ]);
    const unknown = await server.adb('-s', serial, 'shell', 'frobnicate');
    expect([unknown.stderr, unknown.exit]).toEqual(['/system/bin/sh: frobnicate: not found\n', 127]);
    const terminal = await server.adb('-s', serial, 'shell', '-tt', 'getprop');
    expect(terminal.stdout.toString()).toBe(script.answers.getprop.stdout.replaceAll('\n', '\r\n'));
  });

  it('Android 5: one stream behind a terminal, no exit status, as before shell v2', async () => {
    const { serial } = await plug(21);
    const properties = await server.adb('-s', serial, 'shell', 'getprop');
    expect(properties.stdout.toString()).toBe(script.answers.getprop.stdout.replaceAll('\n', '\r\n'));
    const failed = await server.adb('-s', serial, 'shell', 'cat /nothing');
    expect(failed.stdout.toString()).toBe('cat: /nothing: No such file or directory\r\nbefore\r\n');
    expect([failed.stderr, failed.exit]).toEqual(['', 0]);
    const raw = await server.adb('-s', serial, 'exec-out', netstatsCommand);
    expect(sha(raw.stdout)).toBe(sha(netstats));
  });

  it.each([
    ['with stat_v2 and ls_v2', 34],
    ['with stat_v2', 26],
    ['of the first kind', 21],
  ])('adb pull of files and folders, sync %s', async (_, sdk) => {
    const { serial } = await plug(sdk);
    const target = join(folder, String(sdk));
    const pulled = await server.adb('-s', serial, 'pull', '/sdcard/Download', target);
    expect(pulled.exit, pulled.stderr).toBe(0);
    expect(readdirSync(target, { recursive: true }).sort()).toEqual(['empty', 'photo.jpg', 'खाली', 'खाली/文件.txt']);
    expect(sha(readFileSync(join(target, 'photo.jpg')))).toBe(sha(photo));
    expect(readFileSync(join(target, 'empty'))).toHaveLength(0);
    const missing = await server.adb('-s', serial, 'pull', '/sdcard/nothing', target);
    expect(missing.exit).toBe(1);
    expect(`${missing.stdout}${missing.stderr}`).toMatch(
      /remote object '\/sdcard\/nothing'(: No such file| does not exist)/,
    );
  });

  it.each([
    ['with shell v2, as a pipe', 34, '[ro.product.model]: [Redmi Note 8]\n[ro.build.version.sdk]: [30]\n', 1],
    [
      'before shell v2, behind a terminal',
      22,
      'scripted:/ $ getprop\r\n[ro.product.model]: [Redmi Note 8]\r\n[ro.build.version.sdk]: [30]\r\n' +
        'scripted:/ $ cat /nothing\r\nbefore\r\ncat: /nothing: No such file or directory\r\nscripted:/ $ exit\r\n',
      0,
    ],
  ])('a shell without a command, %s', async (_, sdk, expected, exit) => {
    const { serial } = await plug(sdk);
    const typed = await server.adbWithInput('getprop\ncat /nothing\nexit\n', '-s', serial, 'shell');
    expect(typed.stdout.toString()).toBe(sdk >= 24 ? `${expected}before\n` : expected);
    expect(typed.stderr).toBe(sdk >= 24 ? 'cat: /nothing: No such file or directory\n' : '');
    expect(typed.exit).toBe(exit);
  });

  it('cannot be written to', async () => {
    const { serial } = await plug(34);
    const pushed = await server.adb('-s', serial, 'push', join(folder, '34', 'photo.jpg'), '/sdcard/x');
    expect(pushed.exit).toBe(1);
    expect(`${pushed.stdout}${pushed.stderr}`).toContain('the practice phone cannot be written to');
  });

  it('unauthorised, then allowed; unplugged, then back', async () => {
    const device = await startAdbDevice(scriptedPhone(script), {
      port: 0,
      host: '127.0.0.1',
      behaviour: { unauthorised: true },
    });
    devices.push(device);
    await server.adb('connect', device.serial);
    const state = async () => {
      const { stdout } = await server.adb('devices');
      return new RegExp(`${device.serial}\t(.*)`).exec(stdout.toString())?.[1] ?? 'gone';
    };
    await until('the phone is unauthorised', async () => (await state()) === 'unauthorized');
    const refused = await server.adb('-s', device.serial, 'shell', 'getprop');
    expect(refused.stderr).toContain('device unauthorized');
    device.behave({});
    await until('the phone is ready', async () => (await state()) === 'device');
    device.unplug();
    await until('the phone is away', async () => (await state()) !== 'device');
    device.plugIn();
    await server.adb('disconnect', device.serial);
    await server.adb('connect', device.serial);
    await until('the phone is back', async () => (await state()) === 'device');
    expect((await server.adb('-s', device.serial, 'shell', 'getprop')).exit).toBe(0);
  });
});
