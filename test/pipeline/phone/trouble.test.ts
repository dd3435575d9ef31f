import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { choosePhone } from '../../../main/engine/acquire/from-device/choose-phone.ts';
import { AdbBridge, type AdbBridgeOptions } from '../../../main/host/adapters/adb-bridge.ts';
import { askServer } from '../../../main/host/adapters/adb-query.ts';
import { systemClock } from '../../../main/host/adapters/system-clock.ts';
import {
  type FakeServer,
  fail,
  okay,
  sized,
  startFakeServer,
} from '../../../main/host/adapters/testing/fake-server.ts';
import { type AdbDevice, startAdbDevice } from '../../../main/practice/adb/device.ts';
import type { PhonesView } from '../../../shared/types/device.ts';
import { scriptedPhone } from '../../support/scripted-phone.ts';
import { type AdbServer, freePort, realAdb, sayIfLeftOut, startAdbServer, until } from './adb-harness.ts';

sayIfLeftOut('phones and servers that make trouble, over the real adb server');

const never = new AbortController().signal;
const folder = mkdtempSync(join(tmpdir(), 'phonehome-trouble-'));
const open: { close(): Promise<void> }[] = [];
const linux = { platform: 'linux', linux: 'debian', wsl: false } as const;

/** A bridge on a port of its own, without the USB bus of this machine. */
function bridgeOn(serverPort: number, options: Partial<AdbBridgeOptions> = {}): AdbBridge {
  const usbFolder = join(folder, 'no-bus');
  const bridge = new AdbBridge({ clock: systemClock, serverPort, usbFolder, settleMs: 300, ...options });
  open.push(bridge);
  return bridge;
}

async function fakeOn(reply: (request: string) => string | null, port = 0): Promise<FakeServer> {
  const fake = await startFakeServer(reply, port);
  open.push(fake);
  return fake;
}

async function plug(options: Parameters<typeof startAdbDevice>[1]['behaviour'] = {}): Promise<AdbDevice> {
  const getprop = '[ro.product.model]: [Redmi Note 12]\n[ro.serialno]: [8f3a12bc]\n';
  const phone = scriptedPhone({ answers: { getprop: { stdout: getprop }, id: { stdout: 'uid=2000(shell)\n' } } });
  const device = await startAdbDevice(phone, { port: 0, host: '127.0.0.1', behaviour: options });
  open.push(device);
  return device;
}

afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('servers that make trouble', () => {
  it('one that hangs is named as such, with how to see which program it is', async () => {
    const fake = await fakeOn(() => '');
    const { bridge } = await bridgeOn(fake.port).list();
    expect(bridge).toMatchObject({ state: 'failed', problem: 'server-silent', version: null });
    expect(bridge.advice).toContain(`port ${fake.port}`);
    expect(bridge.steps!.join()).toContain(String(fake.port));
  });

  it('one that lists two phones under one serial: neither is taken for the other', async () => {
    const list = sized('0123456789ABCDEF\tdevice\n0123456789ABCDEF\tdevice\n');
    const fake = await fakeOn((request) => {
      if (request === 'host:version') return okay('0029');
      if (request === 'host:track-devices' || request === 'host:devices') return `OKAY${list}`;
      return fail('more than one device with serial 0123456789ABCDEF');
    });
    const bridge = bridgeOn(fake.port, { adbPath: '/nowhere', identityTimeoutMs: 300 });
    const { devices } = await bridge.list();
    expect(devices).toMatchObject([{ serial: '0123456789ABCDEF', problem: 'same-serial' }]);
    for (const serial of [null, '0123456789ABCDEF']) {
      await expect(choosePhone(bridge, serial, never)).rejects.toMatchObject({
        code: 'several-phones',
        message: 'Two phones give the serial 0123456789ABCDEF.',
      });
    }
  });

  it('the one that ADB_SERVER_SOCKET names is used on this computer, and one elsewhere is not, which is said', async () => {
    const fake = await fakeOn((request) => (request === 'host:version' ? okay('0029') : `OKAY${sized('')}`));
    const under = async (environment: Record<string, string>) => {
      const bridge = new AdbBridge({ clock: systemClock, environment, adbPath: '/nowhere', settleMs: 100 });
      open.push(bridge);
      return (await bridge.list()).bridge;
    };
    const works = { state: 'ready', version: '1.0.41' };
    expect(await under({ ADB_SERVER_SOCKET: `tcp:localhost:${fake.port}` })).toMatchObject({ ...works, advice: null });
    const port = String(fake.port);
    expect(await under({ ANDROID_ADB_SERVER_ADDRESS: '192.0.2.7', ANDROID_ADB_SERVER_PORT: port })).toMatchObject({
      ...works,
      problem: 'server-elsewhere',
      advice: expect.stringContaining('“192.0.2.7”'),
    });
  });

  it('phones on the bus are named whether or not there is an adb', async () => {
    const bus = join(folder, 'bus');
    for (const [name, files] of Object.entries({
      '1-2': { idVendor: '2717', idProduct: 'ff40', devnum: '5', product: 'Redmi Note 12' },
      '1-2:1.0': { bInterfaceClass: '06', bInterfaceSubClass: '01', bInterfaceProtocol: '01', interface: 'MTP' },
    })) {
      mkdirSync(join(bus, name), { recursive: true });
      for (const [file, text] of Object.entries(files)) writeFileSync(join(bus, name, file), `${text}\n`);
    }
    const fake = await fakeOn((request) => (request === 'host:version' ? okay('0029') : `OKAY${sized('')}`));
    const options = { usbFolder: bus, surroundings: linux, adbPath: '/nowhere', settleMs: 2500 };
    const bridge = bridgeOn(fake.port, options);
    const view = await bridge.list();
    expect(view).toMatchObject({
      bridge: { state: 'ready' },
      devices: [],
      usb: [{ port: '1-2', maker: 'Xiaomi', problem: 'debugging-off' }],
    });
    expect(view.usb![0]!.advice).toContain('A Xiaomi phone (Redmi Note 12) is on the cable and offers no debugging');
    await expect(choosePhone(bridge, null, never)).rejects.toMatchObject({
      code: 'no-phone',
      message: 'adb sees no phone.',
      advice: view.usb![0]!.advice,
    });
    const without = await bridgeOn(await freePort(), options).list();
    expect(without).toMatchObject({ bridge: { state: 'missing' }, usb: [{ problem: 'debugging-off' }] });
  });
});

describe('the command line', () => {
  /** Runs it with something to read, and all diagnostics on. */
  const typed = (input: string, port: number, ...args: string[]) =>
    new Promise<{ exit: number | null; text: string }>((resolve) => {
      const root = join(import.meta.dirname, '../../..');
      const env = { ...process.env, ANDROID_ADB_SERVER_PORT: String(port), PHONEHOME_HOME: folder, PHONEHOME_LOG: '1' };
      const child = spawn(process.execPath, [join(root, 'main/cli.ts'), ...args], { env });
      let text = '';
      child.stdout.on('data', (piece) => {
        text += piece;
      });
      child.stderr.on('data', (piece) => {
        text += piece;
      });
      child.on('close', (exit) => resolve({ exit, text }));
      child.stdin.end(input);
    });

  it('pairs with a code that it reads, and shows the code nowhere', async () => {
    const address = '192.0.2.9:37000';
    const fake = await fakeOn((request) => {
      if (request === 'host:version') return okay('0029');
      if (request.startsWith('host:pair:')) return okay('Failed: Wrong password or connection was dropped.');
      return `OKAY${sized('')}`;
    });
    const { exit, text } = await typed('837 261\n', fake.port, 'pair', address);
    expect([exit, text]).toEqual([3, expect.stringContaining(`The phone at ${address} refused the code`)]);
    expect(fake.asked).toContain(`host:pair:837261:${address}`);
    expect(text).not.toMatch(/837 ?261/);
    expect(await typed('', fake.port, 'pair', address)).toMatchObject({ exit: 2 });
  });
});

describe.skipIf(realAdb === null)('servers that fight, with the real adb', () => {
  let server: AdbServer;
  beforeAll(async () => {
    server = await startAdbServer();
  });
  afterAll(() => server.close());

  it('killed and started again and again: it is said, the other’s server is used, and the phone is there at the end', async () => {
    const device = await plug();
    const bridge = bridgeOn(server.port, { environment: server.environment });
    const seen: PhonesView[] = [];
    bridge.watch((view) => seen.push(view));
    await bridge.list();
    for (let round = 0; round < 4; round += 1) {
      await until('a server is there', () => seen.at(-1)?.bridge.state === 'ready');
      await server.kill();
      await until('the loss is told', () => seen.at(-1)?.bridge.state === 'starting');
      await server.start();
    }
    await until('a server is there', () => seen.at(-1)?.bridge.state === 'ready');
    const { bridge: view } = await bridge.list();
    expect(view).toMatchObject({ state: 'ready', problem: 'server-killed' });
    expect(view.advice).toMatch(/^The adb server was ended 4 times within \d+ seconds: another program ends it/);
    // What answers is the server that the other one started: this program has started none in between.
    expect((await server.adb('connect', device.serial)).stdout.toString()).toContain('connected');
    await until('the phone is back', async () => (await bridge.list()).devices[0]?.state === 'device');
    const chunks: Buffer[] = [];
    const result = await bridge.run(device.serial, 'id', { timeoutMs: 5000, signal: never }, (chunk) => {
      chunks.push(Buffer.from(chunk));
    });
    expect([result.exit, Buffer.concat(chunks).toString()]).toEqual([0, 'uid=2000(shell)\n']);
    await server.adb('disconnect', device.serial);
  });

  it('two versions that end each other are both named; neither is ended by this program', async () => {
    const port = await freePort();
    let ended = 0;
    let fake: FakeServer | null = null;
    const older = async () => {
      fake = await startFakeServer((request) => {
        if (request === 'host:version') return okay('0027');
        if (request === 'host:kill') {
          ended += 1;
          const closing = fake;
          fake = null;
          setTimeout(() => void closing?.close(), 20);
          return 'OKAY';
        }
        return `OKAY${sized('')}`;
      }, port);
    };
    const seen: PhonesView[] = [];
    await older();
    const bridge = bridgeOn(port, { environment: server.environment });
    bridge.watch((view) => seen.push(view));
    const { bridge: first } = await bridge.list();
    expect(first).toMatchObject({ state: 'ready', version: '1.0.39', problem: 'server-version' });
    expect(ended).toBe(0);
    try {
      for (let round = 1; round <= 2; round += 1) {
        // The stock client finds a server of another version: it ends it and starts its own.
        const { stderr } = await server.adb('-P', String(port), 'devices');
        expect(stderr).toContain("adb server version (39) doesn't match this client (41)");
        await until('the newer one is seen', () => seen.at(-1)?.bridge.version === '1.0.41');
        expect(ended).toBe(round);
        await server.adb('-P', String(port), 'kill-server');
        await older();
        await until('the older one is seen', () => seen.at(-1)?.bridge.version === '1.0.39');
      }
      const { bridge: view } = await bridge.list();
      expect(view).toMatchObject({ state: 'ready', problem: 'server-killed' });
      expect(view.advice).toContain('by turns version 1.0.39 and 1.0.41');
      expect(ended).toBe(2);
    } finally {
      await bridge.close();
      await (fake as FakeServer | null)?.close();
      await server.adb('-P', String(port), 'kill-server');
    }
  });

  it('an adb that cannot be run is passed over for one that can, unless it was named', async () => {
    const broken = join(folder, 'adb');
    writeFileSync(broken, '#!/nowhere/loader\n', { mode: 0o755 });
    const port = await freePort();
    const environment = { ...server.environment, PATH: `${folder}:${dirname(realAdb!)}`, PHONEHOME_ADB: undefined };
    const { bridge } = await bridgeOn(port, { environment }).list();
    expect(bridge).toMatchObject({ state: 'ready', adbPath: realAdb });
    await server.adb('-P', String(port), 'kill-server');
    const named = await bridgeOn(await freePort(), { environment, adbPath: broken }).list();
    expect(named.bridge).toMatchObject({ state: 'failed', problem: 'adb-cannot-run', adbPath: broken });
    expect(named.bridge.advice).toContain(broken);
  });

  it('one that cannot start says why in its own words', async () => {
    const environment = { ...server.environment, HOME: '/nowhere', ANDROID_SDK_HOME: '', ANDROID_USER_HOME: '' };
    const { bridge } = await bridgeOn(await freePort(), { environment }).list();
    expect(bridge).toMatchObject({ state: 'failed', problem: 'adb-not-started' });
    expect(bridge.advice).toContain('/nowhere/.android');
  });
});

describe.skipIf(realAdb === null)('phones over the network, with the real adb', () => {
  let server: AdbServer;
  beforeAll(async () => {
    server = await startAdbServer();
  });
  afterAll(() => server.close());
  const bridgeHere = () => bridgeOn(server.port, { environment: server.environment });

  it('connects, and says when it was connected already', async () => {
    const bridge = bridgeHere();
    const device = await plug();
    expect(await bridge.connect(device.serial)).toEqual({
      ok: true,
      sentence: `The phone at ${device.serial} is connected.`,
      serial: device.serial,
    });
    expect((await bridge.list()).devices).toMatchObject([{ serial: device.serial, state: 'device', link: 'network' }]);
    expect((await bridge.connect(device.serial)).sentence).toBe(`The phone at ${device.serial} was connected already.`);
    await server.adb('disconnect', device.serial);
  });

  it('says so when the phone asks its owner first', async () => {
    const device = await plug({ unauthorised: true });
    const outcome = await bridgeHere().connect(device.serial);
    // Servers since adb 30 wait for the phone’s word, and tell of it themselves.
    if (outcome.ok) expect(outcome.sentence).toContain('tap “Allow”');
    else expect(outcome).toMatchObject({ failure: 'not-authorised', sentence: expect.stringContaining('tap “Allow”') });
    await server.adb('disconnect', device.serial);
  });

  it('says why there is no connection', async () => {
    const bridge = bridgeHere();
    const port = await freePort();
    expect(await bridge.connect(`127.0.0.1:${port}`)).toMatchObject({ ok: false, failure: 'refused', serial: null });
    expect(await bridge.connect('nosuch.invalid:5555')).toMatchObject({ ok: false, failure: 'no-such-host' });
    expect(await bridge.connect('127.0.0.1:99999')).toMatchObject({ ok: false, failure: 'bad-address' });
  });

  it('pairs where the server knows how, and says so where it does not', async () => {
    const port = await freePort();
    const asked = await askServer(server.port, `host:pair:000000:127.0.0.1:${port}`, 15_000);
    const knows = 'text' in asked && asked.text !== 'unknown host service';
    const outcome = await bridgeHere().pair(`127.0.0.1:${port}`, '123456');
    expect(outcome).toMatchObject({ ok: false, serial: null, failure: knows ? 'unreachable' : 'server-too-old' });
    expect(JSON.stringify(outcome)).not.toContain('123456');
  });

  it('one phone under two names is said to be one', async () => {
    const bridge = bridgeHere();
    const device = await plug();
    const names = [device.serial, device.serial.replace('127.0.0.1', 'localhost')];
    for (const name of names) expect(await bridge.connect(name)).toMatchObject({ ok: true });
    await until('both have said who they are', async () =>
      (await bridge.list()).devices.every(({ model }) => model !== null),
    );
    const { devices } = await bridge.list();
    expect(devices.map(({ problem }) => problem)).toEqual(['listed-twice', 'listed-twice']);
    await expect(choosePhone(bridge, null, never)).rejects.toMatchObject({
      code: 'several-phones',
      advice: expect.stringContaining('they are one phone'),
    });
    for (const name of names) await server.adb('disconnect', name);
    await wait(50);
  });
});
