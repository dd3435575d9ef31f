import { HOUR, MINUTE, SECOND } from '../base/time.ts';

const units = [HOUR, MINUTE, SECOND, 1000, 1];

/**
 * The longest of hour, minute, second, millisecond and microsecond that the first `count` moments of all columns are whole numbers of:
 * microseconds, as they are. Buckets of a phone's history begin with hours or minutes.
 */
export function unitOf(columns: readonly ArrayLike<number>[], count: number): number {
  let at = 0;
  for (const column of columns) {
    for (let i = 0; i < count && at < units.length - 1; i += 1) {
      const value = column[i]!;
      // A remainder of such large numbers takes many times as long.
      while (at < units.length - 1 && Math.floor(value / units[at]!) * units[at]! !== value) at += 1;
    }
  }
  return units[at]!;
}
