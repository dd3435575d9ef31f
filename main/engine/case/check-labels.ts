import type { Lists } from '../enrich/lists.ts';
import type { StatementSource } from '../model/enricher.ts';
import type { ReadCase, Row, SqlValue } from '../ports/case-handle.ts';

/** Tables whose rows follow from the databases and lists too, not from the evidence alone. */
export const labelTables: ReadonlySet<string> = new Set(['source', 'address', 'host']);

/** How the labels of a case differ from those that this program makes, where the databases of the two differ. */
export interface LabelDifference {
  /** Sentences that name the databases. */
  readonly notes: readonly string[];
  /** Tables that differ in what databases of both said: no other database explains that. */
  readonly changed: ReadonlySet<string>;
}

interface SourceRow extends Row {
  readonly id: number;
  readonly key: string;
  readonly title: string;
  readonly date: string;
  readonly sha256: string;
  readonly shipped: number;
}

const PAGE = 10_000;
const nameOf = ({ key }: SourceRow) => key.split(' ')[0];
const identityOf = ({ key, sha256 }: { readonly key: string; readonly sha256: string }) => `${key} ${sha256}`;
const told = (sources: readonly SourceRow[]) =>
  sources.map(({ title, date, sha256 }) => `${title} of ${date} (SHA-256 ${sha256})`).join('; ');

/** Everything that this program could have asked, whether it had an answer or not. */
function sourcesOf(lists: Lists): ReadonlySet<string> {
  const { databases } = lists;
  const opened = [databases.cloudRegions, databases.locations, databases.registrations, databases.networks].flat();
  const all: StatementSource[] = opened.map(({ source }) => source);
  all.push(databases.hostRegions.source, lists.owners.source, lists.trackers.source, lists.catalogue.source);
  return new Set(all.map(identityOf));
}

/** The sources of one case file; `number` says which both have, the same number on both sides, or null. */
class Sources {
  readonly rows: readonly SourceRow[];
  readonly #shared = new Map<number, string>();

  constructor(rows: readonly SourceRow[], others: readonly SourceRow[]) {
    this.rows = rows;
    const known = new Set(others.map(identityOf));
    for (const row of rows) if (known.has(identityOf(row))) this.#shared.set(row.id, identityOf(row));
  }

  static read(read: ReadCase): Promise<SourceRow[]> {
    return read.all<SourceRow>('SELECT * FROM source ORDER BY id');
  }

  /** Of a source that both have; null: none, or one that the other side lacks. */
  shared(id: unknown): string | null {
    return this.#shared.get(id as number) ?? null;
  }

  isForeign(id: unknown): boolean {
    return id !== null && !this.#shared.has(id as number);
  }

  /** A row without its number, with the names of sources in place of theirs. */
  line(row: Row, columns: readonly string[]): string {
    const cells = Object.entries(row).map(([name, value]) => (columns.includes(name) ? this.shared(value) : value));
    return JSON.stringify(cells);
  }
}

const hostSources = ['owner_source', 'service_source', 'tracker_source'];

function hostsDiffer(a: readonly Row[], b: readonly Row[], [mine, other]: readonly [Sources, Sources]): boolean {
  return a.some((row, at) => {
    const beside = b[at];
    if (!beside || row.id !== beside.id || row.name !== beside.name || row.domain !== beside.domain) return true;
    const foreign =
      hostSources.some((column) => mine.isForeign(row[column])) ||
      hostSources.some((column) => other.isForeign(beside[column]));
    return !foreign && mine.line(row, hostSources) !== other.line(beside, hostSources);
  });
}

/** Whether what is shown of an address is what one of its sources said. */
function follows(row: Row, said: readonly Row[]): boolean {
  const from = (source: unknown) => said.filter((one) => one.source === source);
  const place = row.country === null || from(row.place_source).some(({ country }) => country === row.country);
  return place && (row.asn === null || from(row.network_source).some(({ asn }) => asn === row.asn));
}

const addressSources = ['place_source', 'network_source'];

/** The answers of sources as rows. What is no list of them has none, and differs from one that is. */
function answersOf(said: unknown): Row[] {
  let list: unknown;
  try {
    list = JSON.parse(String(said));
  } catch {
    return [];
  }
  if (!Array.isArray(list)) return [];
  return list.map((one: SqlValue[]) => {
    const [source = null, kind = null, country = null, region = null, asn = null, name = null] = one;
    return { source, kind, country, region, asn, name };
  });
}

class Addresses {
  readonly rows: readonly Row[];
  readonly #said: ReadonlyMap<unknown, readonly Row[]>;

  private constructor(rows: readonly Row[]) {
    this.rows = rows.map(({ said: _, ...row }) => row);
    this.#said = new Map(rows.map(({ id, said }) => [id, answersOf(said)]));
  }

  static async page(read: ReadCase, after: number): Promise<Addresses> {
    const between = [after, after + PAGE];
    const rows = await read.all('SELECT * FROM address WHERE id > ? AND id <= ? ORDER BY id', between);
    return new Addresses(rows);
  }

  of(row: Row): readonly Row[] {
    return this.#said.get(row.id) ?? [];
  }
}

function changedAddresses(
  a: Addresses,
  b: Addresses,
  [mine, other]: readonly [Sources, Sources],
  changed: Set<string>,
): void {
  if (a.rows.length !== b.rows.length) changed.add('address');
  for (const [at, row] of a.rows.entries()) {
    const beside = b.rows[at];
    if (!beside || row.id !== beside.id || row.ip !== beside.ip || row.scope !== beside.scope) {
      changed.add('address');
      continue;
    }
    const [said, follow] = [a.of(row), b.of(beside)];
    const lines = (rows: readonly Row[], of: Sources) =>
      rows
        .filter(({ source }) => !of.isForeign(source))
        .map((one) => of.line(one, ['source']))
        .sort()
        .join('\n');
    if (lines(said, mine) !== lines(follow, other)) changed.add('address');
    const foreign =
      said.some(({ source }) => mine.isForeign(source)) || follow.some(({ source }) => other.isForeign(source));
    const same = mine.line(row, addressSources) === other.line(beside, addressSources);
    if (foreign ? !follows(row, said) : !same) changed.add('address');
  }
}

/**
 * Where the databases that a case names differ from those of this program, says which, and which of the label tables differ beyond
 * what that explains: hosts and addresses themselves, what databases of both said, what is shown without a statement for it. Null
 * where the databases do not differ: then a difference of rows is one. `stands` is the case file, `fresh` what was derived anew.
 */
export async function compareLabels(stands: ReadCase, fresh: ReadCase, lists: Lists): Promise<LabelDifference | null> {
  const [rows, others] = [await Sources.read(stands), await Sources.read(fresh)];
  const [mine, other] = [new Sources(rows, others), new Sources(others, rows)];
  const absent = rows.filter(({ id }) => mine.isForeign(id));
  const more = others.filter(({ id }) => other.isForeign(id));
  if (absent.length + more.length === 0) return null;
  // A source that this program has and that says nothing here cannot have said it; one that ships is there, in one edition or another.
  const has = sourcesOf(lists);
  if (absent.some((one) => has.has(identityOf(one)))) return null;
  if (more.some((one) => one.shipped && !absent.some((elder) => nameOf(elder) === nameOf(one)))) return null;
  const notes: string[] = [];
  const unlike = 'Places, operators and owners that rest on them were not compared; all other figures were.';
  if (absent.length > 0)
    notes.push(`case.sqlite names databases and lists that this program does not have: ${told(absent)}. ${unlike}`);
  if (more.length > 0)
    notes.push(`This program has databases and lists that case.sqlite was derived without: ${told(more)}. ${unlike}`);
  const changed = new Set<string>();
  const shared = (list: readonly SourceRow[], of: Sources) =>
    list
      .filter(({ id }) => !of.isForeign(id))
      .map(({ id: _, ...row }) => JSON.stringify(row))
      .sort()
      .join('\n');
  if (shared(rows, mine) !== shared(others, other)) changed.add('source');
  const ends = async (table: string) => {
    const top = `SELECT max(id) id, count(*) n FROM ${table}`;
    const [a, b] = [await stands.get(top), await fresh.get(top)];
    if (a?.id !== b?.id || a?.n !== b?.n) changed.add(table);
    return Math.max(Number(a?.id ?? 0), Number(b?.id ?? 0));
  };
  const hosts = await ends('host');
  for (let after = 0; after < hosts && !changed.has('host'); after += PAGE) {
    const page = (read: ReadCase) =>
      read.all('SELECT * FROM host WHERE id > ? AND id <= ? ORDER BY id', [after, after + PAGE]);
    if (hostsDiffer(await page(stands), await page(fresh), [mine, other])) changed.add('host');
  }
  const addresses = await ends('address');
  for (let after = 0; after < addresses && !changed.has('address'); after += PAGE) {
    const [a, b] = [await Addresses.page(stands, after), await Addresses.page(fresh, after)];
    changedAddresses(a, b, [mine, other], changed);
  }
  return { notes, changed };
}
