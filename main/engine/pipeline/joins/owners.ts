import { MINUTE, SECOND } from '../../../../shared/base/time.ts';
import type { CaptureClock } from './capture-clock.ts';
import type { Pair } from './same-connection.ts';

export type Confidence = 'high' | 'medium' | 'low';

/** Whose a captured flow is, by what else was seen. */
export interface Owner {
  readonly contact: number;
  readonly uid: number;
  readonly how: 'same connection' | 'only sender';
  readonly confidence: Confidence;
  readonly why: string;
}

/** Where nothing compares the clocks they are taken as equal, within so much. */
export const UNCOMPARED_US = MINUTE;
const PARTING_US = SECOND;

/** Where the flow lies against the socket, on the phone's clock: not at the same time, within it, or beyond its known ends. */
function meeting(pair: Pair, clock: CaptureClock): 'apart' | 'within' | 'beyond' {
  const offset = clock.offsetUs ?? 0;
  const slack = clock.errorUs ?? UNCOMPARED_US;
  const error = (pair.error_us ?? 0) + PARTING_US;
  const [first, last] = [pair.firstUs + offset, pair.lastUs + offset];
  const [from, to] = [pair.from_us - error - slack, pair.to_us + error + slack];
  if (first > to || last < from) return 'apart';
  const begins = pair.open_start === 1 || first >= from;
  const ends = pair.open_end === 1 || last <= to;
  return begins && ends ? 'within' : 'beyond';
}

/** A flow and a socket of the same ends that were there at the same time. */
export interface Met extends Pair {
  readonly within: boolean;
}

/** The pairs that were there at the same time, as far as the clocks tell. */
export function metPairs(pairs: readonly Pair[], clocks: ReadonlyMap<number, CaptureClock>): Met[] {
  return pairs.flatMap((pair) => {
    const clock = clocks.get(pair.section);
    const met = clock ? meeting(pair, clock) : 'apart';
    return met === 'apart' ? [] : [{ ...pair, within: met === 'within' }];
  });
}

/** Owners of flows by their sockets. Two sockets of two apps both stand: a port may have been used again within one flow. */
export function ownersBySocket(met: readonly Met[], clocks: ReadonlyMap<number, CaptureClock>): Owner[] {
  return [...Map.groupBy(met, ({ flow }) => flow).values()].flatMap((own) => {
    const byUid = Map.groupBy(own, ({ uid }) => uid);
    return [...byUid].map(([uid, pairs]): Owner => {
      const compared = clocks.get(pairs[0]!.section)?.offsetUs != null;
      // A socket that was seen in several stretches is several contacts: then none of them holds the whole flow.
      const within = pairs.some((pair) => pair.within);
      const sure = compared && within && byUid.size === 1;
      const reasons = [
        'While the phone was watched, its kernel listed a connection with the same protocol, addresses and ports at the same time, and named this owner.',
        ...(compared ? [] : ['Nothing compares the two clocks; they are taken as equal within a minute.']),
        ...(within ? [] : ['The packets go on beyond what was seen of it: they may be of two connections.']),
        ...(byUid.size > 1 ? [`Connections of ${byUid.size} owners had these ends; all of them stand here.`] : []),
      ];
      return {
        contact: pairs[0]!.flow,
        uid,
        how: 'same connection',
        confidence: sure ? 'high' : 'medium',
        why: reasons.join(' '),
      };
    });
  });
}
