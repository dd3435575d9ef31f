import { SECOND } from '../../../../shared/base/time.ts';
import type { ClockOffset, ClockSample } from '../../model/acquisition.ts';

/** A sample with what the phone's answer leaves open: a `date` that knows no fractions tells whole seconds only. */
export interface ClockReading extends ClockSample {
  /** The phone's time lay in [phoneUs, phoneUs + resolutionUs). */
  readonly resolutionUs: number;
}

/**
 * Reads the answer to `date +%s.%N; cat /proc/uptime`: seconds since 1970, with nine digits behind the point where the
 * phone's `date` knows `%N` (Android 7 and later; older ones print the letter), then uptime and idle time in seconds.
 */
export function readClockAnswer(
  text: string,
): { readonly phoneUs: number; readonly resolutionUs: number; readonly uptimeS: number | null } | null {
  const [date = '', uptime = ''] = text.split(/\r?\n/);
  const match = /^(\d{9,11})(?:\.(.*))?$/.exec(date.trim());
  if (!match) return null;
  const fraction = /^(\d{1,9})/.exec(match[2] ?? '')?.[1];
  const phoneUs = Number(match[1]) * SECOND + Number((fraction ?? '').slice(0, 6).padEnd(6, '0'));
  const uptimeText = /^(\d+(?:\.\d+)?) /.exec(uptime.trim())?.[1];
  return {
    phoneUs,
    resolutionUs: fraction === undefined ? SECOND : 10 ** Math.max(0, 6 - fraction.length),
    uptimeS: uptimeText === undefined ? null : Number(uptimeText),
  };
}

/** Two clocks run apart by some millionths, and a host's clock is nudged now and then: no more than this is no jump. */
const readingSlackUs = 20_000;

interface Bounds {
  readonly low: number;
  readonly high: number;
}

/** The phone read its clock somewhere between the question and the answer, so the offset lies in between. */
const boundsOf = (reading: ClockReading): Bounds => ({
  low: reading.phoneUs - reading.hostAfterUs,
  high: reading.phoneUs + reading.resolutionUs - reading.hostBeforeUs,
});

const width = ({ low, high }: Bounds) => high - low;

/**
 * Phone minus host from several readings, or null for none. The fastest reading decides, its error is half of its
 * round trip. Where the phone tells whole seconds only, all readings together decide: each bounds the offset from both
 * sides, and what all of them allow is far narrower than a second. If they contradict each other (a clock was set in
 * between), the narrowest stands alone, and the offset is not `steady`.
 */
export function offsetOf(readings: readonly ClockReading[]): ClockOffset | null {
  const [first, ...others] = readings;
  if (!first) return null;
  const fastest = others.reduce((best, next) => (width(boundsOf(next)) < width(boundsOf(best)) ? next : best), first);
  const all = readings.map(boundsOf);
  const common = { low: Math.max(...all.map(({ low }) => low)), high: Math.min(...all.map(({ high }) => high)) };
  const steady = common.low <= common.high + readingSlackUs;
  const bounds = fastest.resolutionUs >= SECOND && common.low <= common.high ? common : boundsOf(fastest);
  return {
    offsetMs: Math.round((bounds.low + bounds.high) / 2) / 1000,
    errorMs: Math.ceil(width(bounds) / 2) / 1000,
    samples: readings.length,
    uptimeS: fastest.uptimeS,
    measuredAtUs: Math.round((fastest.hostBeforeUs + fastest.hostAfterUs) / 2),
    steady,
  };
}
