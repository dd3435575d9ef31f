import type { DestinationRow } from '../../../shared/types/destination.ts';

/** Bytes both ways; null where no source tells any. */
export function bytesOf(rows: readonly DestinationRow[], way: 'sent' | 'received'): number | null {
  let sum: number | null = null;
  for (const row of rows) {
    const bytes = row[way];
    if (bytes !== null) sum = (sum ?? 0) + bytes;
  }
  return sum;
}
