import type { ReadCase } from '../../ports/case-handle.ts';

/** Ids that are asked for at once. */
export const PAGE = 4000;

/** A page of events as it was read, column by column. What was not told is null, and stands as 0. */
export interface EventPage {
  readonly id: ArrayLike<number>;
  readonly series: ArrayLike<number>;
  readonly from: ArrayLike<number>;
  readonly length: ArrayLike<number>;
  readonly sent: ArrayLike<number | null>;
  readonly received: ArrayLike<number | null>;
  /** How far the ends of an event may lie off. */
  readonly error: ArrayLike<number>;
}

/** What a question about one page answers, in the order of ids (`?1`: the id before the first); the next is read while one is worked on. */
export async function* pagesOf<T>(read: ReadCase, table: 'contact' | 'lookup', sql: string): AsyncGenerator<T> {
  const last = (await read.get<{ id: number | null }>(`SELECT max(id) id FROM ${table}`))?.id ?? 0;
  const ask = (after: number) => read.get<{ page: string }>(sql, [after]);
  let next = ask(0);
  for (let after = 0; after < last; after += PAGE) {
    const page = JSON.parse((await next)!.page) as T;
    if (after + PAGE < last) next = ask(after + PAGE);
    // Its fault is met when it is waited for, where somebody still does.
    next.catch(() => {});
    yield page;
  }
}
