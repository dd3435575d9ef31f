import { DAY, type Micros } from './time.ts';

/** A silence this long parts stray intervals (a phone's clock that stood wrong for a while) from a history. */
export const STRAY_GAP_US: Micros = 120 * DAY;

/** A part of a history is a stray when it holds less than a hundredth of its rows, or a handful and less than a tenth. */
function isStray(rows: number, total: number): boolean {
  return rows * 100 < total || (rows < 5 && rows * 10 < total);
}

/**
 * Which of `starts`, in time order, are the history itself: the index of its first and of its last one. Few rows that
 * lie far before it or far behind it are strays; two long parts with a long silence between them both belong to it.
 * Null where there is nothing.
 */
export function mainStretch(
  starts: readonly { readonly fromUs: Micros; readonly rows: number }[],
): { readonly first: number; readonly last: number } | null {
  const parts: { first: number; last: number; rows: number }[] = [];
  let total = 0;
  for (const [at, start] of starts.entries()) {
    const part = parts.at(-1);
    total += start.rows;
    if (part && start.fromUs - starts[part.last]!.fromUs < STRAY_GAP_US) {
      part.last = at;
      part.rows += start.rows;
    } else parts.push({ first: at, last: at, rows: start.rows });
  }
  const most = Math.max(...parts.map((part) => part.rows));
  const kept = parts.filter((part) => part.rows === most || !isStray(part.rows, total));
  const [first] = kept;
  return first ? { first: first.first, last: kept.at(-1)!.last } : null;
}
