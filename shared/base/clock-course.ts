import type { Micros } from './time.ts';

/** Both clocks and the phone's running time at one moment. */
export interface ClockAnchor {
  /** The host's time. */
  readonly hostUs: Micros;
  /** The phone's time. */
  readonly phoneUs: Micros;
  /** How long the phone had been running, or null. */
  readonly uptimeUs: number | null;
  /** How far the phone's time may be off. */
  readonly errorUs: number;
}

/**
 * What the clocks did between two anchors. Microseconds, forward is positive; the figures of the two clocks are against
 * the phone's running time, which nobody can set, and null where it is not known.
 */
export interface ClockCourse {
  /** Phone minus host, later minus earlier. */
  readonly changeUs: number;
  readonly changeErrorUs: number;
  readonly phoneUs: number | null;
  readonly hostUs: number | null;
  /** `unknown`: the offset changed by more than drift can, and without the running time nothing tells which clock moved. */
  readonly verdict: 'steady' | 'phone set' | 'host set' | 'both set' | 'restarted' | 'unknown';
}

/** Quartz clocks run apart by less than this. */
const driftPerUs = 2e-4;
/** Reading two files of the phone one after the other takes its time. */
const slackUs = 250_000;

/** Compares two anchors, the earlier first: did the clocks run, drift or jump, and was the phone started in between? */
export function clockCourse(earlier: ClockAnchor, later: ClockAnchor): ClockCourse {
  const host = later.hostUs - earlier.hostUs;
  const phone = later.phoneUs - earlier.phoneUs;
  const changeUs = phone - host;
  const changeErrorUs = earlier.errorUs + later.errorUs;
  const running = earlier.uptimeUs === null || later.uptimeUs === null ? null : later.uptimeUs - earlier.uptimeUs;
  const longest = Math.max(Math.abs(host), Math.abs(phone), Math.abs(running ?? 0));
  const least = slackUs + changeErrorUs + driftPerUs * longest;
  const moved = (us: number) => Math.abs(us) > least;
  if (running === null) {
    return { changeUs, changeErrorUs, phoneUs: null, hostUs: null, verdict: moved(changeUs) ? 'unknown' : 'steady' };
  }
  const phoneUs = phone - running;
  const hostUs = host - running;
  // A phone that was started anew has run for less than either clock says, and both say it alike.
  const restarted = running < 0 || (phoneUs > least && hostUs > least && !moved(changeUs));
  const verdict = restarted
    ? 'restarted'
    : moved(phoneUs)
      ? moved(hostUs)
        ? 'both set'
        : 'phone set'
      : moved(hostUs)
        ? 'host set'
        : 'steady';
  return { changeUs, changeErrorUs, phoneUs, hostUs, verdict };
}
