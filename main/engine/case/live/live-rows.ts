import { isoOf } from '../../../../shared/base/time.ts';
import type { Lists } from '../../enrich/lists.ts';
import type { Evidence } from '../../model/evidence.ts';
import { columns } from '../../normalise/columns.ts';
import type { Contact } from '../../normalise/contacts.ts';
import type { Growth } from '../../normalise/counters.ts';
import { contactCells, growthCells, liveSeriesCells, liveSeriesKey } from '../../normalise/look-rows.ts';
import type { Stretch } from '../../normalise/looks.ts';
import { networkOfInterface } from '../../normalise/network.ts';
import { addressColumns } from '../../pipeline/label-addresses.ts';
import { sourceColumns } from '../../pipeline/statement-sources.ts';
import type { SqlValue } from '../../ports/case-handle.ts';
import { evidenceColumns } from '../../store/batch-rows.ts';
import type { CaseDatabase } from '../../store/case-database.ts';
import { LiveLabels } from './live-labels.ts';

/** Evidence that is still being written has no number yet: in the order of the list it comes last. */
const LAST = 1_000_000_000;

interface LiveSegment {
  readonly id: number;
  readonly step: string;
  readonly section: string;
  readonly name: string;
  readonly command: string;
  readonly file: string | null;
  readonly openedUs: number;
  evidence: Evidence | null;
}

/** What has changed since the last time that it was written, by table. */
type Changed = Map<string, Map<number | string, SqlValue[]>>;

/** The provisional rows of a live acquisition, on their way into the case file. */
export class LiveRows {
  readonly #database: CaseDatabase;
  readonly #batch: number;
  readonly #labels: LiveLabels;
  readonly #next: Record<string, number>;
  readonly #contacts = new Map<Contact, number>();
  readonly #spans = new Map<Stretch, number>();
  readonly #series = new Map<string, number>();
  readonly #networks: Map<string, number>;
  readonly #segments = new Map<number, LiveSegment>();
  #changed: Changed = new Map();
  /** Evidence rows that stood for a file that now has its number. */
  #named: string[] = [];

  private constructor(
    database: CaseDatabase,
    batch: number,
    labels: LiveLabels,
    next: Record<string, number>,
    networks: Map<string, number>,
  ) {
    this.#database = database;
    this.#batch = batch;
    this.#labels = labels;
    this.#next = next;
    this.#networks = networks;
  }

  /** Goes on behind what the case file holds. */
  static async behind(database: CaseDatabase, batch: number, lists: Lists): Promise<LiveRows> {
    const next: Record<string, number> = {};
    for (const table of ['section', 'contact', 'series', 'volume', 'network', 'coverage']) {
      next[table] = (await database.get<{ id: number | null }>(`SELECT max(id) id FROM ${table}`))?.id ?? 0;
    }
    const networks = await database.all<{ ident: string; id: number }>(`SELECT ident, id FROM network`);
    const labels = await LiveLabels.behind(database, lists);
    return new LiveRows(database, batch, labels, next, new Map(networks.map(({ ident, id }) => [ident, id])));
  }

  #number(table: string): number {
    this.#next[table] = (this.#next[table] ?? 0) + 1;
    return this.#next[table];
  }

  #set(table: string, id: number | string, cells: SqlValue[]): void {
    const rows = this.#changed.get(table) ?? new Map<number | string, SqlValue[]>();
    rows.set(id, cells);
    this.#changed.set(table, rows);
  }

  /** Makes the section of a segment that is being written; gives its number. */
  segment(about: Omit<LiveSegment, 'id' | 'evidence'>): number {
    const id = this.#number('section');
    const segment = { ...about, id, evidence: null };
    this.#segments.set(id, segment);
    this.#writeSegment(segment);
    return id;
  }

  /** The segment is evidence now. */
  kept(section: number, evidence: Evidence): void {
    const segment = this.#segments.get(section);
    if (!segment) return;
    segment.evidence = evidence;
    this.#named.push(openName(segment));
    this.#writeSegment(segment);
    this.#segments.delete(section);
  }

  #writeSegment(segment: LiveSegment): void {
    const { evidence } = segment;
    const id = evidence?.id ?? openName(segment);
    const artifact = segment.section === 'kernel counters' ? 'kernel-counters' : 'proc-net-sockets';
    this.#set('section', segment.id, [
      segment.id,
      id,
      segment.section,
      null,
      1,
      0,
      evidence?.bytes ?? 0,
      artifact,
      0,
      0,
      0,
    ]);
    const origin = { kind: 'command', step: segment.step, command: segment.command, stream: 'stdout', user: null };
    const opened = isoOf(segment.openedUs);
    this.#set('evidence', id, [
      id,
      evidence ? Number(evidence.id.slice(1)) : LAST + segment.id,
      this.#batch,
      evidence?.sha256 ?? segment.file ?? '',
      evidence?.bytes ?? 0,
      segment.name,
      JSON.stringify(evidence?.origin ?? origin),
      evidence?.state ?? 'interrupted',
      null,
      evidence?.hostBefore ?? opened,
      evidence?.hostAfter ?? opened,
      evidence?.offsetMs ?? null,
      evidence?.offsetErrorMs ?? null,
    ]);
  }

  contact(contact: Contact): void {
    let id = this.#contacts.get(contact);
    if (id === undefined) {
      id = this.#number('contact');
      this.#contacts.set(contact, id);
      this.#labels.met(contact.remoteIp, contact.fromUs);
    }
    this.#set('contact', id, [id, ...contactCells(contact)]);
    if (!contact.openEnd) this.#contacts.delete(contact);
  }

  growth(section: number, growth: Growth): void {
    const key = `${section}|${liveSeriesKey(growth)}`;
    let series = this.#series.get(key);
    if (series === undefined) {
      series = this.#number('series');
      this.#series.set(key, series);
      const network = this.#network(growth.iface);
      this.#set('series', series, [series, liveSeriesKey(growth), ...liveSeriesCells(section, network, growth)]);
    }
    const id = this.#number('volume');
    this.#set('volume', id, [id, series, ...growthCells(growth)]);
  }

  #network(iface: string | null): number {
    const network = networkOfInterface(iface);
    const known = this.#networks.get(network.ident);
    if (known !== undefined) return known;
    const id = this.#number('network');
    this.#networks.set(network.ident, id);
    const { ident, key, type, name } = network;
    const said = JSON.stringify(iface);
    this.#set('network', id, [id, ident, key, type, name, null, null, null, null, network.vpn ? 1 : 0, null, said]);
    return id;
  }

  watched(source: string, stretch: Stretch): void {
    if (stretch.looks < 2) return;
    let id = this.#spans.get(stretch);
    if (id === undefined) {
      id = this.#number('coverage');
      this.#spans.set(stretch, id);
    }
    const segment = this.#segments.get(stretch.section);
    const evidence = segment ? openName(segment) : '';
    this.#set('coverage', id, [id, source, stretch.fromUs, stretch.toUs, evidence]);
  }

  /** Writes what has changed, all of it or nothing; what could not be written is tried again the next time. */
  async write(): Promise<void> {
    for (const [table, rows] of Object.entries(await this.#labels.take()))
      for (const row of rows) this.#set(table, row[0] as number, row);
    const changed = this.#changed;
    const named = this.#named;
    if (changed.size === 0 && named.length === 0) return;
    this.#changed = new Map();
    this.#named = [];
    try {
      await this.#database.transaction(async () => {
        for (const [table, rows] of changed) await this.#put(table, [...rows.values()]);
        if (named.length > 0) {
          await this.#database.run(`DELETE FROM evidence WHERE id IN (SELECT value FROM json_each(?))`, [
            JSON.stringify(named),
          ]);
        }
      });
    } catch (error) {
      for (const [table, rows] of changed) {
        const newer = this.#changed.get(table) ?? new Map();
        this.#changed.set(table, new Map([...rows, ...newer]));
      }
      this.#named.unshift(...named);
      throw error;
    }
  }

  async #put(table: string, rows: readonly SqlValue[][]): Promise<void> {
    const names = tableColumns[table];
    if (!names || rows.length === 0) return;
    const picked = names.map((_, at) => `value->>${at}`).join(',');
    await this.#database.run(
      `INSERT OR REPLACE INTO ${table} (${names.join(',')}) SELECT ${picked} FROM json_each(?)`,
      [JSON.stringify(rows)],
    );
  }
}

/** What stands for the number of evidence that is being written. */
const openName = ({ id, step }: LiveSegment): string => `${step} (${id})`;

const tableColumns: Readonly<Record<string, readonly string[]>> = {
  section: columns.section,
  contact: columns.contact,
  series: columns.series,
  volume: columns.volume,
  network: columns.network,
  coverage: ['id', 'source', 'from_us', 'to_us', 'evidence'],
  evidence: evidenceColumns,
  source: sourceColumns,
  address: addressColumns,
};
