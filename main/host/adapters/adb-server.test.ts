import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { AdbBridge } from './adb-bridge.ts';
import { ensureServer } from './adb-server.ts';
import { systemClock } from './system-clock.ts';
import { type FakeServer, fail, okay, sized, startFakeServer } from './testing/fake-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'phonehome-server-'));
let fake: FakeServer | null = null;
let bridge: AdbBridge | null = null;

async function fakeServer(reply: (request: string) => string | null): Promise<number> {
  fake = await startFakeServer(reply);
  return fake.port;
}

/** A program in adb's place, as a shell script. */
function fakeProgram(name: string, script: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

async function portWithoutServer(): Promise<number> {
  const port = await fakeServer(() => null);
  await fake?.close();
  fake = null;
  return port;
}

async function viewOf(port: number, adbPath: string | undefined) {
  bridge = new AdbBridge({
    clock: systemClock,
    serverPort: port,
    ...(adbPath !== undefined && { adbPath }),
    environment: { PATH: folder },
    settleMs: 100,
  });
  return bridge.list();
}

describe('the adb server as it is found', () => {
  afterEach(async () => {
    await bridge?.close();
    bridge = null;
    await fake?.close();
    fake = null;
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  });

  it('no adb and no server: missing, with how to get it', async () => {
    const port = await portWithoutServer();
    const found = { path: null, wrong: null };
    for (const [platform, words] of [
      ['linux', 'apt install adb'],
      ['darwin', 'brew install'],
      ['win32', 'winget install'],
    ] as const) {
      const view = await ensureServer(port, found, platform, {});
      expect(view).toMatchObject({ state: 'missing', adbPath: null, version: null });
      expect(view.advice).toContain(words);
    }
  });

  it('a named path that cannot be run: missing, and the path is said', async () => {
    const port = await portWithoutServer();
    const view = await viewOf(port, '/nowhere/adb');
    expect(view.devices).toEqual([]);
    expect(view.bridge.state).toBe('missing');
    expect(view.bridge.advice).toContain('PHONEHOME_ADB names /nowhere/adb');
  });

  it.skipIf(process.platform === 'win32')(
    'a program that does not start a server: failed, with its own words',
    async () => {
      const port = await portWithoutServer();
      const path = fakeProgram('adb', 'echo "cannot bind tcp:5037" >&2; exit 1');
      const view = await viewOf(port, path);
      expect(view.bridge).toMatchObject({ state: 'failed', adbPath: path });
      expect(view.bridge.advice).toContain('cannot bind tcp:5037');
    },
  );

  it.skipIf(process.platform === 'win32')('a server of another version is used, not restarted', async () => {
    const asked: string[] = [];
    const port = await fakeServer((request) => {
      asked.push(request);
      if (request === 'host:version') return okay('001f');
      if (request === 'host:track-devices') return `OKAY${sized('SERIAL1\tunauthorized\n')}`;
      return fail('unknown');
    });
    const touched = join(folder, 'touched');
    const path = fakeProgram(
      'adb',
      `if [ "$1" = version ]; then echo "Android Debug Bridge version 1.0.41"; else echo "$@" > ${touched}; fi`,
    );
    const view = await viewOf(port, path);
    expect(view.bridge).toMatchObject({ state: 'ready', version: '1.0.31' });
    expect(view.bridge.advice).toContain('is version 1.0.31, the adb that was found is 1.0.41');
    expect(view.devices).toMatchObject([{ serial: 'SERIAL1', state: 'unauthorized' }]);
    expect(view.devices[0]?.advice).toContain('Allow');
    expect(asked.slice(0, 2)).toEqual(['host:version', 'host:track-devices']);
    expect(asked).not.toContain('host:kill');
    expect(existsSync(touched)).toBe(false);
  });

  it('a server that refuses to list phones: failed, with its words and its version', async () => {
    const port = await fakeServer((request) =>
      request === 'host:version' ? okay('0020') : fail('unknown host service'),
    );
    const view = await viewOf(port, undefined);
    expect(view.bridge).toMatchObject({ state: 'failed', version: '1.0.32' });
    expect(view.bridge.advice).toContain('“unknown host service”');
  });

  it('a server that only hangs up: failed', async () => {
    const port = await fakeServer((request) => (request === 'host:version' ? okay('0029') : null));
    const view = await viewOf(port, undefined);
    expect(view.bridge).toMatchObject({ state: 'failed', version: '1.0.41' });
    expect(view.bridge.advice).toMatch(/“.+”/);
  });

  it('something that is no adb server: failed, and the port is said', async () => {
    const port = await fakeServer(() => 'HTTP/1.1 400 Bad Request\r\n\r\n');
    const view = await viewOf(port, undefined);
    expect(view.bridge).toMatchObject({ state: 'failed', version: null });
    expect(view.bridge.advice).toContain(`port ${port}`);
  });

  it('a server that hangs up in the middle of its list is found again', async () => {
    let lists = 0;
    const port = await fakeServer((request) => {
      if (request === 'host:version') return okay('0029');
      lists += 1;
      return lists === 1 ? null : `OKAY${sized('SERIAL2\toffline\n')}`;
    });
    await viewOf(port, undefined);
    for (let tries = 0; tries < 200; tries += 1) {
      const { devices } = await bridge!.list();
      if (devices.length > 0) break;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    expect((await bridge!.list()).devices).toMatchObject([{ serial: 'SERIAL2', state: 'offline' }]);
  });

  it('every state that adb names has its sentence, and the rest is kept as said', async () => {
    const states = [
      'device',
      'unauthorized',
      'authorizing',
      'connecting',
      'offline',
      'no permissions (user in plugdev group; are your udev rules wrong?); see [http://developer.android.com/tools/device.html]',
      'recovery',
      'sideload',
      'rescue',
      'bootloader',
      'host',
      'levitating',
    ];
    const list = states.map((state, at) => `S${at}\t${state}\n`).join('');
    const port = await fakeServer((request) => {
      if (request === 'host:version') return okay('0029');
      return request === 'host:track-devices' ? `OKAY${sized(list)}` : fail("device 'S0' not found");
    });
    const { devices } = await viewOf(port, undefined);
    expect(devices.map(({ state }) => state)).toEqual([
      'device',
      'unauthorized',
      'authorizing',
      'connecting',
      'offline',
      'no permissions',
      'recovery',
      'sideload',
      'rescue',
      'bootloader',
      'host',
      'other',
    ]);
    // The first one is ready by name and answers nothing.
    expect(devices[0]?.advice).toContain('answers nothing');
    for (const { advice } of devices) expect(advice).toMatch(/\.$/);
    expect(devices.at(-1)?.advice).toContain('“levitating”');
    expect(devices[5]?.advice).toContain('udev');
  });
});
