import { clockCourse } from '../../../../shared/base/clock-course.ts';
import type { ClockOffset } from '../../model/acquisition.ts';
import { anchorOf } from './clock-watch.ts';

/** What tells one start of a phone from another. Null: not had. */
export interface PhoneStart {
  /** The number that the kernel draws at each start. */
  readonly bootId: string | null;
  /** A comparison of the clocks, with the phone's running time. */
  readonly offset: ClockOffset | null;
}

/** Reads the answer to `cat /proc/sys/kernel/random/boot_id`: one UUID. Null for anything else. Source: drivers/char/random.c. */
export function bootIdIn(text: string): string | null {
  return /^\s*([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\s*$/i.exec(text)?.[1]?.toLowerCase() ?? null;
}

/**
 * Was the phone started anew between the two? By the kernel's own number where both are known, else by the running time
 * against both clocks. Null where neither tells.
 */
export function startedAnew(earlier: PhoneStart, later: PhoneStart): boolean | null {
  if (earlier.bootId !== null && later.bootId !== null) return earlier.bootId !== later.bootId;
  if (earlier.offset === null || later.offset === null) return null;
  if (earlier.offset.uptimeS === null || later.offset.uptimeS === null) return null;
  return clockCourse(anchorOf(earlier.offset), anchorOf(later.offset)).verdict === 'restarted';
}

/** When the phone was started, by its own clock, microseconds of UTC; null where its running time is not known. */
export function startedAtUs({ offset }: PhoneStart): number | null {
  if (offset === null || offset.uptimeS === null) return null;
  return Math.round(offset.measuredAtUs + offset.offsetMs * 1000 - offset.uptimeS * 1_000_000);
}
