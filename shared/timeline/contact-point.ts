import type { Micros } from '../base/time.ts';
import { type Contact, type ContactSeries, contactAt } from './contact-data.ts';
import { type ContactMark, edgesOf, layOutContacts, type Rail, railBox, railOfRow } from './contact-rail.ts';
import type { Drawn } from './drawn.ts';
import { bytesInFull, durationText, groupedNumber, humanBytes, rangeInFull, timeInFull } from './formats.ts';
import type { Row } from './lane-layout.ts';
import { lookUpsIn } from './look-up-data.ts';
import { dataAt, laneOf } from './picture.ts';
import type { ReadOut } from './read-out.ts';
import type { TimeScale } from './time-scale.ts';
import type { Zone } from './zones.ts';

/** A mark of a lane's rail, under the pointer or where the keyboard stands. */
export interface PointedContact {
  readonly key: string;
  /** From when the first was seen first until when the last was seen last. */
  readonly fromUs: Micros;
  readonly toUs: Micros;
  /** What of that the mark is drawn over. */
  readonly drawn: { readonly fromUs: Micros; readonly toUs: Micros };
  /** Contacts behind the mark, and the entries of it that are known one by one. */
  readonly count: number;
  readonly entries: readonly Contact[];
  /** The event for a click. */
  readonly top: string;
  readonly track: number;
  /** The entries are look-ups: `peer` is what was asked for. */
  readonly lookUps?: true;
}

/** How near a pointer must come to a mark, CSS pixels. */
const REACH = 3;

/** Which track of the row's rail lies at a height (pixels from the lanes' top); null above the rail. */
export function trackAt(row: Row, ofLanes: Rail, y: number): number | null {
  const rail = railOfRow(row, ofLanes);
  if (rail.tracks === 0) return null;
  const foot = railBox(row.y, row.height, rail);
  if (y < foot.y) return null;
  return Math.min(rail.tracks - 1, Math.max(0, Math.floor((y - foot.y) / foot.track)));
}

/** The mark at a pixel of a rail: the one of the track under the pointer before those of other tracks. */
export function pointContact(
  drawn: Drawn,
  key: string,
  scale: TimeScale,
  rail: Rail,
  unit: number,
  x: number,
  track: number,
): PointedContact | null {
  const us = scale.us(x);
  const series = dataAt(drawn, us).contacts(key);
  if (!series) return null;
  let best: { mark: ContactMark; far: number } | null = null;
  for (const mark of layOutContacts(series, scale.pxPerUs, rail.tracks, unit)) {
    const [from, to] = edgesOf(mark, scale.x, unit);
    const beside = x < from ? from - x : x > to ? x - to : 0;
    if (beside > REACH * unit) continue;
    const far = beside + Math.abs(mark.track - track) * 4 * REACH * unit;
    if (!best || far < best.far) best = { mark, far };
  }
  return best ? pointed(series, key, best.mark, us) : pointLookUps(series, key, scale, unit, us, rail.tracks - 1);
}

/** Look-ups within reach of an instant, where no contact is; null where none are. */
function pointLookUps(
  { lookUps }: ContactSeries,
  key: string,
  scale: TimeScale,
  unit: number,
  us: Micros,
  track: number,
): PointedContact | null {
  if (!lookUps) return null;
  const reach = (REACH * unit) / scale.pxPerUs;
  const [low, high] = lookUpsIn(lookUps, us - reach, us + reach);
  if (low >= high) return null;
  const { at, columns } = lookUps;
  const entries = Array.from({ length: high - low }, (_, n): Contact => {
    const i = low + n;
    const [fromUs, toUs] = [at[i]!, at[i]!];
    const peer = columns.name[i] ?? null;
    return {
      fromUs,
      toUs,
      count: columns.count[i]!,
      first: columns.first[i]!,
      peer,
      country: null,
      sent: null,
      received: null,
    };
  });
  const nearest = entries.reduce((best, one) => (Math.abs(one.fromUs - us) < Math.abs(best.fromUs - us) ? one : best));
  const [fromUs, toUs] = [at[low]!, at[high - 1]!];
  const count = entries.reduce((sum, one) => sum + one.count, 0);
  return { key, fromUs, toUs, drawn: { fromUs, toUs }, count, entries, top: nearest.first, track, lookUps: true };
}

/** The one contact whose click opens `event`, also where others share its mark; null where this answer does not have it. */
export function contactOf(
  drawn: Drawn,
  key: string,
  scale: TimeScale,
  rail: Rail,
  unit: number,
  event: string,
  us: Micros,
): PointedContact | null {
  const series = dataAt(drawn, us).contacts(key);
  if (!series) return null;
  const mark = layOutContacts(series, scale.pxPerUs, rail.tracks, unit).find((one) =>
    one.entries.some((i) => series.columns.first[i] === event),
  );
  if (!mark) return null;
  const entry = contactAt(series, series.columns.first.indexOf(event));
  const { fromUs, toUs, count } = entry;
  return { key, fromUs, toUs, drawn: entry, count, entries: [entry], top: event, track: mark.track };
}

function pointed(series: ContactSeries, key: string, mark: ContactMark, us: Micros): PointedContact {
  const { fromUs, lastUs: toUs, count, track } = mark;
  const entries = mark.entries.map((i) => contactAt(series, i));
  const away = (one: Contact) => Math.max(one.fromUs - us, us - one.toUs, 0);
  const nearest = entries.reduce((best, one) => (away(one) < away(best) ? one : best));
  return { key, fromUs, toUs, drawn: mark, count, entries, top: nearest.first, track };
}

const NAMED = 6;

/** Words for a mark: the peers, when they were seen first and last, how many. */
export function contactReadOut(drawn: Drawn, at: PointedContact, zone: Zone): ReadOut {
  const lane = laneOf(drawn, at.key);
  const detail =
    [lane?.service, lane?.detail].find((words) => words && words !== lane?.name && words !== lane?.key) ?? null;
  const head = { title: lane?.name ?? at.key, detail };
  if (at.lookUps) return { ...head, ...lookUpLines(at, zone) };
  const one = at.entries.length === 1 ? at.entries[0]! : null;
  if (one && one.count === 1) {
    return {
      ...head,
      when: seenText(one, zone),
      lines: [
        { tone: 'contact', label: 'contact', value: one.peer ?? 'address not known', split: '' },
        ...(one.country === null ? [] : [{ tone: 'plain' as const, label: 'country', value: one.country, split: '' }]),
        ...bytesLines(one),
        ...endLines(one),
      ],
      // The clock of a capture may stand elsewhere than the phone's: marks are not moved, the event says what is known of it.
      note:
        one.sent === null && one.received === null
          ? '1 contact · click opens it'
          : '1 contact, by the clock of its capture · click opens it',
    };
  }
  const shown = at.entries.slice(0, NAMED);
  const more = at.entries.length - shown.length;
  return {
    ...head,
    when: seenText(at, zone),
    lines: shown.map((entry) => ({
      tone: 'contact' as const,
      label: entry.country ?? '',
      value: entry.count > 1 ? severalText(entry) : (entry.peer ?? 'address not known'),
      split: [at.entries.length === 1 ? '' : seenText(entry, zone), bytesText(entry)].filter(Boolean).join(' · '),
    })),
    note: `${groupedNumber(at.count)} contacts share this place${more > 0 ? `, ${groupedNumber(more)} of them not listed` : ''} · click opens the nearest; zoom in to tell them apart`,
  };
}

/** Names that were asked for at a place. A question and its answer are two. */
function lookUpLines(at: PointedContact, zone: Zone): Pick<ReadOut, 'when' | 'lines' | 'note'> {
  const names = [...new Set(at.entries.map((entry) => entry.peer ?? 'several names'))];
  const more = names.length - NAMED;
  const several = at.toUs > at.fromUs ? rangeInFull(at.fromUs, at.toUs, zone) : timeInFull(at.fromUs, zone);
  return {
    when: `looked up: ${several}`,
    lines: names.slice(0, NAMED).map((name) => ({ tone: 'contact', label: 'look-up', value: name, split: '' })),
    note: `${groupedNumber(at.count)} ${at.count === 1 ? 'question or answer' : 'questions and answers'} about names${more > 0 ? `, ${groupedNumber(more)} names not listed` : ''} · click opens the nearest`,
  };
}

/** Bytes of captured frames; a contact whose source counts none is not said to have none. */
function bytesLines({ sent, received }: Contact): ReadOut['lines'] {
  if (sent === null && received === null) return [];
  const full = (bytes: number | null) => (bytes === null ? 'not known' : bytesInFull(bytes));
  return [
    { tone: 'sent', label: '↑ sent', value: full(sent), split: 'captured' },
    { tone: 'received', label: '↓ received', value: full(received), split: 'captured' },
  ];
}

/** What is not known of its ends, and how far the clock behind them may be off. */
function endLines({ openStart, openEnd, errorUs }: Contact): ReadOut['lines'] {
  const plain = (label: string, value: string) => ({ tone: 'plain' as const, label, value, split: '' });
  return [
    ...(openStart ? [plain('began', 'not known: it was there at the first look')] : []),
    ...(openEnd ? [plain('ended', 'not known: it was there at the last look')] : []),
    ...(errorUs === undefined || errorUs === 0 ? [] : [plain('times', `± ${durationText(errorUs)}`)]),
  ];
}

function bytesText({ sent, received }: Contact): string {
  if (sent === null && received === null) return '';
  const short = (bytes: number | null) => (bytes === null ? 'not known' : humanBytes(bytes));
  return `↑ ${short(sent)} ↓ ${short(received)}`;
}

function severalText(entry: Contact): string {
  const several = `${groupedNumber(entry.count)} contacts`;
  return entry.peer === null ? `${several} with several addresses` : `${several} with ${entry.peer}`;
}

/** When it was seen: at one look, or at the first and the last. */
export function seenText(one: { readonly fromUs: Micros; readonly toUs: Micros }, zone: Zone): string {
  const second = (us: Micros) => Math.round(us / 1e6) * 1e6;
  if (one.toUs === one.fromUs) return `seen once: ${timeInFull(second(one.fromUs), zone)}`;
  const when = rangeInFull(second(one.fromUs), second(one.toUs), zone);
  return `seen from ${when} (${durationText(one.toUs - one.fromUs).replaceAll(' ', '\u00a0')})`;
}

/** Words for a place of a rail where no contact stands: none seen, or nobody looking. */
export function noContactNote(watched: boolean): string {
  return watched
    ? 'Connections were watched here, and none of this lane was seen.'
    : 'Nobody looked at connections at this time: nothing can be said about contacts.';
}
