import type { WindowView } from '../../../shared/types/timeline.ts';
import type { AskedWindow } from './bare-lanes.ts';

/**
 * A window of which only the largest senders, so many as `bars` says, have their intervals; every other lane is told in one step: its sums
 * are right, where its bytes lie is not told. Much sooner there than all of it.
 */
export async function firstWindow(
  ask: (question: AskedWindow) => Promise<WindowView>,
  question: AskedWindow,
  bars: number,
): Promise<WindowView> {
  const sums = await ask({ ...question, buckets: 1, packed: false });
  const lanes = sums.lanes.slice(0, bars).map(({ key }) => key);
  if (lanes.length === 0) return sums;
  const near = await ask({ ...question, first: undefined, lanes });
  const byKey = new Map(near.lanes.map((lane) => [lane.key, lane]));
  return { ...sums, resolutionUs: near.resolutionUs, lanes: sums.lanes.map((lane) => byKey.get(lane.key) ?? lane) };
}
