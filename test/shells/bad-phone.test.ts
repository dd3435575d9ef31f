import { access } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AdbDevice, startAdbDevice } from '../../main/practice/adb/device.ts';
import { type AdbServer, freePort, realAdb, sayIfLeftOut, startAdbServer } from '../pipeline/phone/adb-harness.ts';
import { phonehome, type Said } from '../support/cli.ts';
import { temporaryFolder } from '../support/engine.ts';
import { scriptedPhone } from '../support/scripted-phone.ts';

sayIfLeftOut('phones that make trouble, on the command line');

describe.skipIf(realAdb === null)('phones that make trouble, on the command line', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let server: AdbServer;
  const devices: AdbDevice[] = [];

  beforeAll(async () => {
    folder = await temporaryFolder();
    server = await startAdbServer();
  });
  afterAll(async () => {
    for (const device of devices) await device.close();
    await server.close();
    await folder[Symbol.asyncDispose]();
  });

  async function plug(behaviour: Parameters<AdbDevice['behave']>[0] = {}): Promise<AdbDevice> {
    const device = await startAdbDevice(
      scriptedPhone({ sdk: 34, answers: { getprop: { stdout: '[ro.product.model]: [Redmi]\n' } } }),
      { port: 0, host: '127.0.0.1', behaviour },
    );
    devices.push(device);
    await server.adb('connect', device.serial);
    return device;
  }
  const unplugAll = async () => {
    for (const device of devices.splice(0)) {
      await server.adb('disconnect', device.serial);
      await device.close();
    }
  };
  const acquire = (name: string, env: Record<string, string | undefined> = server.environment, ...more: string[]) =>
    phonehome(['acquire', '--quiet', '--case', join(folder.path, name), ...more], { env });

  async function refused(said: Said, name: string, words: RegExp): Promise<void> {
    expect(said.exit, said.err).toBe(3);
    expect(said.err).toMatch(words);
    expect(said.err).not.toMatch(/\bat \S+ \(|node:|Error:|\.ts:\d/);
    const path = join(folder.path, `${name}.phonehome`);
    expect(
      await access(path).then(
        () => true,
        () => false,
      ),
      'no trace of half a case',
    ).toBe(false);
  }

  test('no phone', async () => refused(await acquire('none'), 'none', /No phone is connected\./));

  test('no adb', async () => {
    const env = { ...server.environment, PATH: '/nowhere', PHONEHOME_ADB: '', ANDROID_HOME: '', ANDROID_SDK_ROOT: '' };
    const hidden = {
      ...env,
      PHONEHOME_ADB: join(folder.path, 'not-there'),
      ANDROID_ADB_SERVER_PORT: String(await freePort()),
    };
    await refused(await acquire('no-adb', hidden), 'no-adb', /adb/);
  });

  test('an unauthorised phone', async () => {
    await plug({ unauthorised: true });
    await refused(await acquire('unauthorised'), 'unauthorised', /not allowed|allow|authori[sz]ed/i);
    await unplugAll();
  });

  test('a phone that answers nothing', async () => {
    await plug({ silent: true });
    await refused(await acquire('silent'), 'silent', /answers nothing/);
    await unplugAll();
  });

  test('two phones, and none of them named', async () => {
    const [one, two] = [await plug(), await plug()];
    const said = await acquire('two');
    await refused(said, 'two', /2 phones are connected/);
    expect(said.err).toContain(one.serial);
    expect(said.err).toContain(two.serial);
    await unplugAll();
  });

  test('a serial that is not there', async () => {
    await refused(await acquire('serial', server.environment, '--device', 'XYZ'), 'serial', /XYZ/);
  });

  test('an adb server of another version', async () => {
    // A server that says it is of version 31, as the first ones were, and refuses what it does not know.
    const old = createServer((socket) => {
      socket.on('data', (data) => {
        const version = data.toString().includes('host:version');
        socket.end(version ? 'OKAY0004001f' : 'FAIL000funknown service');
      });
      socket.on('error', () => {});
    });
    const port = await freePort();
    await new Promise<void>((resolve) => old.listen(port, '127.0.0.1', resolve));
    try {
      const said = await acquire('old', { ...server.environment, ANDROID_ADB_SERVER_PORT: String(port) });
      await refused(said, 'old', /version/);
    } finally {
      old.close();
    }
  });
});
