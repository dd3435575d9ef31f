import type { LaneBy } from '../../../../shared/types/timeline.ts';
import type { ReadCase } from '../../ports/case-handle.ts';
import { contactLaneColumns, peerText } from '../contact-lanes.ts';
import { contactTablesFor } from '../contacts.ts';
import { IntegerIndex } from './integer-index.ts';
import { TupleIndex } from './tuple-index.ts';
import type { LaneKey } from './volume-lanes.ts';

/** Kinds of lanes that contacts stand on, in the order in which their numbers are kept. */
export const contactLaneKinds = [
  'app',
  'network',
  'service',
  'country',
  'organisation',
  'host',
] as const satisfies readonly LaneBy[];

/** By what tiles of contacts have lanes; 'none': of a kind that has a single lane, whatever its key. */
export type ContactTiledBy = LaneBy | 'none';

/** What is kept of each series as a number. 'contact': one of its contacts; 'open': bits. The others count texts of the same name. */
export const seriesColumns = [...contactLaneKinds, 'peer', 'place', 'contact', 'open'] as const;
export type SeriesColumn = (typeof seriesColumns)[number];
/** What is kept as texts. 'place': countries, of which `country` has the lanes. */
export const seriesTexts = [...contactLaneKinds, 'peer', 'place'] as const satisfies readonly SeriesColumn[];
export type SeriesText = (typeof seriesTexts)[number];

/** What contacts of a series have in common, by the number of the series; and what the numbers stand for: keys of lanes, peers, countries. */
export interface ContactSeries {
  column(name: SeriesColumn): Promise<Float64Array>;
  texts(name: SeriesText): Promise<readonly LaneKey[]>;
}

/** What is asked of one contact of each series, in the order of `seriesTexts`. */
const told = [...contactLaneKinds.map((by) => contactLaneColumns[by]), peerText, 'ad.country'];
const TOLD = `SELECT json_array(${told.map((one) => `json_group_array(${one})`).join(', ')}) page
  FROM json_each(?) one CROSS JOIN ${contactTablesFor(told.join(' '))} WHERE c.id = one.value`;
/** Texts of a row. */
export const TEXTS = 4096;
/** Contacts that are asked at once. */
const PAGE = 4096;
/** So many series at most: of more, each contact is nearly one of its own, and nothing is won. */
export const MOST_SERIES = 2 ** 18;

/** Contacts cannot be packed: numbers that no source tells, or too many series. Such a case is asked of its rows. */
export class Unfit extends Error {}

const NO_NETWORK = 4;
const isFit = (value: number | null) => value === null || (value >= 0 && value < 2 ** 31);

/** What contacts of a series have in common beside their address. `contact`: one of them. */
export interface End {
  readonly contact: number;
  /** The network, or -1, times four, and a bit each where it was open at the first and at the last look. */
  readonly networkOpen: number;
  readonly uid: number | null;
  readonly port: number | null;
  readonly host: string | null;
  /** How the host is known. */
  readonly way: string | null;
  /** The name that others give. */
  readonly name: string | null;
}

const isSame = (a: Omit<End, 'contact'>, b: Omit<End, 'contact'>) =>
  a.networkOpen === b.networkOpen &&
  a.uid === b.uid &&
  a.port === b.port &&
  a.way === b.way &&
  a.name === b.name &&
  a.host === b.host;

/** Values by number, in the order in which they came. */
export class Numbered<T> {
  readonly #numbers = new Map<T, number>();

  of(value: T): number {
    const known = this.#numbers.get(value);
    if (known !== undefined) return known;
    this.#numbers.set(value, this.#numbers.size);
    return this.#numbers.size - 1;
  }

  get values(): T[] {
    return [...this.#numbers.keys()];
  }
}

/** Addresses by number. Those of four numbers are looked up as one number: far sooner than as a text. */
class Addresses {
  readonly #short = new IntegerIndex();
  readonly #long = new Numbered<string>();

  of(text: string): number {
    const four = fourNumbers(text);
    return four === null ? 2 * this.#long.of(text) + 1 : 2 * this.#short.of(four);
  }
}

const [DOT, ZERO] = [46, 48];

/** An address of IPv4 as a number of 32 bits; null where the text is not how such a one is always written. */
function fourNumbers(text: string): number | null {
  let whole = 0;
  let part = -1;
  let dots = 0;
  for (let i = 0; i < text.length; i += 1) {
    const digit = text.charCodeAt(i) - ZERO;
    if (digit === DOT - ZERO && part >= 0 && dots < 3) {
      whole = (whole << 8) | part;
      part = -1;
      dots += 1;
    } else {
      if (digit < 0 || digit > 9 || part === 0) return null;
      part = part < 0 ? digit : part * 10 + digit;
      if (part > 255) return null;
    }
  }
  return dots === 3 && part >= 0 ? (whole << 8) | part : null;
}

/**
 * Contacts that have all in common but time, bytes and error are a series: app, network, address, port, host and how it is known, the name that
 * others give, and whether it was open at the first and the last look. This numbers them while contacts are read.
 */
export class GatheredSeries {
  #index = new TupleIndex();
  #addresses = new Addresses();
  #hosts = new Numbered<string | null>();
  readonly #ways = new Numbered<string | null>();
  readonly #names = new Numbered<string | null>();
  /** By address: the series that was last met. Mostly it is the next one too, which is then told without looking up its name. */
  #latest: number[] = [];
  /** By series. */
  #ends: End[] = [];

  /** The series of a contact. */
  of(contact: number, address: string, end: Omit<End, 'contact'>): number {
    const at = this.#addresses.of(address);
    const latest = this.#latest[at];
    if (latest !== undefined && isSame(this.#ends[latest]!, end)) return latest;
    const { networkOpen, uid, port, host, way, name } = end;
    const fit = isFit(uid) && isFit(port) && isFit(networkOpen + NO_NETWORK);
    if (!fit) throw new Unfit('numbers of no uid, port or network');
    const [ofHost, ofWay, ofName] = [this.#hosts.of(host), this.#ways.of(way), this.#names.of(name)];
    const series = this.#index.of(networkOpen, uid ?? -1, at, port ?? -1, ofHost, ofWay, ofName);
    this.#latest[at] = series;
    if (series < this.#ends.length) return series;
    if (series === MOST_SERIES) throw new Unfit('too many series');
    this.#ends.push({ contact, networkOpen, uid, port, host, way, name });
    return series;
  }

  /** There may be many of each, and memory is needed for what comes next. */
  #forget(): void {
    this.#index = new TupleIndex();
    this.#addresses = new Addresses();
    this.#hosts = new Numbered();
    this.#latest = [];
    this.#ends = [];
  }

  /** What the series have in common, asked of one contact of each. Nothing may be added afterwards. */
  async told(read: ReadCase): Promise<ToldSeries> {
    const contacts = this.#ends.map(({ contact }) => contact);
    const open = Float64Array.from(this.#ends, ({ networkOpen }) => networkOpen & 3);
    this.#forget();
    const numbered = seriesTexts.map(() => new Numbered<LaneKey>());
    const columns = seriesTexts.map(() => new Float64Array(contacts.length));
    for (let at = 0; at < contacts.length; at += PAGE) {
      const ids = contacts.slice(at, at + PAGE);
      const page = JSON.parse((await read.get<{ page: string }>(TOLD, [JSON.stringify(ids)]))!.page) as LaneKey[][];
      for (const [n, values] of page.entries()) {
        const [numbers, column] = [numbered[n]!, columns[n]!];
        for (let i = 0; i < values.length; i += 1) column[at + i] = numbers.of(values[i]!);
      }
    }
    const byName = new Map<SeriesColumn, Float64Array>(seriesTexts.map((name, n) => [name, columns[n]!]));
    byName.set('contact', Float64Array.from(contacts));
    byName.set('open', open);
    return new ToldSeries(byName, new Map(seriesTexts.map((name, n) => [name, numbered[n]!.values])));
  }
}

/** Series in memory. */
export class ToldSeries implements ContactSeries {
  readonly columns: ReadonlyMap<SeriesColumn, Float64Array>;
  readonly lists: ReadonlyMap<SeriesText, readonly LaneKey[]>;

  constructor(columns: ReadonlyMap<SeriesColumn, Float64Array>, lists: ReadonlyMap<SeriesText, readonly LaneKey[]>) {
    this.columns = columns;
    this.lists = lists;
  }

  async column(name: SeriesColumn): Promise<Float64Array> {
    return this.columns.get(name)!;
  }

  async texts(name: SeriesText): Promise<readonly LaneKey[]> {
    return this.lists.get(name)!;
  }
}

/** By series, as marks tell it: the peer's number and 1. */
export const peersOf = async (series: ContactSeries): Promise<Float64Array> =>
  (await series.column('peer')).map((peer) => peer + 1);

/** By series, as marks tell it: the country's number and 2; 0 stands for one that is not known. */
export async function countriesOf(series: ContactSeries): Promise<Float64Array> {
  const places = await series.texts('place');
  return (await series.column('place')).map((place) => (places[place] === null ? 0 : place + 2));
}
