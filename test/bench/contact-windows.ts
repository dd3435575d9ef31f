/**
 * The window query on contacts: a capture of so many requests to a tenth as many hosts, a hundred thousand at most, is imported, then random windows at all zooms by all kinds
 * of lanes are asked for, beside the same from bare rows; and what the rollups of contacts cost of the import.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { loadDictionary } from '../../main/engine/query/dictionary.ts';
import { timelineWindow } from '../../main/engine/query/timeline.ts';
import { CaseDatabase } from '../../main/engine/store/case-database.ts';
import { MOST_LANES } from '../../shared/timeline/lane-choice.ts';
import { emptyCaseInfo } from '../../shared/types/case.ts';
import { type LaneChoice, laneKeys } from '../../shared/types/timeline.ts';
import { testEngine, work } from '../support/engine.ts';
import { writeRequests } from './capture-writer.ts';
import { rollupShare, rollupSizes } from './rollup-share.ts';
import { heading, IN_VIEW, type Measured, measured, questions, told } from './window-measures.ts';

const QUESTIONS = Number(process.env.QUESTIONS ?? 240);
const ROWS_QUESTIONS = Number(process.env.ROWS_QUESTIONS ?? 6);
const BINS = 1200;
const MOST_HOSTS = 100_000;
const first: LaneChoice = { most: MOST_LANES, order: 'sent', keep: [] };

/** Measures and prints. */
export async function benchContacts(folder: string, contacts: number): Promise<void> {
  const capture = join(folder, 'requests.pcap');
  const path = join(folder, 'contacts');
  await writeRequests(capture, contacts, Math.min(MOST_HOSTS, Math.ceil(contacts / 10)));
  const engine = testEngine();
  try {
    const made = await engine.createCase(path, emptyCaseInfo);
    await made.importFiles([capture], work());
    await made.close();
    heading(`${contacts} contacts`);
    await measureWindows(`${path}.phonehome`);
    console.log(`  ${await rollupSizes(`${path}.phonehome`)}`);
    await rollupShare('this capture', capture, 1, 2);
  } finally {
    await engine.close();
    for (const one of [capture, `${path}.phonehome`]) await rm(one, { recursive: true, force: true });
  }
}

async function measureWindows(path: string): Promise<void> {
  const engine = testEngine();
  const made = await engine.openCase(path);
  const span = await made.overview(BINS);
  const wide = { fromUs: span.fromUs, toUs: span.toUs, buckets: 1, filter: {}, first };
  const lanesOf = new Map<string, string[]>();
  const firsts: Measured[] = [];
  for (const by of laneKeys) {
    const [{ lanes }, ms] = await measured(() => made.window({ by, ...wide }));
    firsts.push(ms);
    lanesOf.set(
      by,
      lanes.slice(0, IN_VIEW).map(({ key }) => key),
    );
  }
  told('each kind of lanes for the first time, whole span', firsts);
  const asked = questions(span, QUESTIONS);
  const inView: Measured[] = [];
  for (const question of asked)
    inView.push(
      (await measured(() => made.window({ ...question, lanes: lanesOf.get(question.by)!, packed: true })))[1],
    );
  told('window, thirty lanes in view, in the engine', inView);
  const all: Measured[] = [];
  for (const question of asked) all.push((await measured(() => made.window({ ...question, first, packed: true })))[1]);
  told('window, a thousand lanes told, in the engine', all);
  const filtered: Measured[] = [];
  for (const question of asked.slice(0, QUESTIONS / 4))
    filtered.push((await measured(() => made.window({ ...question, first, filter: { country: 'US' } })))[1]);
  told('window, a thousand lanes told, one country only, in the engine', filtered);
  await made.close();
  await engine.close();

  const read = await CaseDatabase.open(join(path, 'case.sqlite'), 'read');
  const dictionary = await loadDictionary(read);
  const rows: Measured[] = [];
  for (const { by, buckets } of asked.slice(0, ROWS_QUESTIONS)) {
    const question = { by, ...wide, buckets, lanes: lanesOf.get(by)! };
    rows.push((await measured(() => timelineWindow(read, dictionary, question)))[1]);
  }
  if (rows.length > 0) told('for measure: whole span from bare rows (GROUP BY)', rows);
  await read.close();
}
