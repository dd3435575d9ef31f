import { choiceOf } from '../../../shared/timeline/lane-choice.ts';
import { detailQuestion, FIRST_WIDTH, OVERVIEW_BINS } from '../../../shared/timeline/questions.ts';
import type { FirstPicture, WindowView } from '../../../shared/types/timeline.ts';
import type { ReadCase } from '../ports/case-handle.ts';
import { type BareLanes, bareLanes, bySent } from './bare-lanes.ts';
import type { AppRow } from './dictionary.ts';
import { besideOf, coverageOf, type OverviewBins, overviewBins } from './overview.ts';
import type { Rollups } from './rollup/rollups.ts';
import { drawnWindow } from './timeline.ts';

/** Lanes whose intervals are kept: as many as a high screen shows. */
const LANES = 32;
/** Marks are asked of their rows. Where a case has more of them, the window is not in the picture: it may take its time. */
const MOST_MARKS = 5_000;

/** Up to so many counted events nothing is kept: it is had nearly as soon, and an import has little time. */
export const FEW_EVENTS = 131_072;

const subject = { by: 'app', filter: {} } as const;

/** What of a first picture is kept in the case: all that follows from counted volume alone. */
export interface KeptPicture {
  readonly overview: OverviewBins;
  readonly window: { readonly fromUs: number; readonly toUs: number; readonly resolutionUs: number };
  /** All lanes in one step each, and the largest senders in steps of the window, largest first. */
  readonly sums: BareLanes['lanes'];
  readonly bars: BareLanes['lanes'];
}

/** What is kept of the first picture, JSON; null where there are no more events than `few`, or nothing can be drawn. */
export async function pictureToKeep(read: ReadCase, rollups: Rollups, few: number): Promise<string | null> {
  if (rollups.list.about({ fromUs: 0, toUs: Number.MAX_SAFE_INTEGER }) <= few) return null;
  const measured = await measuredPicture(read, rollups);
  return measured && JSON.stringify(measured);
}

/** The first picture of a case, as far as it follows from counted volume; null where nothing can be drawn. */
export async function measuredPicture(read: ReadCase, rollups: Rollups): Promise<KeptPicture | null> {
  const whole = await overviewBins(read, OVERVIEW_BINS, rollups, await coverageOf(read));
  if (whole.toUs <= whole.fromUs) return null;
  const question = detailQuestion(subject, whole, FIRST_WIDTH, whole);
  const sums = await bareLanes(read, { ...question, buckets: 1 }, rollups);
  const order = sums.lanes.toSorted(([, a], [, b]) => bySent(a, b));
  const lanes = order.slice(0, LANES).map(([, { key }]) => key);
  if (lanes.length === 0) return null;
  const near = await bareLanes(read, { ...question, lanes, packed: true }, rollups);
  return {
    overview: whole,
    window: { fromUs: question.fromUs, toUs: question.toUs, resolutionUs: near.resolutionUs },
    sums: sums.lanes,
    bars: near.lanes.toSorted(([, a], [, b]) => bySent(a, b)),
  };
}

/** The window of a kept picture with the intervals of so many lanes, their names and marks. */
async function windowOf(
  read: ReadCase,
  { window, sums, bars }: KeptPicture,
  most: number,
): Promise<Pick<FirstPicture, 'window' | 'bars'>> {
  const [apps, marks] = await Promise.all([
    read.all<AppRow>('SELECT * FROM app'),
    read.get<{ n: number; contacts: number }>(
      `SELECT (SELECT count(*) FROM (SELECT 1 FROM contact LIMIT ?)) contacts, (SELECT count(*) FROM (SELECT 1 FROM lookup LIMIT ?)) n`,
      [MOST_MARKS, MOST_MARKS],
    ),
  ]);
  const [contacts, lookUps] = [marks?.contacts ?? 0, marks?.n ?? 0];
  // Where no app is known, contacts are shown by host.
  if (contacts + lookUps >= MOST_MARKS || (apps.length === 0 && contacts > 0)) return { window: null, bars: 0 };
  const none = new Map<string, never>();
  const names = { networkOfKey: none, appOfService: none, hostServices: none, organisations: none };
  const fine = new Map(bars.slice(0, most));
  const view: WindowView = await drawnWindow(
    read,
    { ...names, apps: new Map(apps.map((row) => [row.uid, row])) },
    { ...subject, ...window, buckets: 1, first: choiceOf('sent', []) },
    { resolutionUs: window.resolutionUs, lanes: sums.map(([key, lane]) => [key, fine.get(key) ?? lane]) },
  );
  const keys = new Set([...fine.values()].map(({ key }) => key));
  const other = view.lanes.findIndex(({ key }) => !keys.has(key));
  return { window: view, bars: other < 0 ? view.lanes.length : other };
}

/** The first picture of a case that has rollups, with the intervals of so many lanes; else null. `measure`: makes what the case does not keep. */
export async function firstPicture(
  read: ReadCase,
  most: number,
  measure: () => Promise<KeptPicture | null>,
): Promise<FirstPicture | null> {
  const row = await read.get<{ data: string | null }>(`SELECT data FROM first_picture WHERE kind = 'volume'`);
  if (!row) return null;
  const kept = row.data === null ? await measure() : (JSON.parse(row.data) as KeptPicture);
  if (!kept) return null;
  const [beside, drawn] = await Promise.all([besideOf(read), windowOf(read, kept, most)]);
  return { overview: { ...kept.overview, ...beside }, ...drawn };
}
