/**
 * Speed as ratios of one run: every round measures all candidates once, one after the other, and the medians of the
 * rounds are compared. Absolute times are printed for orientation only.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { columns } from '../../main/engine/normalise/row-collector.ts';
import { CaseDatabase } from '../../main/engine/store/case-database.ts';
import { emptyCaseInfo } from '../../shared/types/case.ts';
import { corpus, corpusFile } from '../support/corpus.ts';
import { testEngine, work } from '../support/engine.ts';
import { benchAcquire } from './acquire.ts';
import { benchCaptures } from './captures.ts';
import { benchDrawing } from './drawing.ts';
import { benchLabelsOfCase } from './label-case.ts';
import { benchLabels } from './labels.ts';
import { benchTimeline } from './timeline.ts';

const ROUNDS = Number(process.env.ROUNDS ?? 9);

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

await benchAcquire();
await benchCaptures();
await benchLabels();
await benchLabelsOfCase();
await benchDrawing();
await benchTimeline();
if (!corpus) process.exit(0);
const file = corpusFile('netstats-text/long-history-full-uid.txt');
const folder = await mkdtemp(join(tmpdir(), 'phonehome-bench-'));
const engine = testEngine();

/** The least that any reader of the file does: find its lines. */
async function countLines(): Promise<number> {
  const bytes = await readFile(file);
  let lines = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines += 1;
  return lines;
}

/** The least that any writer does: as many rows of as many columns into an empty file, no index, one transaction. */
async function insertBare(rows: number[][], round: number): Promise<void> {
  const database = await CaseDatabase.open(join(folder, `bare-${round}.sqlite`), 'create');
  await database.transaction(() => database.load('volume', columns.volume, rows));
  await database.close();
}

const first = await engine.createCase(join(folder, 'first'), emptyCaseInfo);
const { events } = await first.importFiles([file], work());
const rows = Array.from({ length: events }, (_, n) => [
  n + 1,
  n % 700,
  1677369600000000 + n,
  1677376800000000 + n,
  n * 31,
  n * 77,
  n % 900,
  n % 1300,
  1,
  n,
  n * 57,
]);
const { fromUs, toUs } = await first.overview(1200);
const third = (toUs - fromUs) / 3;

const times: Record<string, number[]> = { lines: [], insert: [], import: [], overview: [], window: [], zoomed: [] };
for (let round = 0; round < ROUNDS; round += 1) {
  times.lines!.push(await timed(countLines));
  times.insert!.push(await timed(() => insertBare(rows, round)));
  const made = await engine.createCase(join(folder, `case-${round}`), emptyCaseInfo);
  times.import!.push(await timed(() => made.importFiles([file], work())));
  await made.close();
  const ask = (from: number, to: number) =>
    first.window({ by: 'app', fromUs: from, toUs: to, buckets: 1200, filter: {} });
  times.overview!.push(await timed(() => first.overview(1200)));
  times.window!.push(await timed(() => ask(fromUs, toUs)));
  times.zoomed!.push(await timed(() => ask(fromUs + third, fromUs + third + third / 10)));
}
await first.close();
await engine.close();
await rm(folder, { recursive: true, force: true });

const of = (name: string) => median(times[name] ?? []);
const line = (what: string, name: string, against: string) =>
  console.log(
    `${what.padEnd(58)} ${of(name).toFixed(1).padStart(8)} ms   ${(of(name) / of(against)).toFixed(2).padStart(8)} × ${against}`,
  );
console.log(`${ROUNDS} rounds, medians; ${events} events, of which 34,257 are per-app buckets`);
line('count the lines of the long history (lines)', 'lines', 'lines');
line('insert as many bare rows (insert)', 'insert', 'insert');
line('import the long history, file to finished case', 'import', 'lines');
line('import the long history, file to finished case', 'import', 'insert');
line('overview of the whole span, 1,200 bins', 'overview', 'insert');
line('timeline window, whole span, all apps', 'window', 'insert');
line('timeline window, a thirtieth of the span', 'zoomed', 'insert');
