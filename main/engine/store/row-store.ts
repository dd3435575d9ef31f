import type { SqlValue, WriteCase } from '../ports/case-handle.ts';
import { continuation } from './batch-rows.ts';

type Gathered = Readonly<Record<string, SqlValue[][]>>;

/** Loading starts when this many events have gathered, so that the disk works while the parser reads on. */
const LOAD_FROM = 2_000;
/** And the parser waits when this many loads are under way: memory stays flat, and threads are left for reading the file. */
const LOADS_AT_ONCE = 2;
const eventTables = ['volume', 'contact', 'flow', 'lookup'] as const;

/** Stores the rows of a batch as they come. */
export async function rowStore<T extends string>(write: WriteCase, columns: Readonly<Record<T, readonly string[]>>) {
  const tables = Object.keys(columns) as T[];
  const loaded = {} as Record<T, number>;
  for (const table of tables) loaded[table] = 0;
  const underWay = new Set<Promise<void>>();
  let failure: unknown = null;

  function load(table: T, gathered: SqlValue[][]): void {
    if (gathered.length === 0) return;
    const rows = gathered.splice(0);
    loaded[table] += rows.length;
    const work: Promise<void> = write
      .load(table, columns[table], rows)
      .catch((error: unknown) => {
        failure ??= error;
      })
      .finally(() => underWay.delete(work));
    underWay.add(work);
  }

  async function settled(most: number): Promise<void> {
    while (underWay.size > most) await Promise.race(underWay);
    if (failure) throw failure;
  }

  return {
    continuation: await continuation(write, tables),
    /** Takes events that have gathered; other rows are few and wait for the end, where their last columns are known. */
    take(gathered: Gathered): Promise<void> | undefined {
      const full = eventTables.filter((table) => (gathered[table]?.length ?? 0) >= LOAD_FROM);
      if (full.length === 0) return undefined;
      for (const table of full) load(table as T, gathered[table]!);
      return settled(LOADS_AT_ONCE);
    },
    async finish(gathered: Gathered, users: readonly SqlValue[][]): Promise<void> {
      for (const table of tables) load(table, gathered[table] ?? []);
      for (const user of users) await write.run(`INSERT OR REPLACE INTO phone_user VALUES (?, ?, ?, ?)`, user);
      await settled(0);
    },
    loaded: (table: T): number => loaded[table],
  };
}
