import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../main/host/adapters/system-clock.ts';
import { engineMemory } from '../../../main/host/engine-memory.ts';
import { createPracticePhone, createWorld, hostilePhone, type Tricks } from '../../../main/practice/index.ts';
import type { AcquireOutcome } from '../../../shared/types/outcome.ts';
import type { EvidenceView } from '../../../shared/types/summary.ts';
import { temporaryFolder } from '../../support/engine.ts';
import { adbBench, realAdb, sayIfLeftOut } from './adb-harness.ts';

sayIfLeftOut('answers of hundreds of megabytes over the real adb server');

const MB = 1_000_000;
/** The whole size is 500 MB: PHONEHOME_LONG_ANSWER_MB=500. */
const longMB = Number(process.env.PHONEHOME_LONG_ANSWER_MB ?? 120);
const child = join(import.meta.dirname, '../../support/acquire-child.ts');

interface Told {
  readonly before: number;
  readonly peak: number;
  readonly ms: number;
  readonly outcome: AcquireOutcome;
  readonly evidence: readonly EvidenceView[];
}

describe.skipIf(realAdb === null)('answers that are longer than memory', () => {
  const bench = adbBench();

  /** Acquires a practice phone in a process of its own and answers with what that process says of itself. */
  async function acquireApart(tricks: Tricks): Promise<Told> {
    const world = createWorld({ seed: 5, android: 13, maker: 'plain', nowUs: systemClock.now(), days: 2 });
    const device = await bench.plug(hostilePhone(createPracticePhone(world, { nowUs: systemClock.now }), tricks));
    await using folder = await temporaryFolder();
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [...engineMemory, child, String(bench.server.port), device.serial, join(folder.path, 'case'), 'full'],
      { env: bench.server.environment as NodeJS.ProcessEnv, maxBuffer: 64 * MB },
    );
    return JSON.parse(stdout) as Told;
  }
  const named = (told: Told, command: string) => told.evidence.find((one) => one.command?.startsWith(command))!;

  it(`${longMB} MB stream to disk with less than 200 MB of memory`, async () => {
    const told = await acquireApart({ long: { logcat: longMB * MB } });
    const seconds = (told.ms / 1000).toFixed(1);
    console.log(
      `a log of ${longMB} MB: ${seconds} s, ${Math.round(told.before / MB)} MB before, ${Math.round(told.peak / MB)} MB at most`,
    );
    expect(named(told, 'logcat')).toMatchObject({ bytes: longMB * MB, state: 'complete', exit: 0 });
    expect(told.outcome.state).toBe('complete');
    expect(told.peak).toBeLessThan(200 * MB);
  });

  it(`two of them at once, ${longMB} MB together, are not held either`, async () => {
    const half = (longMB / 2) * MB;
    const told = await acquireApart({ long: { 'dumpsys -t 60 appops': half, 'dumpsys -t 60 batterystats': half } });
    const [one, other] = ['dumpsys -t 60 appops', 'dumpsys -t 60 batterystats'].map((command) => named(told, command));
    console.log(`two answers of ${longMB / 2} MB: ${Math.round(told.peak / MB)} MB at most`);
    for (const answer of [one!, other!]) expect(answer).toMatchObject({ bytes: half, state: 'complete', exit: 0 });
    // They came side by side.
    expect(one!.hostBefore < other!.hostAfter && other!.hostBefore < one!.hostAfter).toBe(true);
    // Held, they would be 120 MB more; on a busy machine some garbage of both is not yet swept.
    expect(told.peak).toBeLessThan(240 * MB);
  });

  it('what is longer than any phone has to say is cut, told, and costs no memory', async () => {
    const told = await acquireApart({
      long: { getprop: 100 * MB },
      endless: ['pm list users', 'settings list global', 'dumpsys -t 30 alarm'],
      complaining: ['dumpsys -t 20 netpolicy'],
    });
    console.log(`answers without end: ${Math.round(told.peak / MB)} MB at most`);
    expect(named(told, 'getprop')).toMatchObject({ bytes: 1024 * 1024, state: 'truncated' });
    expect(named(told, 'pm list users')).toMatchObject({ bytes: 1024 * 1024, state: 'truncated' });
    expect(named(told, 'settings list global')).toMatchObject({ bytes: 4 * 1024 * 1024, state: 'truncated' });
    expect(named(told, 'dumpsys -t 30 alarm')).toMatchObject({ bytes: 64 * 1024 * 1024, state: 'truncated' });
    const complaint = told.evidence.find((one) => one.name === 'Network rules, standard error')!;
    expect(complaint).toMatchObject({ bytes: 1024 * 1024, state: 'truncated' });
    expect(told.outcome.state).toBe('partial');
    const whys = told.outcome.refused.filter(({ state }) => state === 'truncated').map(({ why }) => why);
    expect(whys.length).toBeGreaterThanOrEqual(4);
    for (const why of whys)
      expect(why).toMatch(/^The answer was longer than [\d.]+ [kM]B; what came after them was not taken\.$/);
    // The phone’s users stood at the front of the list: they are known all the same.
    expect(told.outcome.users!.length).toBeGreaterThan(0);
    expect(told.peak - told.before).toBeLessThan(130 * MB);
  });
});
