import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { AdbBridge } from '../../../main/host/adapters/adb-bridge.ts';
import { findAdb } from '../../../main/host/adapters/adb-finder.ts';
import { askServer } from '../../../main/host/adapters/adb-query.ts';
import { systemClock } from '../../../main/host/adapters/system-clock.ts';
import type { Behaviour } from '../../../main/practice/adb/behaviour.ts';
import { type AdbDevice, startAdbDevice } from '../../../main/practice/adb/device.ts';
import type { PracticePhone } from '../../../main/practice/index.ts';

const found = findAdb();
const runs = found.path !== null && spawnSync(found.path, ['version']).status === 0;

/** The real adb program of this machine, or null: then tests that need it are left out and say so. */
export const realAdb: string | null = runs ? found.path : null;

export function sayIfLeftOut(what: string): void {
  if (realAdb === null) console.log(`Left out: ${what}, because no adb program was found (Debian: apt install adb).`);
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** An adb server of this test's own, on a port and with a home of its own, and the stock client for it. */
export interface AdbServer {
  readonly port: number;
  readonly environment: Record<string, string | undefined>;
  /** Runs the stock client. */
  adb(...args: string[]): Promise<{ stdout: Buffer; stderr: string; exit: number }>;
  adbWithInput(input: string, ...args: string[]): Promise<{ stdout: Buffer; stderr: string; exit: number }>;
  /** Kills the server at once, as another program's `kill-server` would. */
  kill(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

export async function startAdbServer(): Promise<AdbServer> {
  const port = await freePort();
  const home = mkdtempSync(join(tmpdir(), 'phonehome-adb-'));
  const environment = { ...process.env, HOME: home, ANDROID_SDK_HOME: home, ANDROID_ADB_SERVER_PORT: String(port) };
  let child: ChildProcess | null = null;

  const kill = async () => {
    const running = child;
    child = null;
    if (!running || running.exitCode !== null) return;
    const ended = new Promise((resolve) => running.once('exit', resolve));
    running.kill('SIGKILL');
    await ended;
  };
  const start = async () => {
    child = spawn(realAdb!, ['-P', String(port), 'nodaemon', 'server'], { env: environment, stdio: 'ignore' });
    for (let tries = 0; tries < 100; tries += 1) {
      if ((await askServer(port, 'host:version')).kind === 'okay') return;
      await wait(50);
    }
    throw new Error('the adb server of the test did not start');
  };
  await start();
  const adbWithInput = (input: string | null, ...args: string[]) =>
    new Promise<{ stdout: Buffer; stderr: string; exit: number }>((resolve) => {
      const client = execFile(
        realAdb!,
        ['-P', String(port), ...args],
        { env: environment, encoding: 'buffer', maxBuffer: 1 << 28 },
        (error, stdout, stderr) =>
          resolve({ stdout, stderr: stderr.toString('utf8'), exit: error ? Number(error.code) : 0 }),
      );
      if (input !== null) client.stdin!.end(input);
    });
  return {
    port,
    environment,
    kill,
    start,
    adb: (...args) => adbWithInput(null, ...args),
    adbWithInput,
    async close() {
      await kill();
      // A bridge under test may have started one in its place.
      spawnSync(realAdb!, ['-P', String(port), 'kill-server'], { env: environment });
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** What a test of the bridge stands on: a server of its own, the bridge over it, and phones that are plugged in for one test. */
export interface AdbBench {
  readonly server: AdbServer;
  readonly bridge: AdbBridge;
  /** Puts the phone behind the ADB protocol and connects the server to it. */
  plug(phone: PracticePhone, behaviour?: Behaviour): Promise<AdbDevice>;
}

/** Lays the bench for the tests of one `describe`; `cleared` waits after each for what it has to wait for. */
export function adbBench(cleared: (bridge: AdbBridge) => Promise<void> = async () => {}): AdbBench {
  let server: AdbServer;
  let bridge: AdbBridge;
  const devices: AdbDevice[] = [];
  beforeAll(async () => {
    server = await startAdbServer();
    bridge = new AdbBridge({
      clock: systemClock,
      serverPort: server.port,
      environment: server.environment,
      identityTimeoutMs: 1500,
      settleMs: 500,
    });
  });
  afterEach(async () => {
    for (const device of devices.splice(0)) {
      await server.adb('disconnect', device.serial);
      await device.close();
    }
    await cleared(bridge);
  });
  afterAll(async () => {
    await bridge.close();
    await server.close();
  });
  return {
    get server() {
      return server;
    },
    get bridge() {
      return bridge;
    },
    async plug(phone, behaviour = {}) {
      const device = await startAdbDevice(phone, { port: 0, host: '127.0.0.1', behaviour });
      devices.push(device);
      await server.adb('connect', device.serial);
      return device;
    },
  };
}

/** Waits until something holds; fails with its name after ten seconds. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    if (await holds()) return;
    await wait(25);
  }
  throw new Error(`waited in vain until ${what}`);
}
