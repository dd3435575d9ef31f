import { countBelow } from '../../../../shared/timeline/sorted-column.ts';
import type { EventFilter } from '../../../../shared/types/event.ts';
import type { LaneBy } from '../../../../shared/types/timeline.ts';
import type { ReadCase } from '../../ports/case-handle.ts';
import { contactLanes, type LaneContacts } from '../contact-lanes.ts';
import { contactCondition } from '../contacts.ts';
import type { Stretch } from './chunk-list.ts';
import { marksOfContacts } from './contact-chunk.ts';
import { type ContactTiledBy, countriesOf, peersOf } from './contact-series.ts';
import { MarkReader } from './mark-tile.ts';
import { type MarkChoice, Marks, mark } from './marks.ts';
import type { Rollups } from './rollups.ts';
import { TILE_STEPS } from './tile.ts';
import { joined, stepOf, Tiled } from './tiled.ts';
import { laneText } from './volume-bars.ts';
import type { LaneKey } from './volume-lanes.ts';

/** Up to about so many contacts a question is answered from the contacts themselves. */
const FEW_CONTACTS = 32_768;
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
}

/**
 * Contacts that overlap the window, by lane, as `contactLanes` tells them of the rows: from packed contacts where they are few or a filter is
 * set, from tiles where they are many; and from the rows where the case has no rollups of them.
 */
export async function drawnContacts(
  read: ReadCase,
  rollups: Rollups | null,
  question: ContactQuestion,
  stepUs: number,
  fewContacts = FEW_CONTACTS,
): Promise<LaneContacts[]> {
  const { by, fromUs, toUs, filter, lanes } = question;
  const contacts = (await rollups?.contacts()) ?? null;
  if (!contacts) return contactLanes(read, question, stepUs);
  if (contactCondition(filter).nothing) return [];
  const { series, packed } = contacts;
  const about = packed instanceof Tiled ? packed.list.about({ fromUs, toUs }) : packed.count;
  const through = await contacts.filtered(filter, about);
  if (through === 'rows') return contactLanes(read, question, stepUs);
  const keys = await series.texts(by);
  const only = lanes === undefined ? null : new Set(lanes);
  const wanted = Uint8Array.from(keys, (key) => Number(only === null || only.has(laneText(key))));
  const laneOf = Int32Array.from(await series.column(by));
  if (only !== null || through !== null) {
    for (let n = 0; n < laneOf.length; n += 1)
      if (wanted[laneOf[n]!] !== 1 || (through !== null && !through.has(n))) laneOf[n] = -1;
  }
  const choice: MarkChoice = {
    laneOf,
    peerOf: await peersOf(series),
    countryOf: await countriesOf(series),
    openOf: await series.column('open'),
    // What ends as the window begins overlaps it.
    fromUs: Math.ceil(fromUs) - 1,
    toUs,
    direction: filter.direction ?? null,
    minBytes: filter.minBytes ?? null,
  };
  const marks = new Marks(stepUs, keys.length);
  if (packed instanceof Tiled) {
    const plain = through === null && choice.direction === null && choice.minBytes === null;
    const by = plain && about > fewContacts ? await contacts.tilesOf(question.by) : null;
    await marksOf(packed, by, { fromUs, toUs }, choice, wanted, marks);
  } else marks.events(packed, 0, packed.count, choice);
  return told(marks, keys, await series.texts('peer'), await series.texts('place'));
}

/** Draws contacts of a window. `by`: the tiles that tell of them too; null: none do. */
async function marksOf(
  packed: Tiled<ContactTiledBy>,
  by: ContactTiledBy | null,
  { fromUs, toUs }: Stretch,
  choice: MarkChoice,
  wanted: Uint8Array,
  marks: Marks,
): Promise<void> {
  const level = by === null ? -1 : levelOf(marks.stepUs, toUs - fromUs);
  const all = { fromUs: Number.NEGATIVE_INFINITY, toUs };
  const ofContacts = (stretch: Stretch) =>
    marksOfContacts(packed.list, packed.chunkBytes, stretch, [{ bars: marks, choice }]);
  if (by === null || level < 0) {
    await ofContacts(all);
    return;
  }
  const step = stepOf(level);
  const middle = { fromUs: Math.ceil(fromUs / step) * step, toUs: Math.floor(toUs / step) * step };
  const cover = await packed.cover(by, level, middle);
  for (const stretch of joined([{ ...all, toUs: middle.fromUs }, ...cover.events, { fromUs: middle.toUs, toUs }]))
    await ofContacts(stretch);
  const parts = new Map(cover.tiles.map(({ id, part }) => [id, part]));
  const reader = new MarkReader();
  for await (const [id, bytes] of packed.tileBytes.of([...parts.keys()])) {
    const part = parts.get(id)!;
    reader.tile(bytes, wanted, (lane, columns, count) => {
      const from = columns[mark.from]!.subarray(0, count);
      marks.bars(lane, columns, countBelow(from, part.fromUs), countBelow(from, part.toUs));
    });
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

function told(
  marks: Marks,
  keys: readonly LaneKey[],
  peers: readonly LaneKey[],
  places: readonly LaneKey[],
): LaneContacts[] {
  return marks.lanes().map(({ lane, order }) => {
    const values = <T>(at: number, of: (value: number) => T): T[] => {
      const column = marks.columns[at]!;
      return Array.from(order, (one) => of(column[one]!));
    };
    const plain = (value: number) => value;
    const known = (value: number) => (value === 0 ? null : value - 1);
    const [from, to, count] = [values(mark.from, plain), values(mark.to, plain), values(mark.count, plain)];
    const [sent, received] = [values(mark.sent, known), values(mark.received, known)];
    const [open, error] = [values(mark.open, plain), values(mark.error, known)];
    return {
      lane: keys[lane]!,
      contacts: {
        from,
        to,
        count,
        first: values(mark.first, (id) => `c${id}`),
        peer: values(mark.peer, (peer) => (peer === 0 ? null : (peers[peer - 1] as string))),
        country: values(mark.country, (place) => (place < 2 ? null : (places[place - 2] as string))),
        ...((sent.some((bytes) => bytes !== null) || received.some((bytes) => bytes !== null)) && { sent, received }),
        ...(open.some((bits) => bits > 0) && { open }),
        ...(error.some((us) => us !== null) && { error }),
      },
      events: count.reduce((sum, one) => sum + one, 0),
      firstUs: from[0]!,
      lastUs: to.reduce((last, one) => Math.max(last, one)),
    };
  });
}
