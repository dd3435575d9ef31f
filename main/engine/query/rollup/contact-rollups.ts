import type { EventFilter } from '../../../../shared/types/event.ts';
import type { LaneBy } from '../../../../shared/types/timeline.ts';
import type { ReadCase } from '../../ports/case-handle.ts';
import { contactCondition, contactTablesFor } from '../contacts.ts';
import type { Stretch } from './chunk-list.ts';
import { contactPages } from './contact-pages.ts';
import {
  type ContactSeries,
  type ContactTiledBy,
  countriesOf,
  GatheredSeries,
  peersOf,
  type SeriesColumn,
  type SeriesText,
  Unfit,
} from './contact-series.ts';
import { columnsOf, type EventChunk, emptyChunk } from './event-chunk.ts';
import type { MarkChoice } from './marks.ts';
import { NarrowColumns } from './narrow-columns.ts';
import { chunkList, Tiled } from './tiled.ts';
import { type LaneKey, laneText } from './volume-lanes.ts';

/** Up to so many contacts are not packed in the case: whoever asks for them holds them in memory. */
export const FEW_CONTACTS = 100_000;

/** Series as they are kept in the case, each column read once it is asked for. */
class KeptSeries implements ContactSeries {
  readonly #read: ReadCase;
  readonly #columns = new Map<SeriesColumn, Promise<Float64Array>>();
  readonly #texts = new Map<SeriesText, Promise<readonly LaneKey[]>>();

  constructor(read: ReadCase) {
    this.#read = read;
  }

  #parts(name: string): Promise<{ data: Uint8Array }[]> {
    return this.#read.all(`SELECT data FROM rollup_column WHERE kind = 'contact' AND name = ? ORDER BY part`, [name]);
  }

  async #readColumn(name: SeriesColumn): Promise<Float64Array> {
    const packed = new NarrowColumns((await this.#parts(`of ${name}`))[0]?.data ?? new Uint8Array());
    const column = new Float64Array(packed.count);
    packed.read(0, column);
    return column;
  }

  async #readTexts(name: SeriesText): Promise<readonly LaneKey[]> {
    const decoder = new TextDecoder();
    return (await this.#parts(name)).flatMap(({ data }) => JSON.parse(decoder.decode(data)) as LaneKey[]);
  }

  column(name: SeriesColumn): Promise<Float64Array> {
    const known = this.#columns.get(name) ?? this.#readColumn(name);
    this.#columns.set(name, known);
    return known;
  }

  texts(name: SeriesText): Promise<readonly LaneKey[]> {
    const known = this.#texts.get(name) ?? this.#readTexts(name);
    this.#texts.set(name, known);
    return known;
  }
}

async function alikeOf(series: ContactSeries) {
  return {
    peerOf: await peersOf(series),
    countryOf: await countriesOf(series),
    openOf: await series.column('open'),
  };
}

/** The rollups of the contacts of one case as they stood when they were opened. */
export class ContactRollups {
  readonly #read: ReadCase;
  readonly series: ContactSeries;
  /** All contacts, where they are few; else chunks and tiles of them. */
  readonly packed: EventChunk | Tiled<ContactTiledBy>;
  readonly #numbers = new Map<LaneBy, Promise<ReadonlyMap<string, number>>>();
  #alike: ReturnType<typeof alikeOf> | undefined;
  /** The last filter, and the series that it lets through. */
  #filtered: { readonly filter: string; readonly series: ReadonlySet<number> } | undefined;

  private constructor(read: ReadCase, series: ContactSeries, packed: EventChunk | Tiled<ContactTiledBy>) {
    this.#read = read;
    this.series = series;
    this.packed = packed;
  }

  /** Null where the case has none: they cannot be packed. */
  static async open(read: ReadCase, tileEvents: number): Promise<ContactRollups | null> {
    const known = await read.get<{ value: string }>(`SELECT value FROM rollup WHERE key = 'contact'`);
    if (!known) return null;
    if (known.value === 'few') return ContactRollups.#few(read);
    const list = await chunkList(read, 'contact');
    return new ContactRollups(read, new KeptSeries(read), new Tiled(read, 'contact', list, tileEvents));
  }

  static async #few(read: ReadCase): Promise<ContactRollups | null> {
    const gathered = new GatheredSeries();
    const { n: count } = (await read.get<{ n: number }>('SELECT count(*) n FROM contact'))!;
    const all = emptyChunk(count);
    const columns = columnsOf(all);
    try {
      for await (const { id, series, from, length, sent, received, error } of contactPages(read, gathered)) {
        for (const [n, column] of [from, length, series, sent, received, id, error].entries()) {
          const into = columns[n]!;
          for (let i = 0; i < column.length; i += 1) into[all.count + i] = column[i] ?? 0;
        }
        all.count += id.length;
      }
    } catch (error) {
      if (error instanceof Unfit) return null;
      throw error;
    }
    return new ContactRollups(read, await gathered.told(read), all);
  }

  /** About how many contacts start in a stretch. */
  about(stretch: Stretch): number {
    return this.packed instanceof Tiled ? this.packed.list.about(stretch) : this.packed.count;
  }

  /** The number of each lane by its key as the window spells it. */
  laneNumbers(by: LaneBy): Promise<ReadonlyMap<string, number>> {
    const known =
      this.#numbers.get(by) ?? this.series.texts(by).then((keys) => new Map(keys.map((key, n) => [laneText(key), n])));
    this.#numbers.set(by, known);
    return known;
  }

  /** What marks need of series, whatever is asked. */
  alike(): Promise<Pick<MarkChoice, 'peerOf' | 'countryOf' | 'openOf'>> {
    this.#alike ??= alikeOf(this.series);
    return this.#alike;
  }

  /** The tiles that answer for lanes of a kind. */
  async tilesOf(by: LaneBy): Promise<ContactTiledBy> {
    return (await this.series.texts(by)).length === 1 ? 'none' : by;
  }

  /**
   * The series that a filter lets through, as far as it asks for what all contacts of a series have alike; null: all of them. 'rows': more
   * series would be asked than the contacts that it is about.
   */
  async filtered(filter: EventFilter, contacts: number): Promise<ReadonlySet<number> | null | 'rows'> {
    const { fromUs: _from, toUs: _to, direction: _direction, minBytes: _bytes, ...rest } = filter;
    const { sql, params } = contactCondition(rest);
    if (sql === '') return null;
    const asked = JSON.stringify([sql, params]);
    if (this.#filtered?.filter === asked) return this.#filtered.series;
    const one = await this.series.column('contact');
    if (one.length > contacts) return 'rows';
    const found = await this.#read.all<{ id: number }>(
      `SELECT c.id FROM ${contactTablesFor(sql)} WHERE c.id IN (SELECT value FROM json_each(?))${sql}`,
      [JSON.stringify(Array.from(one)), ...params],
    );
    const through = new Set(found.map(({ id }) => id));
    const series = new Set<number>();
    for (const [n, contact] of one.entries()) if (through.has(contact)) series.add(n);
    this.#filtered = { filter: asked, series };
    return series;
  }
}
