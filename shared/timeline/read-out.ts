import { type Micros, SECOND } from '../base/time.ts';
import type { ContextMark } from '../types/timeline.ts';
import { markTitle } from './context-rows.ts';
import { gapsIn, isCovered, type Span } from './coverage.ts';
import type { Drawn } from './drawn.ts';
import { bytesInFull, durationText, humanBytes, rangeInFull, timeInFull } from './formats.ts';
import { entriesIn, errorAt, rateOf } from './lane-data.ts';
import { dataAt, laneOf } from './picture.ts';
import type { TimeScale } from './time-scale.ts';
import type { Zone } from './zones.ts';

/** What lies under the pointer in a lane. */
export interface Pointed {
  readonly key: string;
  readonly fromUs: Micros;
  readonly toUs: Micros;
  readonly sent: number;
  readonly received: number;
  readonly sentBackground: number;
  readonly receivedBackground: number;
  readonly events: number;
  /** Intervals that share this pixel, or this moment. */
  readonly intervals: number;
  /** The event for a click: the largest of the largest interval. */
  readonly top: string;
  /** How far either end may lie off, microseconds; absent where nothing tells it. */
  readonly errorUs?: Micros;
}

/** The words of a read-out: a title, when, lines of figures, a note. */
export interface ReadOut {
  readonly title: string;
  readonly detail: string | null;
  readonly when: string;
  readonly lines: readonly {
    readonly tone: 'sent' | 'received' | 'plain' | 'contact';
    readonly label: string;
    readonly value: string;
    readonly split: string;
  }[];
  readonly note: string | null;
}

/** The interval at an instant of a lane, or those that share the pixel there; null where there is none. */
export function pointAt(drawn: Drawn, key: string, scale: TimeScale, us: Micros): Pointed | null {
  const series = dataAt(drawn, us).series(key);
  if (!series) return null;
  const pixel = 1 / scale.pxPerUs;
  let found = entriesIn(series, us, us);
  const narrow = found.length === 0 || found.every((i) => series.to[i]! - series.from[i]! < pixel);
  // A tolerance of a pixel and a half either way, so that a lone narrow interval can be pointed at.
  if (narrow) found = entriesIn(series, us - 1.5 / scale.pxPerUs, us + 1.5 / scale.pxPerUs);
  if (found.length === 0) return null;
  const c = series.columns;
  let best = found[0]!;
  const sum = { sent: 0, received: 0, sentBackground: 0, receivedBackground: 0, events: 0 };
  let fromUs = Number.POSITIVE_INFINITY;
  let toUs = Number.NEGATIVE_INFINITY;
  let error = 0;
  for (const i of found) {
    error = Math.max(error, errorAt(c, i) ?? 0);
    sum.sent += c.sent[i]!;
    sum.received += c.received[i]!;
    sum.sentBackground += c.sentBackground[i]!;
    sum.receivedBackground += c.receivedBackground[i]!;
    sum.events += c.events[i]!;
    fromUs = Math.min(fromUs, series.from[i]!);
    toUs = Math.max(toUs, series.to[i]!);
    if (c.sent[i]! + c.received[i]! > c.sent[best]! + c.received[best]!) best = i;
  }
  const doubt = error > 0 ? { errorUs: error } : {};
  return { key, ...sum, fromUs, toUs, intervals: found.length, top: c.top[best]!, ...doubt };
}

/** Words for an interval. With `covered`, they say where it reaches beyond what its source could have seen. */
export function intervalReadOut(
  drawn: Drawn,
  pointed: Pointed,
  zone: Zone,
  covered: readonly Span[] | null = null,
): ReadOut {
  const lane = laneOf(drawn, pointed.key);
  const us = pointed.toUs - pointed.fromUs;
  const split = (all: number, background: number) =>
    all === 0 ? '' : `foreground ${humanBytes(all - background)}, background ${humanBytes(background)}`;
  const events = `${pointed.events} ${pointed.events === 1 ? 'event' : 'events'}`;
  const shared = pointed.intervals > 1 ? `${pointed.intervals} intervals share this place · ` : '';
  const beyond =
    covered !== null && isCovered(covered, pointed.fromUs) && gapsIn(covered, pointed.fromUs, pointed.toUs).length > 0;
  const running = beyond ? 'Its source had seen only a part of it: it fades there · ' : '';
  const click = pointed.events === 1 ? 'click opens it' : 'click opens the largest';
  return {
    title: lane?.name ?? pointed.key,
    detail: [lane?.service, lane?.detail].find((words) => words && words !== lane?.name && words !== lane?.key) ?? null,
    when: `${rangeInFull(pointed.fromUs, pointed.toUs, zone)} (${durationText(us).replaceAll(' ', '\u00a0')})`,
    lines: [
      {
        tone: 'sent',
        label: '↑ sent',
        value: bytesInFull(pointed.sent),
        split: split(pointed.sent, pointed.sentBackground),
      },
      {
        tone: 'received',
        label: '↓ received',
        value: bytesInFull(pointed.received),
        split: split(pointed.received, pointed.receivedBackground),
      },
      {
        tone: 'plain',
        label: 'rate',
        value: `↑ ${humanBytes(rateOf(pointed.sent, us))}/h  ↓ ${humanBytes(rateOf(pointed.received, us))}/h`,
        split: '',
      },
      ...(pointed.errorUs === undefined
        ? []
        : [{ tone: 'plain' as const, label: 'ends', value: `± ${durationText(pointed.errorUs)}`, split: '' }]),
    ],
    note: `${running}${shared}${events} · ${click}`,
  };
}

/** Words for a place in a lane where nothing was counted: no traffic, or nobody looking. */
export function emptyReadOut(
  drawn: Drawn,
  key: string,
  us: Micros,
  zone: Zone,
  covered: readonly Span[],
  note: string | null = null,
): ReadOut {
  return {
    title: laneOf(drawn, key)?.name ?? key,
    detail: null,
    when: timeInFull(Math.round(us / 1_000_000) * 1_000_000, zone),
    lines: [],
    note:
      note ??
      (isCovered(covered, us)
        ? 'The phone counted no traffic here, under this view’s filters.'
        : 'No source covers this time: nothing can be said about it.'),
  };
}

/** Words for the context band. */
export function contextReadOut(marks: readonly ContextMark[], zone: Zone): ReadOut | null {
  const first = marks[0];
  if (!first) return null;
  const when = (mark: ContextMark) =>
    mark.fromUs === mark.toUs ? timeInFull(mark.fromUs, zone) : rangeInFull(mark.fromUs, mark.toUs, zone);
  if (marks.length === 1) {
    // Half a second and less is what a clock that is read over a cable has anyway.
    const doubt = (first.errorUs ?? 0) >= SECOND / 2 ? ` (± ${durationText(first.errorUs ?? 0)})` : '';
    return {
      title: first.name,
      detail: markTitle(first.kind),
      when: `${when(first)}${doubt}`,
      lines: [],
      note: first.detail,
    };
  }
  const shown = marks.slice(0, 6);
  return {
    title: `${marks.length} marks here`,
    detail: null,
    when: rangeInFull(first.fromUs, Math.max(...marks.map((mark) => mark.toUs)), zone),
    lines: shown.map((mark) => ({ tone: 'plain', label: markTitle(mark.kind), value: mark.name, split: when(mark) })),
    note: marks.length > shown.length ? `and ${marks.length - shown.length} more: zoom in to tell them apart` : null,
  };
}
