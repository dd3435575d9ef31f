/**
 * How long an acquisition takes against the same commands run one after the other with the plain adb client: one run, one
 * adb server, one practice phone with the latencies of a real one, in turns. `ROUNDS` says how many.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open as openFile, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Engine } from '../../main/engine/engine-api.ts';
import { systemClock } from '../../main/host/adapters/system-clock.ts';
import { emptyCaseInfo } from '../../shared/types/case.ts';
import { type AdbServer, realAdb, startAdbServer } from '../pipeline/phone/adb-harness.ts';
import { testEngine, work } from '../support/engine.ts';
import { bridgeTo } from '../support/interrupted-runs.ts';

const rounds = Number(process.env.ROUNDS ?? 5);
const profiles = ['quick', 'full'] as const;
const androids = (process.env.ANDROIDS ?? '14,6').split(',').map(Number);

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** A practice phone of its own process, connected to the server. */
async function plugIn(server: AdbServer, android: number): Promise<{ serial: string; child: ChildProcess }> {
  const script = join(import.meta.dirname, 'practice-child.ts');
  const child = spawn(process.execPath, [script, String(android)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [serial] = (await once(createInterface({ input: child.stdout! }), 'line')) as [string];
  await server.adb('connect', serial);
  return { serial, child };
}

/** The answer of one command into a file, as a person would have it in a terminal. */
async function plainAdb(server: AdbServer, serial: string, command: string, file: string): Promise<void> {
  const into = await openFile(file, 'w');
  const client = spawn(realAdb!, ['-P', String(server.port), '-s', serial, 'shell', command], {
    env: server.environment as NodeJS.ProcessEnv,
    stdio: ['ignore', into.fd, 'ignore'],
  });
  await once(client, 'close');
  await into.close();
}

/** When the acquisition proper was over, by the log: what came after is deriving. Milliseconds since `began`. */
async function acquiredAfter(path: string, began: number): Promise<number> {
  const lines = (await readFile(join(path, 'custody.jsonl'), 'utf8')).trimEnd().split('\n');
  const finished = lines.map((line) => JSON.parse(line)).findLast(({ action }) => action === 'batch.finished');
  return Date.parse(finished.at) - began;
}

async function one(server: AdbServer, engine: Engine, folder: string, android: number): Promise<void> {
  const { serial, child } = await plugIn(server, android);
  try {
    for (const profile of profiles) {
      const times: Record<'plain' | 'acquire' | 'whole', number[]> = { plain: [], acquire: [], whole: [] };
      let commands: string[] = [];
      for (let round = 0; round < rounds; round += 1) {
        const path = join(folder, `${android}-${profile}-${round}`);
        const open = await engine.createCase(path, emptyCaseInfo);
        const began = systemClock.now() / 1000;
        const outcome = await open.acquire({ serial, profile }, work());
        times.whole.push(systemClock.now() / 1000 - began);
        times.acquire.push(await acquiredAfter(`${path}.phonehome`, began));
        if (outcome.state !== 'complete') {
          throw new Error(
            `the acquisition ended ${outcome.state}: ${outcome.refused.map(({ command, why }) => `${command}: ${why}`)}`,
          );
        }
        const evidence = await open.evidence();
        commands = evidence.filter(({ name }) => !name.endsWith('standard error')).map(({ command }) => command!);
        await open.close();
        const from = performance.now();
        for (const command of commands) await plainAdb(server, serial, command, join(folder, 'plain'));
        times.plain.push(performance.now() - from);
      }
      const [plain, acquired, whole] = [median(times.plain), median(times.acquire), median(times.whole)];
      const cell = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
      console.log(
        [
          `Android ${android}, ${profile}`.padEnd(18),
          `${commands.length} commands with plain adb ${cell(plain)};`,
          `acquired in ${cell(acquired)}, ${(acquired / plain).toFixed(2)} × of it;`,
          `with deriving ${cell(whole)}`,
        ].join(' '),
      );
    }
  } finally {
    child.stdin!.end();
    await server.adb('disconnect', serial);
  }
}

/** Prints one line for each Android and profile; each command of the plan counts once, though the clocks are compared many times. */
export async function benchAcquire(): Promise<void> {
  if (realAdb === null) {
    console.log('Left out: acquisition against plain adb, because no adb program was found (Debian: apt install adb).');
    return;
  }
  const server = await startAdbServer();
  const bridge = bridgeTo(server);
  const engine = testEngine(bridge, systemClock.now);
  const folder = await mkdtemp(join(tmpdir(), 'phonehome-bench-'));
  console.log(
    `A practice phone as slow as a usual one, ${rounds} rounds, medians; adb asks each command once, an acquisition compares the clocks 18 times and more`,
  );
  try {
    for (const android of androids) await one(server, engine, folder, android);
  } finally {
    await engine.close();
    await bridge.close();
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

if (import.meta.main) await benchAcquire();
