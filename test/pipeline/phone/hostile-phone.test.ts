import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { acquisitionPlan } from '../../../main/engine/acquire/from-device/plan.ts';
import { systemClock } from '../../../main/host/adapters/system-clock.ts';
import {
  type AndroidVersion,
  createPracticePhone,
  createWorld,
  fakeEnds,
  hostileNames,
  hostilePhone,
  type Tricks,
} from '../../../main/practice/index.ts';
import type { PracticePhone } from '../../../main/practice/practice-phone.ts';
import type { AcquireOutcome } from '../../../shared/types/outcome.ts';
import { phonehome } from '../../support/cli.ts';
import { temporaryFolder } from '../../support/engine.ts';
import { adbBench, realAdb, sayIfLeftOut } from './adb-harness.ts';

sayIfLeftOut('a hostile phone over the real adb server');

async function filesBelow(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found.filter((one) => one.isFile()).map((one) => relative(folder, join(one.parentPath, one.name)));
}

/** What a terminal would obey: all controls but the line end, those of eight bits, and what turns the order of letters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const steering = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

/** Every line that the plan can ask, and what the program asks besides to know the phone. */
const askable = [
  ...acquisitionPlan.flatMap((row) => row.commands.map(({ line }) => line)),
  'getprop ro.serialno',
  'getprop ro.product.model',
].map(
  (line) => new RegExp(`^${line.replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&').replaceAll('{user}', '(?:0|10|11|12|77)')}$`),
);

describe.skipIf(realAdb === null)('a phone that was made to break what reads it', () => {
  const bench = adbBench();

  async function acquire(android: AndroidVersion, tricks: Tricks, into: string) {
    const arrived: string[] = [];
    const world = createWorld({ seed: 5, android, maker: 'xiaomi', nowUs: systemClock.now(), days: 3 });
    const phone = hostilePhone(createPracticePhone(world, { nowUs: systemClock.now }), tricks);
    const listening: PracticePhone = {
      ...phone,
      run(line) {
        arrived.push(line.replace(/; echo \S+$/, ''));
        return phone.run(line);
      },
    };
    const device = await bench.plug(listening);
    const env = bench.server.environment;
    const said = await phonehome(['acquire', '--case', into, '--device', device.serial, '--json'], { env });
    return { said, arrived, outcome: said.exit < 2 ? (JSON.parse(said.out) as AcquireOutcome) : null, device };
  }

  it.each([6, 14] as const)(
    'Android %d: names that are paths, lines, scripts and commands stay text',
    async (android) => {
      await using folder = await temporaryFolder();
      const into = join(folder.path, 'hostile');
      const { said, arrived, outcome } = await acquire(android, { names: true }, into);
      expect(said.exit, said.err).toBe(1);
      expect(said.out.replaceAll('\n', '')).not.toMatch(steering);
      expect(said.err.replaceAll('\n', '')).not.toMatch(steering);
      expect(Math.max(...said.err.split('\n').map((line) => line.length))).toBeLessThan(1500);

      // Nothing left the case folder, and in it only files of the case's own names.
      expect(await readdir(folder.path)).toEqual(['hostile.phonehome']);
      const files = await filesBelow(join(folder.path, 'hostile.phonehome'));
      for (const file of files)
        expect(file).toMatch(/^(?:evidence\/[0-9a-f]{64}|custody\.jsonl|case\.(?:json|sqlite(?:-\w+)?)|[\w.-]+)$/);
      await expect(stat(join(folder.path, hostileNames.path))).rejects.toMatchObject({ code: 'ENOENT' });

      // No name became a command. A name with a line end can make a user up: it is asked about as the others are.
      for (const line of arrived)
        expect(
          askable.some((pattern) => pattern.test(line)),
          line.slice(0, 200),
        ).toBe(true);
      expect(outcome!.users!.map(({ id, covered }) => [id, covered])).toEqual([
        [0, 'yes'],
        [10, expect.stringMatching(/yes|partly/)],
        [77, expect.anything()],
        [11, expect.anything()],
        [12, 'partly'],
        [999_999_999, 'no'],
      ]);
    },
  );

  it('a case with such names can be shown, reported and verified, and steers nobody', async () => {
    await using folder = await temporaryFolder();
    const into = join(folder.path, 'hostile');
    const { said } = await acquire(13, { names: true }, into);
    expect(said.exit, said.err).toBe(1);
    const out = join(folder.path, 'report.pdf');
    for (const args of [
      ['summary', '--case', into],
      ['apps', '--case', into, '--json'],
      ['report', '--case', into, '--out', out],
      ['verify', '--case', into],
    ]) {
      const shown = await phonehome(args);
      expect(shown.exit, `${args.join(' ')}: ${shown.err}`).toBe(0);
      expect(shown.out.replaceAll('\n', ''), args.join(' ')).not.toMatch(steering);
      expect(shown.err.replaceAll('\n', ''), args.join(' ')).not.toMatch(steering);
    }
    expect((await readFile(out)).subarray(0, 5).toString()).toBe('%PDF-');
    expect((await readFile(out)).includes('/JavaScript')).toBe(false);
    expect((await readdir(folder.path)).sort()).toEqual(['hostile.phonehome', 'report.pdf']);
    // Five programs, one after the other: on a machine that is busy they take their time.
  }, 120_000);

  it.each([5, 12] as const)(
    'Android %d: what claims to be the end of an answer is a part of it, kept to the byte',
    async (android) => {
      await using folder = await temporaryFolder();
      const into = join(folder.path, 'lying');
      const falseEnds = ['netstats --full', 'pm list packages', 'dumpsys alarm', 'settings list global'];
      const { said, outcome } = await acquire(android, { falseEnds }, into);
      expect(said.exit, said.err).toBe(0);
      expect(outcome).toMatchObject({ state: 'complete', refused: [] });
      const evidence = join(folder.path, 'lying.phonehome', 'evidence');
      const kept = await Promise.all((await readdir(evidence)).map((name) => readFile(join(evidence, name))));
      const lied = kept.filter((bytes) => bytes.includes(fakeEnds.join('')));
      expect(lied.length).toBeGreaterThanOrEqual(falseEnds.length);
      // Our own mark behind the command is never evidence; theirs, in the middle, is.
      for (const bytes of lied) expect(bytes.toString('latin1').trimEnd()).not.toMatch(/__PHONEHOME_[0-9a-f]{16}_0__$/);
    },
  );

  it.each([6, 14] as const)(
    'Android %d: an answer without end is cut, told, and costs only itself',
    async (android) => {
      await using folder = await temporaryFolder();
      const into = join(folder.path, 'endless');
      const { said, outcome } = await acquire(android, { endless: ['settings get global auto_time_zone'] }, into);
      expect(said.exit, said.err).toBe(1);
      expect(outcome!.refused).toEqual([
        {
          id: 'automatic zone',
          command: 'settings get global auto_time_zone',
          state: 'truncated',
          why: 'The answer was longer than 65.5 kB; what came after them was not taken.',
        },
      ]);
      expect(said.err).toContain('settings get global auto_time_zone: truncated. The answer was longer than 65.5 kB');
      const batches = await phonehome(['summary', '--case', into, '--json']);
      expect(JSON.parse(batches.out).batches[0].missing).toHaveLength(1);
    },
  );
});
