/**
 * Acquisitions of practice phones over the real adb server, each broken at a random byte: the cable is pulled and put back, or
 * pulled for good, or the program is killed. All are gone on with, verified, and held against what the phone knows of itself.
 * `RUNS` (100) and `SEED` (1000) say how many and which; a run that failed can be repeated by its seed.
 */
import { availableParallelism } from 'node:os';
import { realAdb, startAdbServer } from '../pipeline/phone/adb-harness.ts';
import { type BrokenRun, breakings, brokenRun } from '../support/interrupted-runs.ts';

const RUNS = Number(process.env.RUNS ?? 100);
const SEED = Number(process.env.SEED ?? 1000);
const LANES = Number(process.env.LANES ?? Math.min(2, availableParallelism()));

if (realAdb === null) {
  console.log('Left out: no adb program was found (Debian: apt install adb).');
  process.exit(0);
}

const runs: BrokenRun[] = [];
let next = 0;
const began = performance.now();

/** One lane has an adb server of its own, so that lanes do not see each other's phones. */
async function lane(): Promise<void> {
  const server = await startAdbServer();
  try {
    while (next < RUNS) {
      const n = next;
      next += 1;
      const breaking = breakings[n % breakings.length]!;
      const run = await brokenRun(server, SEED + n, breaking).catch(
        (error: unknown): BrokenRun => ({
          seed: SEED + n,
          android: '',
          breaking,
          brokenAt: 0,
          wholeBytes: 0,
          restarted: false,
          states: [],
          partial: 0,
          recovered: 0,
          skipped: 0,
          faults: [error instanceof Error ? (error.stack ?? error.message) : String(error)],
        }),
      );
      runs.push(run);
      for (const fault of run.faults) console.log(`seed ${run.seed} (${run.breaking}): ${fault}`);
    }
  } finally {
    await server.close();
  }
}
await Promise.all(Array.from({ length: LANES }, lane));

const sum = (of: (run: BrokenRun) => number, among = runs) => among.reduce((total, run) => total + of(run), 0);
const share = ({ brokenAt, wholeBytes }: BrokenRun) => (100 * brokenAt) / wholeBytes;
console.log(
  `${runs.length} acquisitions in ${((performance.now() - began) / 1000).toFixed(0)} s, each broken at a random byte`,
);
for (const breaking of breakings) {
  const own = runs.filter((run) => run.breaking === breaking);
  if (own.length === 0) continue;
  const at = own.map(share).sort((a, b) => a - b);
  console.log(
    [
      `${breaking.padEnd(7)} ${own.length} runs, ${own.filter(({ faults }) => faults.length === 0).length} sound;`,
      `broken at ${at[0]?.toFixed(1)} to ${at.at(-1)?.toFixed(1)} % of the bytes;`,
      `${sum(({ restarted }) => Number(restarted), own)} phones started anew meanwhile;`,
      `${sum(({ partial }) => partial, own)} partial answers kept, ${sum(({ recovered }) => recovered, own)} of them found after a crash;`,
      `${sum(({ skipped }) => skipped, own)} steps not asked again`,
    ].join(' '),
  );
}
const faulty = runs.filter(({ faults }) => faults.length > 0);
console.log(
  faulty.length === 0
    ? 'All were gone on with; every case verifies; all totals are those of the phones.'
    : `${faulty.length} do not hold: seeds ${faulty.map(({ seed }) => seed).join(', ')}`,
);
process.exitCode = faulty.length === 0 ? 0 : 1;
