import { choiceOf } from '../../../shared/timeline/lane-choice.ts';
import { detailQuestion, FIRST_WIDTH, OVERVIEW_BINS } from '../../../shared/timeline/questions.ts';
import type { FirstPicture, OverviewView, WindowView } from '../../../shared/types/timeline.ts';
import type { ReadCase } from '../ports/case-handle.ts';
import { type BareLanes, bareLanes, bySent } from './bare-lanes.ts';
import type { AppRow } from './dictionary.ts';
import { besideOf, caseSpan, coverageOf, overview, withCoverage } from './overview.ts';
import type { Rollups } from './rollup/rollups.ts';
import { drawnWindow } from './timeline.ts';

/** Lanes whose intervals are kept: as many as a high screen shows. */
const LANES = 32;
/** Marks are asked of their rows. Where a case has more of them, the window is not in the picture: it may take its time. */
const MOST_MARKS = 5_000;

/** Up to so many counted events the overview is not kept: it is had nearly as soon, and an import has little time. */
const FEW_EVENTS = 131_072;

const subject = { by: 'app', filter: {} } as const;

/** What of a first picture is kept in the case: all that follows from counted volume alone. */
interface KeptPicture {
  /** Null: it is to be added up. */
  readonly overview: Omit<OverviewView, 'coverage' | 'context' | 'zone'> | null;
  readonly window: { readonly fromUs: number; readonly toUs: number; readonly resolutionUs: number };
  /** All lanes in one step each, and the largest senders in steps of the window, largest first. */
  readonly sums: BareLanes['lanes'];
  readonly bars: BareLanes['lanes'];
}

async function binsOf(read: ReadCase, rollups: Rollups): Promise<KeptPicture['overview']> {
  const { coverage: _coverage, context: _context, zone: _zone, ...bins } = await overview(read, OVERVIEW_BINS, rollups);
  return bins;
}

/** The first picture of a case as it is kept, JSON; null where nothing can be drawn. */
export async function measuredPicture(read: ReadCase, rollups: Rollups): Promise<string | null> {
  const whole = withCoverage(await caseSpan(read, rollups), await coverageOf(read));
  if (whole.toUs <= whole.fromUs) return null;
  const many = rollups.list.about({ fromUs: 0, toUs: Number.MAX_SAFE_INTEGER }) > FEW_EVENTS;
  const question = detailQuestion(subject, whole, FIRST_WIDTH, whole);
  const sums = await bareLanes(read, { ...question, buckets: 1 }, rollups);
  const order = sums.lanes.toSorted(([, a], [, b]) => bySent(a, b));
  const lanes = order.slice(0, LANES).map(([, { key }]) => key);
  if (lanes.length === 0) return null;
  const near = await bareLanes(read, { ...question, lanes, packed: true }, rollups);
  const kept: KeptPicture = {
    overview: many ? await binsOf(read, rollups) : null,
    window: { fromUs: question.fromUs, toUs: question.toUs, resolutionUs: near.resolutionUs },
    sums: sums.lanes,
    bars: near.lanes.toSorted(([, a], [, b]) => bySent(a, b)),
  };
  return JSON.stringify(kept);
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

/** The first picture that the case keeps, with the intervals of so many lanes; null where it keeps none. `added` adds up an overview. */
export async function firstPicture(
  read: ReadCase,
  most: number,
  added: () => Promise<OverviewView>,
): Promise<FirstPicture | null> {
  const row = await read.get<{ data: string | null }>(`SELECT data FROM first_picture WHERE kind = 'volume'`);
  if (!row?.data) return null;
  const kept = JSON.parse(row.data) as KeptPicture;
  const whole = async () => (kept.overview ? { ...kept.overview, ...(await besideOf(read)) } : added());
  const [strip, drawn] = await Promise.all([whole(), windowOf(read, kept, most)]);
  return { overview: strip, ...drawn };
}
