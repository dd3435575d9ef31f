import type { BulkCase, RowLoader, SqlValue } from '../ports/case-handle.ts';
import { continuation } from './batch-rows.ts';

type Gathered = Readonly<Record<string, SqlValue[][]>>;

/** Loading starts when this many events have gathered, so that the disk works while the parser reads on. */
const LOAD_FROM = 2_000;
/** And the parser waits when this many loads are under way: memory stays flat, and threads are left for reading the file. */
const LOADS_AT_ONCE = 2;
const eventTables = ['volume', 'contact', 'flow', 'lookup'];

/** Stores the rows of a batch as they come. `volume` is shown each row of that table, in the order of their ids. */
export async function rowStore<T extends string>(
  write: BulkCase,
  columns: Readonly<Record<T, readonly string[]>>,
  volume: (row: readonly SqlValue[]) => void = () => {},
) {
  const tables = Object.keys(columns) as T[];
  const loaded = {} as Record<T, number>;
  const loaders = new Map<T, RowLoader>();
  for (const table of tables) {
    loaded[table] = 0;
    loaders.set(table, write.loader(table, columns[table]));
  }
  const underWay = new Set<Promise<void>>();
  let failure: unknown = null;

  function pack(table: T, gathered: SqlValue[][] | undefined): RowLoader {
    const loader = loaders.get(table)!;
    loaded[table] += gathered?.length ?? 0;
    const rows = gathered?.splice(0) ?? [];
    for (const row of rows) loader.add(row);
    if (table === 'volume') for (const row of rows) volume(row);
    return loader;
  }

  function store(loader: RowLoader): void {
    const work: Promise<void> = loader
      .store()
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
      const before = underWay.size;
      for (const table of tables.filter((one) => eventTables.includes(one))) {
        const loader = pack(table, gathered[table]);
        if (loader.waiting >= LOAD_FROM) store(loader);
      }
      return underWay.size > before ? settled(LOADS_AT_ONCE) : undefined;
    },
    async finish(gathered: Gathered, users: readonly SqlValue[][]): Promise<void> {
      for (const table of tables) store(pack(table, gathered[table]));
      for (const user of users) await write.run(`INSERT OR REPLACE INTO phone_user VALUES (?, ?, ?, ?)`, user);
      await settled(0);
    },
    loaded: (table: T): number => loaded[table],
  };
}
