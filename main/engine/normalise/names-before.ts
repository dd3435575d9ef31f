import { HOUR, MINUTE, type Micros } from '../../../shared/base/time.ts';

/** A name that something said of an address, on the phone's clock. */
export interface SaidName {
  readonly atUs: Micros;
  readonly name: string;
  readonly how: 'look-up before' | 'other flow';
  /** How far the capture's clock may be off the phone's. */
  readonly errorUs: number;
}

/** A name that may be that of a connection. */
export interface LikelyName {
  readonly name: string;
  readonly how: SaidName['how'];
  readonly confidence: 'medium' | 'low';
  /** From when it was said to when the connection was first seen; 0 where the order is not certain. Microseconds. */
  readonly beforeUs: number;
  /** Other names of the same address in that time. */
  readonly others: number;
}

/** Systems and apps remember answers; one of more than an hour before says little. */
const LONGEST_US = HOUR;
const SOON_US = MINUTE;
const MOST_NAMES = 3;

/**
 * Names of the address that were said up to an hour before the connection was first seen, the latest first, at most three. A look-up
 * within a minute before it, of an address that had no other name then, is of medium confidence; all else is low.
 * `said` is in time order; `openStart`: it was there before the first look.
 */
export function namesBefore(said: readonly SaidName[], firstSeenUs: Micros, openStart: boolean): readonly LikelyName[] {
  const latest = new Map<string, SaidName>();
  for (const one of said) {
    if (one.atUs > firstSeenUs + one.errorUs || one.atUs < firstSeenUs - LONGEST_US) continue;
    const held = latest.get(one.name);
    // Of one name the look-up says more than another connection does.
    if (!held || held.how === one.how || one.how === 'look-up before') latest.set(one.name, one);
  }
  const found = [...latest.values()].sort((a, b) => b.atUs - a.atUs);
  return found.slice(0, MOST_NAMES).map(({ name, how, atUs }) => {
    const beforeUs = Math.max(0, firstSeenUs - atUs);
    const sure = how === 'look-up before' && found.length === 1 && beforeUs <= SOON_US && !openStart;
    return { name, how, confidence: sure ? 'medium' : 'low', beforeUs, others: found.length - 1 };
  });
}
