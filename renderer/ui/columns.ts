import type { ReactNode } from 'react';

export interface Column<R> {
  readonly key: string;
  readonly title: string;
  /** What the column holds, in a sentence: shown on hovering the heading. */
  readonly hint?: string;
  /** Least width in rem, and how eagerly it grows (0: never). */
  readonly rem: number;
  readonly grow?: number;
  readonly number?: boolean;
  cell(row: R): ReactNode;
  /** Ascending order; without it the column cannot be sorted by. */
  readonly order?: (a: R, b: R) => number;
}

export interface Sorting {
  readonly by: string;
  readonly down: boolean;
}

/** Sorted copy of the rows; rows that the order calls equal keep their places. */
export function sorted<R>(rows: readonly R[], columns: readonly Column<R>[], sorting: Sorting): R[] {
  const order = columns.find((column) => column.key === sorting.by)?.order;
  if (!order) return [...rows];
  return [...rows].sort((a, b) => (sorting.down ? order(b, a) : order(a, b)));
}
