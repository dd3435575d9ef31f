import { HOUR, MINUTE, type Micros, microsOf } from '../../../shared/base/time.ts';
import { type LaneSize, sizes } from '../../../shared/timeline/frame.ts';
import { type Folds, noFolds, type Sorting, sortings } from '../../../shared/timeline/lane-layout.ts';
import type { Selection } from '../../../shared/timeline/selection.ts';
import type { Viewport } from '../../../shared/timeline/time-scale.ts';
import { type Curve, curves, type FullHeight, fullHeights } from '../../../shared/timeline/value-scale.ts';
import { type LaneBy, laneKeys } from '../../../shared/types/timeline.ts';
import { readFilter, type ViewFilter, writeFilter } from '../../state/event-filter.ts';

/** All that a copied address brings back. */
export interface TimelineView {
  readonly range: Viewport | null;
  /** Follows the newest time; then there is no range. */
  readonly follow: FollowSpan | null;
  readonly by: LaneBy;
  readonly filter: ViewFilter;
  readonly sorting: Sorting;
  readonly pins: readonly string[];
  readonly folds: Folds;
  readonly size: LaneSize;
  readonly curve: Curve;
  readonly full: FullHeight;
  readonly utc: boolean;
  readonly selection: Selection | null;
  readonly event: string | null;
}

/** How much of the newest time is kept in sight while a phone is acquired live. */
export const followSpans = [
  { key: '1m', text: '1 min', us: MINUTE },
  { key: '5m', text: '5 min', us: 5 * MINUTE },
  { key: '30m', text: '30 min', us: 30 * MINUTE },
  { key: '2h', text: '2 h', us: 2 * HOUR },
] as const;
export type FollowSpan = (typeof followSpans)[number]['key'];

/** Microseconds of a span to follow with; null where none is followed. */
export function followUs(follow: FollowSpan | null): Micros | null {
  return followSpans.find((span) => span.key === follow)?.us ?? null;
}

export type AddressRecord = Readonly<Record<string, string>>;

/** Reads an address; what is missing or not understood stands as a fresh view has it. `usual`: what lanes are by, unless said. */
export function readView(record: AddressRecord, usual: LaneBy = 'app'): TimelineView {
  const filter = readFilter(record);
  const range = readRange(record.from, record.to);
  return {
    range,
    follow: range ? null : (followSpans.find((span) => span.key === record.follow)?.key ?? null),
    by: oneOf(laneKeys, record.by, usual),
    filter,
    sorting: oneOf(sortings, record.sort, 'sent'),
    pins: readKeys(record.pin ?? ''),
    folds: readFolds(record.fold),
    size: oneOf(sizes, record.size, 'medium'),
    curve: oneOf(curves, record.curve, 'root'),
    full: oneOf(fullHeights, record.full, 'lane'),
    utc: record.utc === '1',
    selection: readRange(record.a, record.b),
    event: record.event || null,
  };
}

/** Writes an address; what stands as in a fresh view is left out. */
export function writeView(view: TimelineView, usual: LaneBy = 'app'): Record<string, string> {
  const { filter, range, selection } = view;
  const record: Record<string, string> = {};
  const put = (key: string, value: string | undefined | false) => {
    if (value) record[key] = value;
  };
  put('by', view.by !== usual && view.by);
  put('from', range !== null && stampOf(range.fromUs));
  put('to', range !== null && stampOf(range.toUs));
  put('follow', range === null && (view.follow ?? undefined));
  Object.assign(record, writeFilter(filter));
  put('sort', view.sorting !== 'sent' && view.sorting);
  put('pin', view.pins.map(encodeKey).join(','));
  put('fold', writeFolds(view.folds));
  put('size', view.size !== 'medium' && view.size);
  put('curve', view.curve !== 'root' && view.curve);
  put('full', view.full !== 'lane' && view.full);
  put('utc', view.utc && '1');
  put('a', selection !== null && stampOf(selection.fromUs));
  put('b', selection !== null && stampOf(selection.toUs));
  put('event', view.event ?? undefined);
  return record;
}

function oneOf<T extends string>(list: readonly T[], value: string | undefined, otherwise: T): T {
  return list.find((entry) => entry === value) ?? otherwise;
}

function readKeys(text: string): string[] {
  return text
    .split(',')
    .filter((key) => key !== '')
    .map(decodeKey);
}

/** A first `*` stands for all lanes: those named after it are then the ones that are not folded. */
function readFolds(text = ''): Folds {
  const [first, ...rest] = text.split(',');
  if (text === '') return noFolds;
  return first === '*' ? { all: true, keys: readKeys(rest.join(',')) } : { all: false, keys: readKeys(text) };
}

function writeFolds({ all, keys }: Folds): string {
  return [...(all ? ['*'] : []), ...keys.map(encodeKey)].join(',');
}

const encodeKey = (key: string): string => key.replace(/%/g, '%25').replace(/,/g, '%2C').replace(/^\*$/, '%2A');
const decodeKey = (key: string): string => key.replace(/%2A/g, '*').replace(/%2C/g, ',').replace(/%25/g, '%');

/** ISO 8601 in its short form, UTC: `20260301T080000Z`, with a fraction only where there is one. */
export function stampOf(us: Micros): string {
  const whole = Math.round(us);
  const second = Math.floor(whole / 1_000_000);
  const rest = whole - second * 1_000_000;
  const text = new Date(second * 1000).toISOString().slice(0, 19).replace(/[-:]/g, '');
  return `${text}${rest === 0 ? '' : `.${String(rest).padStart(6, '0').replace(/0+$/, '')}`}Z`;
}

/** Reads a stamp; null for anything else. */
export function microsOfStamp(text: string | undefined): Micros | null {
  const match = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2}(?:\.\d{1,6})?Z)$/.exec(text ?? '');
  return match && microsOf(`${match[1]}-${match[2]}-${match[3]}T${match[4]}:${match[5]}:${match[6]}`);
}

function readRange(from: string | undefined, to: string | undefined): Viewport | null {
  const fromUs = microsOfStamp(from);
  const toUs = microsOfStamp(to);
  return fromUs !== null && toUs !== null && toUs > fromUs ? { fromUs, toUs } : null;
}

/** A window as an address can say it: to the second, or to the microsecond where it is narrow. */
export function roundedRange(view: Viewport): Viewport {
  const grain = view.toUs - view.fromUs > 3_600_000_000 ? 1_000_000 : 1000;
  return { fromUs: Math.round(view.fromUs / grain) * grain, toUs: Math.round(view.toUs / grain) * grain };
}
