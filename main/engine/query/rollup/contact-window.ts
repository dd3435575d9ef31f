import { countBelow } from '../../../../shared/timeline/sorted-column.ts';
import type { EventFilter } from '../../../../shared/types/event.ts';
import type { ContactColumns, LaneBy, LaneChoice } from '../../../../shared/types/timeline.ts';
import type { ReadCase } from '../../ports/case-handle.ts';
import { contactLanes } from '../contact-lanes.ts';
import { contactCondition } from '../contacts.ts';
import type { Stretch } from './chunk-list.ts';
import { marksOfContacts } from './contact-chunk.ts';
import type { ContactRollups } from './contact-rollups.ts';
import type { ContactTiledBy } from './contact-series.ts';
import { LaneTotals } from './lane-totals.ts';
import { markColumns } from './mark-columns.ts';
import { MarkReader } from './mark-tile.ts';
import { type MarkChoice, Marks, mark, type TakesContacts } from './marks.ts';
import type { Rollups } from './rollups.ts';
import { TILE_STEPS } from './tile.ts';
import { joined, stepOf, Tiled } from './tiled.ts';
import { type LaneKey, laneText } from './volume-lanes.ts';

/** Up to about so many contacts a question is answered from the contacts themselves. */
const UNTILED = 32_768;
/** Edges of a window are answered from contacts: a step of the tiles that are taken is no more than this part of the window. */
const EDGE_PART = 256;
/** A window is looked up in no more tiles. */
const MOST_TILES = 1024;

/** What is asked for. */
export interface ContactQuestion {
  readonly by: LaneBy;
  readonly fromUs: number;
  readonly toUs: number;
  readonly filter: EventFilter;
  /** Keys of the lanes that are wanted, as the window spells them; left out: all. */
  readonly lanes?: readonly string[] | undefined;
  /** Of more lanes than that the marks are not made before it is known which are told. */
  readonly first?: LaneChoice | undefined;
}

/** A lane that has contacts in the window: how many, the first start and the last end. */
export interface ContactLane {
  readonly lane: LaneKey;
  readonly events: number;
  readonly firstUs: number;
  readonly lastUs: number;
}

/** Contacts that overlap the window, by lane. */
export interface WindowContacts {
  readonly lanes: readonly ContactLane[];
  /** The marks of some of these lanes. */
  columns(lanes: readonly LaneKey[]): Promise<ReadonlyMap<LaneKey, ContactColumns>>;
}

/**
 * Contacts that overlap the window, by lane, with the marks that `contactLanes` tells of the rows: from packed contacts where they are few or a
 * filter is set, from tiles where they are many; and from the rows where the case has no rollups of them.
 */
export async function windowContacts(
  read: ReadCase,
  rollups: Rollups | null,
  question: ContactQuestion,
  stepUs: number,
  fewContacts = UNTILED,
): Promise<WindowContacts> {
  if (contactCondition(question.filter).nothing) return { lanes: [], columns: async () => new Map() };
  const contacts = (await rollups?.contacts()) ?? null;
  const drawing = contacts && (await Drawing.of(contacts, question, stepUs, fewContacts));
  if (drawing) return drawing.answer();
  const lanes = await contactLanes(read, question, stepUs);
  const byKey = new Map(lanes.map(({ lane, contacts: columns }) => [lane, columns]));
  return { lanes, columns: async () => byKey };
}

/** The step that contacts of a window are drawn with: as asked for, or where tiles tell of them the next power of two below it. */
export async function contactStep(rollups: Rollups, question: ContactQuestion, stepUs: number): Promise<number> {
  if (contactCondition(question.filter).nothing) return stepUs;
  const contacts = await rollups.contacts();
  const many = contacts?.packed instanceof Tiled && contacts.about(question) > UNTILED;
  return many ? 2 ** Math.floor(Math.log2(stepUs)) : stepUs;
}

/** Some lanes of all, numbered anew; `places`: by number among all lanes that among these, or -1. */
interface ChosenLanes {
  readonly keys: readonly LaneKey[];
  readonly places: Int32Array;
}

class Drawing {
  readonly #contacts: ContactRollups;
  readonly #question: ContactQuestion;
  readonly #stepUs: number;
  /** The tiles that tell of the contacts too; null: none do. */
  readonly #tiles: ContactTiledBy | null;
  /** The series that a filter lets through; null: all. */
  readonly #through: ReadonlySet<number> | null;

  private constructor(
    contacts: ContactRollups,
    question: ContactQuestion,
    stepUs: number,
    tiles: ContactTiledBy | null,
    through: ReadonlySet<number> | null,
  ) {
    this.#contacts = contacts;
    this.#question = question;
    this.#stepUs = stepUs;
    this.#tiles = tiles;
    this.#through = through;
  }

  /** Null where the rows answer sooner. */
  static async of(
    contacts: ContactRollups,
    question: ContactQuestion,
    stepUs: number,
    fewContacts: number,
  ): Promise<Drawing | null> {
    const { filter, by } = question;
    const about = contacts.about(question);
    const through = await contacts.filtered(filter, about);
    if (through === 'rows') return null;
    const plain = through === null && filter.direction === undefined && filter.minBytes === undefined;
    const tiles = plain && about > fewContacts ? await contacts.tilesOf(by) : null;
    return new Drawing(contacts, question, stepUs, tiles, through);
  }

  async answer(): Promise<WindowContacts> {
    const { lanes, first } = this.#question;
    const chosen = await this.#chosen(lanes);
    return first && lanes === undefined && chosen.keys.length > first.most ? this.#totals(chosen) : this.#marks(chosen);
  }

  /** Marks of all these lanes at once. */
  async #marks(chosen: ChosenLanes): Promise<WindowContacts> {
    const marks = new Marks(this.#stepUs, chosen.keys.length);
    await this.#draw(marks, chosen);
    const { series } = this.#contacts;
    const words = { peers: await series.texts('peer'), places: await series.texts('place') };
    const [from, to, count] = [marks.columns[mark.from]!, marks.columns[mark.to]!, marks.columns[mark.count]!];
    const orders = new Map<LaneKey, Int32Array>();
    const lanes = marks.lanes().map(({ lane, order }): ContactLane => {
      orders.set(chosen.keys[lane]!, order);
      let [events, lastUs] = [0, 0];
      for (const one of order) {
        events += count[one]!;
        lastUs = Math.max(lastUs, to[one]!);
      }
      return { lane: chosen.keys[lane]!, events, firstUs: from[order[0]!]!, lastUs };
    });
    const columns = async (keys: readonly LaneKey[]) => {
      const told = keys.flatMap((key) => {
        const order = orders.get(key);
        return order ? [[key, markColumns(marks, order, words)] as const] : [];
      });
      return new Map(told);
    };
    return { lanes, columns };
  }

  /** Of very many lanes the sums, and marks of those that are then asked for. */
  async #totals(chosen: ChosenLanes): Promise<WindowContacts> {
    const totals = new LaneTotals(chosen.keys.length);
    await this.#draw(totals, chosen);
    const lanes: ContactLane[] = [];
    for (const [n, lane] of chosen.keys.entries()) {
      const events = totals.count[n]!;
      if (events > 0) lanes.push({ lane, events, firstUs: totals.first[n]!, lastUs: totals.last[n]! });
    }
    const columns = async (keys: readonly LaneKey[]) => {
      const some = await this.#chosen(keys.map(laneText));
      return (await this.#marks(some)).columns(keys);
    };
    return { lanes, columns };
  }

  async #chosen(lanes: readonly string[] | undefined): Promise<ChosenLanes> {
    const { by } = this.#question;
    const keys = await this.#contacts.series.texts(by);
    const places = new Int32Array(keys.length);
    if (lanes === undefined) {
      for (let n = 0; n < places.length; n += 1) places[n] = n;
      return { keys, places };
    }
    const numbers = await this.#contacts.laneNumbers(by);
    const some = lanes.flatMap((text) => numbers.get(text) ?? []).sort((a, b) => a - b);
    places.fill(-1);
    for (const [n, number] of some.entries()) places[number] = n;
    return { keys: some.map((number) => keys[number]!), places };
  }

  async #draw(into: TakesContacts, { places }: ChosenLanes): Promise<void> {
    const { by, fromUs, toUs, filter } = this.#question;
    const { series, packed } = this.#contacts;
    const through = this.#through;
    const laneOf = (await series.column(by)).slice();
    for (let n = 0; n < laneOf.length; n += 1)
      laneOf[n] = through === null || through.has(n) ? places[laneOf[n]!]! : -1;
    const choice: MarkChoice = {
      laneOf,
      ...(await this.#contacts.alike()),
      // What ends as the window begins overlaps it.
      fromUs: Math.ceil(fromUs) - 1,
      toUs,
      direction: filter.direction ?? null,
      minBytes: filter.minBytes ?? null,
    };
    if (packed instanceof Tiled) await this.#drawPacked(packed, into, choice, places);
    else into.events(packed, 0, packed.count, choice);
  }

  async #drawPacked(
    packed: Tiled<ContactTiledBy>,
    into: TakesContacts,
    choice: MarkChoice,
    places: Int32Array,
  ): Promise<void> {
    const { fromUs, toUs } = this.#question;
    const level = this.#tiles === null ? -1 : levelOf(this.#stepUs, toUs - fromUs);
    const all = { fromUs: Number.NEGATIVE_INFINITY, toUs };
    const ofContacts = (stretch: Stretch) =>
      marksOfContacts(packed.list, packed.chunkBytes, stretch, [{ into, choice }]);
    if (this.#tiles === null || level < 0) {
      await ofContacts(all);
      return;
    }
    const step = stepOf(level);
    const middle = { fromUs: Math.ceil(fromUs / step) * step, toUs: Math.floor(toUs / step) * step };
    const cover = await packed.cover(this.#tiles, level, middle);
    for (const stretch of joined([{ ...all, toUs: middle.fromUs }, ...cover.events, { fromUs: middle.toUs, toUs }]))
      await ofContacts(stretch);
    const parts = new Map(cover.tiles.map(({ id, part }) => [id, part]));
    const reader = new MarkReader();
    for await (const [id, bytes] of packed.tileBytes.of([...parts.keys()])) {
      const part = parts.get(id)!;
      reader.tile(bytes, places, (lane, columns, count) => {
        const from = columns[mark.from]!.subarray(0, count);
        into.bars(places[lane]!, columns, countBelow(from, part.fromUs), countBelow(from, part.toUs));
      });
    }
  }
}

/**
 * The coarsest tiles whose marks lie whole in steps of a question, and whose steps are small against the window; -1: none, or too many of
 * them, as for a step that is an odd number.
 */
function levelOf(stepUs: number, span: number): number {
  let level = -1;
  while (stepUs % stepOf(level + 1) === 0 && stepOf(level + 1) <= span / EDGE_PART) level += 1;
  return span > stepOf(level) * TILE_STEPS * MOST_TILES ? -1 : level;
}
