/**
 * The timeline under a hand for ten seconds, in Chromium: the whole program (engine in its own process, web shell, window) on the
 * corpus' long history and on large cases of the practice phone, beside uPlot and a bare canvas loop over the same intervals with the
 * same movements, in one run. What counts is all that the page's main thread does from one frame to the next, from Chromium's trace:
 * hands, script, style, layout, paint. ROUNDS (3), EVENTS (1000000,10000000; rivals up to a million), CASES (a folder that keeps the large ones).
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { checkout } from '../../main/host/checkout.ts';
import { emptyCaseInfo } from '../../shared/types/case.ts';
import { chromiumPath } from '../support/browser.ts';
import { corpus, corpusFile } from '../support/corpus.ts';
import { testEngine, work } from '../support/engine.ts';
import { BareChromium } from './bare-chromium.ts';
import type { Frames } from './drawing-frames.ts';
import { type Drawn, drawOurs, drawRival, type Rival } from './drawing-pages.ts';
import { largeCase } from './large-case.ts';

const ROUNDS = Number(process.env.ROUNDS ?? 3);
const EVENTS = (process.env.EVENTS ?? '1000000,10000000').split(',').filter(Boolean).map(Number);
/** A folder in which large cases are kept for the next time. */
const KEPT = process.env.CASES;
const RIVALS_UP_TO = 1_500_000;
const rivals: readonly Rival[] = ['bare loop', 'uPlot'];

const run = promisify(execFile);

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
const median = (values: readonly number[]) => quantile(values, 0.5);

/** A case of the corpus' long history, or of so many events. */
async function caseOf(folder: string, events: number | null): Promise<string> {
  if (events !== null) {
    return largeCase(KEPT ?? folder, events);
  }
  const engine = testEngine();
  const made = await engine.createCase(join(folder, 'history'), emptyCaseInfo);
  await made.importFiles([corpusFile('netstats-text/long-history-full-uid.txt')], work());
  await made.close();
  await engine.close();
  return join(folder, 'history.phonehome');
}

function row(name: string, rounds: readonly Frames[], bare: number | null): number {
  const of = (pick: (frames: Frames) => number) => median(rounds.map(pick));
  const p95 = of(({ whole }) => quantile(whole, 0.95));
  const cells = [
    `${of(({ whole }) => whole.length).toFixed(0)} frames`.padStart(11),
    ...[0.5, 0.95, 1].map((share) => of(({ whole }) => quantile(whole, share)).toFixed(1)),
    of(({ processor }) => quantile(processor, 0.95)).toFixed(1),
    of(({ script }) => quantile(script, 0.95)).toFixed(1),
    of(({ scriptProcessor }) => quantile(scriptProcessor, 0.95)).toFixed(1),
    of(({ drawing }) => quantile(drawing, 0.95)).toFixed(1),
    `${of(({ long }) => long.length).toFixed(0)}`,
    bare === null ? '' : `${(p95 / bare).toFixed(2)} ×`,
  ];
  console.log(`  ${name.padEnd(12)}${cells.map((cell) => cell.padStart(9)).join('')}`);
  return p95;
}

function words({ firstMs, waited, memory }: Drawn): string {
  const mb = (bytes: number | null) => (bytes === null ? '–' : `${(bytes / 1e6).toFixed(0)} MB`);
  return [
    `  first drawing ${firstMs.toFixed(0)} ms after the case was chosen, of which ${waited.toFixed(0)} ms until the last answer of the engine came`,
    `  memory of the window: heap ${mb(memory.heap)} (${mb(memory.heapBefore)} before collecting), process ${mb(memory.process)}, at most ${mb(memory.peak)} with Chromium's own files`,
  ].join('\n');
}

async function one(browser: BareChromium, folder: string, window: string, events: number | null): Promise<void> {
  const path = await caseOf(folder, events);
  const ours: Drawn[] = [];
  const theirs = new Map<Rival, Frames[]>(rivals.map((rival) => [rival, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    ours.push(await drawOurs(browser, { path, window, home: join(folder, 'home') }));
    if ((events ?? 0) > RIVALS_UP_TO) continue;
    for (const rival of rivals) theirs.get(rival)!.push(await drawRival(browser, rival, path));
  }
  console.log(
    `${events === null ? 'the long history of the corpus' : `${events} events`}; load ${loadavg()[0]!.toFixed(1)}`,
  );
  console.log(
    `  ${'ms a frame'.padEnd(12)}${['', 'median', '95th', 'most', 'on cpu', 'script', '… on cpu', '+ paint', '> 50 ms', '95th'].map((cell) => cell.padStart(9)).join('')}`,
  );
  const bare = theirs.get('bare loop')!;
  const measure = bare.length > 0 ? row('bare loop', bare, null) : null;
  row(
    'Phonehome',
    ours.map(({ frames }) => frames),
    measure,
  );
  if (bare.length > 0) row('uPlot', theirs.get('uPlot')!, measure);
  const first = ours.toSorted((a, b) => a.firstMs - b.firstMs)[ours.length >> 1]!;
  console.log(words(first));
  if (path.startsWith(folder)) await rm(path, { recursive: true, force: true });
}

/** Measures and prints. Without a Chromium nothing, without a corpus only the cases of the practice phone. */
export async function benchDrawing(): Promise<void> {
  if (!chromiumPath) return;
  const folder = await mkdtemp(join(tmpdir(), 'phonehome-bench-drawing-'));
  const browser = await BareChromium.launch();
  try {
    const window = join(folder, 'window');
    const vite = join(checkout.root, 'node_modules/vite/bin/vite.js');
    await run(process.execPath, [vite, 'build', 'renderer', '--outDir', window, '--logLevel', 'error'], {
      cwd: checkout.root,
    });
    console.log(
      `drawing in Chromium ${await browser.version()} without a screen, painting in software, ${availableParallelism()} cores for all; ${ROUNDS} rounds of ten seconds, medians`,
    );
    const cases = [...(corpus ? [null] : []), ...EVENTS];
    for (const events of cases) await one(browser, folder, window, events);
  } finally {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  }
}

if (import.meta.main) await benchDrawing();
