import type { EventFilter } from '../../../../shared/types/event.ts';
import type { LaneBy } from '../../../../shared/types/timeline.ts';
import type { ReadCase } from '../../ports/case-handle.ts';
import { type LaneLookUps, lookUpLanes } from '../look-up-lanes.ts';
import { lookUpCondition } from '../look-ups.ts';
import { Marks, mark } from './marks.ts';
import type { Rollups } from './rollups.ts';
import { type LaneKey, laneText } from './volume-lanes.ts';

/** What is asked for. `lanes`: keys of those that are wanted, as the window spells them; left out: all. */
export interface LookUpQuestion {
  readonly by: LaneBy;
  readonly fromUs: number;
  readonly toUs: number;
  readonly filter: EventFilter;
  readonly lanes?: readonly string[] | undefined;
}

/** Look-ups of a window by lane, as `lookUpLanes` tells them of the rows: from memory where they are held and no filter is set. */
export async function windowLookUps(
  read: ReadCase,
  rollups: Pick<Rollups, 'lookUps'> | null,
  question: LookUpQuestion,
  stepUs: number,
): Promise<LaneLookUps[]> {
  const { by, fromUs, toUs, filter, lanes } = question;
  const { nothing, sql } = lookUpCondition({ ...filter, fromUs: undefined, toUs: undefined });
  if (nothing || (by !== 'app' && by !== 'host')) return [];
  const held = sql === '' ? ((await rollups?.lookUps()) ?? null) : null;
  if (!held) return lookUpLanes(read, question, stepUs);
  const keys: readonly LaneKey[] = by === 'app' ? held.apps : held.hosts;
  const only = lanes === undefined ? null : new Set(lanes);
  const wanted = keys.map((key) => only === null || only.has(laneText(key)));
  const all = by === 'app' ? held.appOf : held.hostOf;
  const none = new Float64Array(all.length);
  const marks = new Marks(stepUs, keys.length);
  marks.events(held.moments, 0, held.moments.count, {
    laneOf: all.map((lane) => (wanted[lane] ? lane : -1)),
    peerOf: held.nameOf.map((name) => name + 1),
    countryOf: none,
    openOf: none,
    // A look-up is a moment: one that is as the window begins lies in it.
    fromUs: Math.ceil(fromUs) - 1,
    toUs,
    direction: null,
    minBytes: null,
  });
  const [at, count, first, name] = [mark.from, mark.count, mark.first, mark.peer].map((one) => marks.columns[one]!);
  return marks.lanes().map(({ lane, order }) => ({
    lane: keys[lane]!,
    lookUps: {
      at: Array.from(order, (one) => at![one]!),
      count: Array.from(order, (one) => count![one]!),
      first: Array.from(order, (one) => `l${first![one]!}`),
      name: Array.from(order, (one) => (name![one] === 0 ? null : held.names[name![one]! - 1]!)),
    },
  }));
}
