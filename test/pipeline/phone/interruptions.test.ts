import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { breakings, brokenRun } from '../../support/interrupted-runs.ts';
import { type AdbServer, realAdb, sayIfLeftOut, startAdbServer } from './adb-harness.ts';

sayIfLeftOut('acquisitions that are broken at random bytes');

const RUNS = 12;

/** The full hundred: `node test/bench/interruptions.ts`. */
describe.skipIf(realAdb === null)('an acquisition that is broken at a random byte', () => {
  let server: AdbServer;
  beforeAll(async () => {
    server = await startAdbServer();
  });
  afterAll(() => server.close());

  it.each(Array.from({ length: RUNS }, (_, n) => [n + 1, breakings[n % breakings.length]!] as const))(
    'run %d (%s): the case verifies, the rest is taken, and the totals are those of the phone',
    async (seed, breaking) => {
      const run = await brokenRun(server, seed, breaking);
      expect(run.faults, JSON.stringify(run)).toEqual([]);
    },
    60_000,
  );
});
