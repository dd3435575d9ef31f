/**
 * The window query on large cases of the practice phone (100 thousand, 1 million and 10 million events; SIZES chooses): random windows at all
 * zooms by all kinds of lanes, thirty lanes in view, a bucket a pixel, as the engine answers it and as it arrives in another process, unpacked;
 * beside it the same from bare rows. Then what rollups cost: their part of an import, and of the case file; and the first drawing of a case
 * that is opened. The same of contacts first (CONTACTS; empty: none).
 */
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rollUp } from '../../main/engine/pipeline/roll-up.ts';
import { loadDictionary } from '../../main/engine/query/dictionary.ts';
import { timelineWindow } from '../../main/engine/query/timeline.ts';
import { CaseDatabase } from '../../main/engine/store/case-database.ts';
import { checkout } from '../../main/host/checkout.ts';
import { forkEngine } from '../../main/host/fork-engine.ts';
import { connectProcess } from '../../main/host/wire-process.ts';
import { unpackIntervals } from '../../shared/timeline/packed.ts';
import { laneKeys, type OverviewView, type WindowView } from '../../shared/types/timeline.ts';
import { shiftedChance } from '../support/chance.ts';
import { corpus, corpusFile } from '../support/corpus.ts';
import { testEngine } from '../support/engine.ts';
import { benchContacts } from './contact-windows.ts';
import { largeCase } from './large-case.ts';
import { rollupShare, rollupSizes } from './rollup-share.ts';
import { heading, IN_VIEW, type Measured, measured, questions, timed, told } from './window-measures.ts';

const SIZES = (process.env.SIZES ?? '100000,1000000').split(',').filter(Boolean).map(Number);
/** Ready-made cases: a folder with SIZE.phonehome in it. */
const CASES = process.env.CASES;
/** Contacts of captures that are imported. */
const CONTACTS = (process.env.CONTACTS ?? '1000000').split(',').filter(Boolean).map(Number);
const QUESTIONS = Number(process.env.QUESTIONS ?? 240);
const ROWS_QUESTIONS = Number(process.env.ROWS_QUESTIONS ?? 6);
/** Buckets of the history whose import is measured. */
const HISTORY = Number(process.env.HISTORY ?? 1_000_000);
const FIRST_STEPS = 600;
const BINS = 1200;

/** Unpacks all that came, as the window does with lanes that it shows. */
function unpacked(view: WindowView): number {
  let bars = 0;
  for (const lane of view.lanes) {
    const { from } = lane.packed === undefined ? lane.intervals : unpackIntervals(lane.packed);
    bars += from.length;
  }
  return bars;
}

/** A host in a process of its own; answers cross a line between processes and a JSON text, as to the window. */
function otherProcess(home: string) {
  process.env.PHONEHOME_HOME = home;
  const host = connectProcess(() => forkEngine(checkout.engine), {
    shell: 'web',
    version: 'bench',
    resources: checkout.resources,
  });
  let id = 0;
  return {
    close: () => host.close(),
    async ask<T>(group: string, name: string, args: unknown): Promise<T> {
      id += 1;
      const reply = await host.handle({ id, group, name, args });
      if (!reply.ok) throw new Error(reply.error.message);
      return (JSON.parse(JSON.stringify(reply)) as { value: T }).value;
    },
  };
}

async function measureWindows(path: string, home: string): Promise<void> {
  const engine = testEngine();
  const made = await engine.openCase(path);
  const whole = await made.overview(BINS);
  const asked = questions(whole, QUESTIONS);
  const lanesOf = new Map<string, string[]>();
  for (const by of laneKeys) {
    const all = { by, fromUs: whole.fromUs, toUs: whole.toUs, buckets: 1, filter: {} };
    lanesOf.set(
      by,
      (await made.window(all)).lanes.slice(0, IN_VIEW).map(({ key }) => key),
    );
  }
  const inView = asked.map((one) => ({ ...one, lanes: lanesOf.get(one.by)!, packed: true }));
  const inside: Measured[] = [];
  let bars = 0;
  for (const question of inView) {
    const [answer, ms] = await measured(() => made.window(question));
    inside.push(ms);
    bars = Math.max(bars, unpacked(answer));
  }
  told('window, thirty lanes in view, in the engine', inside, `; up to ${bars} bars`);
  const all: Measured[] = [];
  for (const question of asked) all.push((await measured(() => made.window({ ...question, packed: true })))[1]);
  told('window, all lanes, in the engine', all);
  const filtered: Measured[] = [];
  for (const question of inView.slice(0, QUESTIONS / 4)) {
    const filter = { backgroundOnly: true };
    filtered.push((await measured(() => made.window({ ...question, filter })))[1]);
  }
  told('window, thirty lanes in view, background only, in the engine', filtered);
  await made.close();
  await engine.close();

  const other = otherProcess(home);
  const { id } = await other.ask<{ id: string }>('cases', 'open', { path });
  const across: number[] = [];
  for (const question of inView) {
    const [, ms] = await timed(async () => unpacked(await other.ask('timeline', 'window', { case: id, ...question })));
    across.push(ms);
  }
  told('window, thirty lanes in view, in another process, unpacked', across);
  await other.close();

  const read = await CaseDatabase.open(join(path, 'case.sqlite'), 'read');
  const dictionary = await loadDictionary(read);
  const rows: Measured[] = [];
  for (const question of inView.slice(0, ROWS_QUESTIONS)) {
    const wide = { ...question, fromUs: whole.fromUs, toUs: whole.toUs };
    rows.push((await measured(() => timelineWindow(read, dictionary, wide)))[1]);
  }
  if (rows.length > 0) told('for measure: whole span from bare rows (GROUP BY)', rows);
  await read.close();
}

/** From a closed case to its first drawing: a process that runs opens it, and answers for the strip and for the whole span. */
async function firstDrawing(path: string, home: string): Promise<void> {
  const other = otherProcess(home);
  await other.ask('program', 'info', {}).catch(() => {});
  const times: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    const from = performance.now();
    const { id } = await other.ask<{ id: string }>('cases', 'open', { path });
    const strip = await other.ask<OverviewView>('timeline', 'overview', { case: id, bins: BINS });
    const question = { by: 'app', fromUs: strip.fromUs, toUs: strip.toUs, buckets: FIRST_STEPS, filter: {} };
    unpacked(await other.ask('timeline', 'window', { case: id, ...question, packed: true }));
    times.push(performance.now() - from);
    await other.ask('cases', 'close', { case: id });
  }
  told('first drawing: opened, strip, whole span by app, unpacked', times);
  await other.close();
}

async function sizes(path: string): Promise<void> {
  const said = await rollupSizes(path);
  const database = await CaseDatabase.open(join(path, 'case.sqlite'), 'write');
  const [, { clock, processor }] = await measured(() => database.transaction(() => rollUp(database)));
  await database.close();
  console.log(`  ${said}; written anew in ${clock.toFixed(0)} ms, ${processor.toFixed(0)} ms of processor`);
}

/** A `dumpsys netstats --full --uid` of so many buckets of two hours: sixty apps, before and behind the screen. */
async function writeHistory(path: string, buckets: number): Promise<void> {
  const file = await open(path, 'w');
  const series = 120;
  const random = shiftedChance(buckets);
  const head = ['Xt stats:', '  Pending bytes: 0', '  Complete history:', 'UID stats:', '  Pending bytes: 0'];
  await file.write(`${[...head, '  Complete history:'].join('\n')}\n`);
  const first = 1_760_767_200 - Math.ceil(buckets / series) * 7200;
  for (let n = 0; n < series; n += 1) {
    const of = `uid=${10_000 + (n >> 1)} set=${n % 2 === 0 ? 'DEFAULT' : 'FOREGROUND'} tag=0x0`;
    const lines = [
      `  ident=[{type=1, ratType=COMBINED, wifiNetworkKey="Home"wpa2-psk, metered=false, defaultNetwork=true, oemManaged=OEM_NONE, subId=-1}] ${of}`,
      '    NetworkStatsHistory: bucketDuration=7200',
    ];
    for (let at = n; at < buckets; at += series) {
      const [received, sent] = [Math.floor(10 ** (2 + random() * 5)), Math.floor(10 ** (2 + random() * 4))];
      const st = first + Math.floor(at / series) * 7200;
      lines.push(`      st=${st} rb=${received} rp=${1 + (received >> 10)} tb=${sent} tp=${1 + (sent >> 9)} op=0`);
    }
    await file.write(`${lines.join('\n')}\n`);
  }
  await file.close();
}

/** Measures and prints. */
export async function benchTimeline(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'phonehome-bench-timeline-'));
  try {
    for (const contacts of CONTACTS) await benchContacts(folder, contacts);
    for (const size of SIZES) {
      const path = await largeCase(CASES ?? folder, size);
      heading(`${size} events`);
      await measureWindows(path, join(folder, 'home'));
      await firstDrawing(path, join(folder, 'home'));
      await sizes(path);
      if (!CASES) await rm(path, { recursive: true, force: true });
    }
    if (corpus) {
      const file = corpusFile('netstats-text/long-history-full-uid.txt');
      await rollupShare("the corpus' long history", file, 5);
    }
    if (HISTORY === 0) return;
    const history = join(folder, 'history.txt');
    await writeHistory(history, HISTORY);
    await rollupShare('a long history that was made up', history, 2);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

if (import.meta.main) await benchTimeline();
