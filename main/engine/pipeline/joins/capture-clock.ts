import { DAY, microsOf, SECOND } from '../../../../shared/base/time.ts';
import { agreement, type ClockBound, clockVote } from '../../normalise/clock-vote.ts';
import type { ReadCase } from '../../ports/case-handle.ts';
import type { CaptureFacts } from './capture-facts.ts';
import type { Pair } from './same-connection.ts';

/** The phone's clock minus the capture's, as far as it is known. Microseconds. */
export interface CaptureClock {
  readonly offsetUs: number | null;
  readonly errorUs: number | null;
  readonly how: 'same clock' | 'sockets' | 'ntp' | 'sockets and ntp' | null;
  readonly compared: number;
  readonly agreeing: number;
}

/** A question for the time, with the clock of who asked. */
export interface AskedTime {
  readonly flow: number;
  readonly section: number;
  readonly atUs: number;
  readonly localIp: string;
  readonly clockUs: number;
}

/** The last packet may go by a moment after the phone no longer lists its socket. */
const PARTING_US = SECOND / 5;
/** From the writing of a question for the time to its passing the capture. */
const ASKED_US = SECOND / 4;

/** Two quartz clocks that nobody sets may part by so much of the time: one distance stands for the whole capture. */
const DRIFT = 50e-6;

/** Client's clock as `said` of a flow carries it. */
const CLOCK = /^clock of the asking side: (\S+)$/;

/** Questions for the time (NTP) that went out from the inner side. A clock that is random, as some clients have it, is left out. */
export async function askedTimes(read: ReadCase): Promise<AskedTime[]> {
  const rows = await read.all<{ flow: number; section: number; at: number; ip: string; said: string }>(
    `SELECT f.id flow, c.section, c.from_us at, c.local_ip ip, f.said
     FROM flow f CROSS JOIN contact c ON c.id = f.id WHERE f.service = 'NTP' AND f.said IS NOT NULL AND f.opened_by_phone = 1`,
  );
  return rows.flatMap(({ flow, section, at, ip, said }) => {
    const text = (JSON.parse(said) as string[]).map((one) => CLOCK.exec(one)?.[1]).find((one) => one !== undefined);
    const clockUs = text === undefined ? null : microsOf(text);
    if (clockUs === null || Math.abs(clockUs - at) > DAY) return [];
    return [{ flow, section, atUs: at, localIp: ip, clockUs }];
  });
}

/** A flow's packets go by while its socket is there: what that says of the two clocks. */
export function boundOf(pair: Pair): ClockBound {
  const { flow, error_us: error } = pair;
  if (error === null) return { flow, fromUs: null, toUs: null };
  return {
    flow,
    fromUs: pair.open_start === 1 ? null : pair.from_us - error - pair.firstUs,
    toUs: pair.open_end === 1 ? null : pair.to_us + error + PARTING_US - pair.lastUs,
  };
}

/**
 * The clock of one capture against the phone's. One that was made on the phone has the phone's clock; others are compared by
 * connections that were seen live too, and by what the phone's own questions for the time say.
 */
export function captureClock(
  { made, oneLocal, fromUs, toUs }: CaptureFacts,
  pairs: readonly Pair[],
  asked: readonly AskedTime[],
  ownAddresses: ReadonlySet<string>,
): CaptureClock {
  const bySockets = pairs.map(boundOf).filter(({ fromUs, toUs }) => fromUs !== null || toUs !== null);
  const own = asked.filter(({ localIp }) => ownAddresses.has(localIp) || localIp === oneLocal);
  const byTime = own.map(({ flow, atUs, clockUs }): ClockBound => {
    const between = clockUs - atUs;
    return { flow, fromUs: between - ASKED_US, toUs: between + ASKED_US };
  });
  const bounds = [...bySockets, ...byTime];
  if (made !== 'unknown') return { offsetUs: 0, errorUs: 0, how: 'same clock', ...agreement(bounds, 0, 0) };
  const vote = clockVote(bounds);
  if (vote === null) {
    const flows = new Set(bounds.map(({ flow }) => flow));
    return { offsetUs: null, errorUs: null, how: null, compared: flows.size, agreeing: 0 };
  }
  const used = (some: readonly ClockBound[]) =>
    agreement(some, vote.offsetUs - vote.errorUs, vote.offsetUs + vote.errorUs).agreeing > 0;
  const how = used(bySockets) ? (used(byTime) ? 'sockets and ntp' : 'sockets') : 'ntp';
  return { ...vote, errorUs: vote.errorUs + Math.ceil((toUs - fromUs) * DRIFT), how };
}
