import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OpenCase } from '../../main/engine/engine-api.ts';
import type { DeviceBridge } from '../../main/engine/ports/device-bridge.ts';
import { AdbBridge } from '../../main/host/adapters/adb-bridge.ts';
import { systemClock } from '../../main/host/adapters/system-clock.ts';
import { type AdbDevice, startAdbDevice } from '../../main/practice/adb/device.ts';
import { androidVersions, createPracticePhone, createWorld, makers, type World } from '../../main/practice/index.ts';
import type { PracticePhone } from '../../main/practice/practice-phone.ts';
import { emptyCaseInfo } from '../../shared/types/case.ts';
import type { AcquireOutcome } from '../../shared/types/outcome.ts';
import type { AdbServer } from '../pipeline/phone/adb-harness.ts';
import { chance } from './chance.ts';
import { temporaryFolder, testEngine, work } from './engine.ts';

/**
 * `wait`: the cable is pulled and put back in one acquisition. `resume`: it is pulled, and a second acquisition goes on.
 * `kill`: the program is killed, and a second acquisition goes on.
 */
export const breakings = ['wait', 'resume', 'kill'] as const;
export type Breaking = (typeof breakings)[number];

/** How one acquisition that was broken at a random byte ended. */
export interface BrokenRun {
  readonly seed: number;
  readonly android: string;
  readonly breaking: Breaking;
  /** How many bytes of answers the phone had sent when it was broken, and how many a whole acquisition sends. */
  readonly brokenAt: number;
  readonly wholeBytes: number;
  readonly restarted: boolean;
  /** States of the acquisitions of the case, in order. */
  readonly states: readonly string[];
  /** Evidence that was kept although it is not whole. */
  readonly partial: number;
  readonly recovered: number;
  readonly skipped: number;
  /** What does not hold; empty for a sound run. */
  readonly faults: readonly string[];
}

/** A phone that can be started anew: its running time begins again, and its boot id is another. */
export function restartable(phone: PracticePhone): PracticePhone & { restart(): void } {
  let startedUs: number | null = null;
  let starts = 0;
  const bootId = () => `00000000-0000-4000-8000-${String(starts).padStart(12, '0')}`;
  return {
    serial: phone.serial,
    product: phone.product,
    model: phone.model,
    device: phone.device,
    sdk: phone.sdk,
    file: (path) => phone.file(path),
    list: (path) => phone.list(path),
    async run(line) {
      const answer = await phone.run(line);
      if (startedUs === null || !(answer.stdout instanceof Uint8Array)) return answer;
      const text = () => Buffer.from(answer.stdout as Uint8Array).toString('utf8');
      if (line.includes('/proc/uptime')) {
        const seconds = ((systemClock.now() - startedUs) / 1e6 + 20).toFixed(2);
        return { ...answer, stdout: Buffer.from(text().replace(/^\d+\.\d\d \d+\.\d\d$/m, `${seconds} ${seconds}`)) };
      }
      if (!line.includes('boot_id')) return answer;
      return { ...answer, stdout: Buffer.from(text().replace(/^[0-9a-f-]{36}$/m, bootId())) };
    },
    restart() {
      startedUs = systemClock.now();
      starts += 1;
    },
  };
}

function worldOf(seed: number): World {
  const android = androidVersions[seed % androidVersions.length]!;
  const maker = makers[seed % makers.length]!;
  return createWorld({ seed, android, maker, nowUs: systemClock.now(), days: 4 });
}

/** Counts what the phone answers. */
function counting(bridge: DeviceBridge, heard: (bytes: number) => Promise<void> | void): DeviceBridge {
  return {
    list: () => bridge.list(),
    watch: (listener) => bridge.watch(listener),
    reconnect: async (serial) => bridge.reconnect?.(serial),
    close: () => bridge.close(),
    run: (serial, command, options, sink) =>
      bridge.run(serial, command, options, async (chunk) => {
        await sink(chunk);
        await heard(chunk.length);
      }),
  };
}

export function bridgeTo(server: Pick<AdbServer, 'port' | 'environment'>): AdbBridge {
  return new AdbBridge({
    clock: systemClock,
    serverPort: server.port,
    environment: server.environment,
    identityTimeoutMs: 3000,
    settleMs: 1000,
  });
}

/** Breaks one acquisition at a random byte, puts the phone back, lets it end, and says what does not hold. */
export async function brokenRun(server: AdbServer, seed: number, breaking: Breaking): Promise<BrokenRun> {
  await using folder = await temporaryFolder();
  const random = chance(seed);
  const world = worldOf(seed);
  const phone = restartable(createPracticePhone(world, { nowUs: systemClock.now }));
  const device = await startAdbDevice(phone, { port: 0, host: '127.0.0.1' });
  const inner = bridgeTo(server);
  let heard = 0;
  const bridge = counting(inner, (bytes) => {
    heard += bytes;
  });
  const engine = testEngine(bridge, systemClock.now);
  const faults: string[] = [];
  try {
    await connect(server, bridge, device);
    const whole = await engine.createCase(join(folder.path, 'whole'), emptyCaseInfo);
    heard = 0;
    await whole.acquire({ serial: device.serial, profile: 'full' }, work());
    await whole.close();
    const wholeBytes = heard;
    const brokenAt = Math.floor(random() * wholeBytes);
    const restarted = random() < 0.3;

    const path = join(folder.path, 'broken.phonehome');
    let open = await engine.createCase(path, emptyCaseInfo);
    const back = async () => {
      if (restarted) phone.restart();
      device.behave({});
      device.plugIn();
      // In one acquisition the program makes the connection anew by itself.
      if (breaking !== 'wait') await connect(server, bridge, device);
    };
    const outcomes: AcquireOutcome[] = [];
    if (breaking === 'kill') {
      await open.close();
      const killed = await killedAcquire(server, device.serial, path, brokenAt, random());
      if (!killed) faults.push('the program came to its end before it was killed');
      await back();
      open = await engine.openCase(path);
    } else {
      const first = open.acquire(
        { serial: device.serial, profile: 'full', waitMs: breaking === 'wait' ? 30_000 : 0 },
        watching({
          // From here on the answers count: the phone has been chosen.
          begun: () => device.behave({ cutAfterBytes: brokenAt }),
          waiting: () => void back(),
        }),
      );
      outcomes.push(await first);
      if (breaking === 'resume') await back();
    }
    if (breaking !== 'wait' && (await open.batches()).at(-1)?.state !== 'complete') {
      await checkSound(open, faults);
      outcomes.push(await open.acquire({ serial: device.serial, profile: 'full', resume: true }, work()));
    }
    await checkSound(open, faults);

    const truth = world.totals();
    const { bytes } = await open.summary();
    if (bytes.sent !== truth.sent || bytes.received !== truth.received)
      faults.push(`totals ${bytes.sent}/${bytes.received} instead of ${truth.sent}/${truth.received}`);
    const evidence = await open.evidence();
    const batches = await open.batches();
    const last = outcomes.at(-1);
    if (last && last.state !== 'complete' && last.state !== 'partial') faults.push(`it ended ${last.state}`);
    for (const one of last?.refused ?? []) {
      if (one.state === 'interrupted') faults.push(`${one.id} is missing: ${one.why}`);
    }
    const log = await readFile(join(path, 'custody.jsonl'), 'utf8');
    const lines = log
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const steps = (lines.findLast((line) => line.action === 'batch.finished')?.steps ?? []) as { from?: number }[];
    const told = batches.some(({ missing }) => missing.some((one) => one.startsWith('The phone was started anew')));
    const compared = lines.filter((line) => line.action === 'clock.compared' && line.offset !== null);
    const lostAt = lines.findIndex((line) => line.action === 'phone.lost' || line.action === 'batch.finished');
    // Where the cable went before the clocks had been compared once, there is nothing to know a new start by.
    const knowable = lines.indexOf(compared[0] ?? {}) < lostAt && compared.length > 0;
    if (knowable && restarted !== told) faults.push(restarted ? 'the new start is not told' : 'a new start is told');
    await open.close();
    return {
      seed,
      android: String(androidVersions[seed % androidVersions.length]),
      breaking,
      brokenAt,
      wholeBytes,
      restarted,
      states: batches.map(({ state }) => state),
      partial: evidence.filter(({ state }) => state === 'interrupted').length,
      recovered: lines.filter((line) => line.recovered !== undefined).length,
      skipped: steps.filter(({ from }) => from !== undefined).length,
      faults,
    };
  } finally {
    await server.adb('disconnect', device.serial);
    await inner.close();
    await device.close();
  }
}

async function connect(server: AdbServer, bridge: DeviceBridge, device: AdbDevice): Promise<void> {
  // What the server says of a connection that has just been cut is not to be trusted: it is made anew.
  await server.adb('disconnect', device.serial);
  const listed = async () => (await bridge.list()).devices.some(({ serial }) => serial === device.serial);
  for (let tries = 0; tries < 200 && (await listed()); tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  for (let tries = 0; tries < 200; tries += 1) {
    await server.adb('connect', device.serial);
    const { devices } = await bridge.list();
    if (devices.some(({ serial, state, model }) => serial === device.serial && state === 'device' && model !== null)) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the practice phone did not come up');
}

async function checkSound(open: OpenCase, faults: string[]): Promise<void> {
  const verified = await open.verify(work());
  if (!verified.ok) faults.push(`verify: ${JSON.stringify(verified.failures.slice(0, 3))}`);
}

/** Work that tells when the plan is shown for the first time, and each time that the phone is waited for. */
function watching(told: { begun(): void; waiting(): void }) {
  let begun = false;
  let waits = false;
  return {
    signal: new AbortController().signal,
    progress: {
      steps() {
        if (!begun) told.begun();
        begun = true;
      },
      now(phrase: string) {
        const now = /waiting for the phone/.test(phrase);
        if (now && !waits) told.waiting();
        waits = now;
      },
    },
  };
}

/** Acquires in a process of its own, which kills itself once so many bytes of answers have come. True: it was killed. */
function killedAcquire(
  server: AdbServer,
  serial: string,
  path: string,
  bytes: number,
  delay: number,
): Promise<boolean> {
  const script = join(import.meta.dirname, 'killed-acquire.ts');
  return new Promise((resolve, reject) => {
    const args = [script, path, serial, String(server.port), String(bytes), String(delay)];
    const child = spawn(process.execPath, args, {
      env: server.environment as NodeJS.ProcessEnv,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let complaint = '';
    child.stderr.on('data', (piece) => {
      complaint += piece;
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (signal === 'SIGKILL') resolve(true);
      else if (code === 0) resolve(false);
      else reject(new Error(`the acquisition that was to be killed ended with ${code}: ${complaint}`));
    });
  });
}

export { counting };
