import { DAY, HOUR, MINUTE, type Micros, SECOND } from '../base/time.ts';
import { dayText, type LocalParts, months, partsOf, weekdays } from './formats.ts';
import type { Viewport } from './time-scale.ts';
import type { Zone } from './zones.ts';

/** A step of the axis: so many units of the wall clock or of the calendar. */
export interface Step {
  readonly unit: 'clock' | 'day' | 'month' | 'year';
  /** Microseconds for the clock, else a count of units. */
  readonly size: number;
  /** Typical length in microseconds, for choosing. */
  readonly about: Micros;
}

export interface Tick {
  readonly us: Micros;
  readonly label: string;
}

/** The upper row of the axis: a stretch that the labels below it belong to. */
export interface Era {
  readonly fromUs: Micros;
  readonly toUs: Micros;
  /** From the fullest to the shortest, for as much room as there is. */
  readonly labels: readonly [string, string, string];
}

const clock = (us: Micros): Step => ({ unit: 'clock', size: us, about: us });
const ladder: readonly Step[] = [
  ...[1, 2, 5, 10, 15, 30].map((n) => clock(n * SECOND)),
  ...[1, 2, 5, 10, 15, 30].map((n) => clock(n * MINUTE)),
  ...[1, 2, 3, 6, 12].map((n) => clock(n * HOUR)),
  ...[1, 2, 7, 14].map((n): Step => ({ unit: 'day', size: n, about: n * DAY })),
  ...[1, 3, 6].map((n): Step => ({ unit: 'month', size: n, about: n * 30 * DAY })),
  ...[1, 2, 5, 10, 20, 50].map((n): Step => ({ unit: 'year', size: n, about: n * 365 * DAY })),
];

/** Room that the labels of a step need, pixels at a text size of 16. */
export function roomFor(step: Step): number {
  if (step.unit === 'clock') return step.size < MINUTE ? 66 : 48;
  return step.unit === 'day' ? (step.size >= 7 ? 84 : 52) : 46;
}

/** The finest step whose labels have the room that they need; `unit` is the size of the person's text. */
export function stepFor(pxPerUs: number, unit: number, room: (step: Step) => number = roomFor): Step {
  return ladder.find((step) => step.about * pxPerUs >= room(step) * unit) ?? ladder[ladder.length - 1]!;
}

/** Ticks of a window, in order, in the zone: true to clock changes, on round times of the wall clock. */
export function ticksOf(view: Viewport, step: Step, zone: Zone): Tick[] {
  const instants = step.unit === 'clock' ? clockInstants(view, step.size, zone) : calendarInstants(view, step, zone);
  return instants.map((us) => ({ us, label: labelOf(partsOf(zone.localOf(us)), step) }));
}

function clockInstants(view: Viewport, size: Micros, zone: Zone): Micros[] {
  const found: Micros[] = [];
  const rest = (us: Micros) => ((zone.localOf(us) % size) + size) % size;
  let us = Math.floor(view.fromUs / SECOND) * SECOND - size;
  us -= rest(us);
  while (us <= view.toUs && found.length < 5000) {
    if (us >= view.fromUs && rest(us) === 0) found.push(us);
    const next = us + size;
    const over = rest(next);
    // After a clock change the wall clock is off the grid: take the nearest round time on either side.
    us = over === 0 ? next : next - over > us && rest(next - over) === 0 ? next - over : next - over + size;
  }
  return found;
}

function calendarInstants(view: Viewport, step: Step, zone: Zone): Micros[] {
  const found: Micros[] = [];
  const first = partsOf(zone.localOf(view.fromUs));
  for (let n = -1; n < 5000; n += 1) {
    const us = zone.instantOf(calendarLocal(first, step, n));
    if (us > view.toUs) break;
    if (us >= view.fromUs) found.push(us);
  }
  return found;
}

/** The n-th round local time of the step at or after the round one before `first`. */
function calendarLocal(first: LocalParts, step: Step, n: number): Micros {
  const at = (year: number, month: number, day: number) => Date.UTC(year, month, day) * 1000;
  const floor = (value: number) => Math.floor(value / step.size) * step.size;
  if (step.unit === 'year') return at(floor(first.year) + n * step.size, 0, 1);
  if (step.unit === 'month') return at(first.year, floor(first.month) + n * step.size, 1);
  const today = at(first.year, first.month, first.day) / DAY;
  // Weeks begin on Monday; day 0 of the epoch was a Thursday.
  const round = step.size >= 7 ? Math.floor((today + 3) / step.size) * step.size - 3 : floor(today);
  return (round + n * step.size) * DAY;
}

const two = (n: number): string => String(n).padStart(2, '0');

function labelOf(p: LocalParts, step: Step): string {
  if (step.unit === 'year') return String(p.year);
  if (step.unit === 'month') return months[p.month]!.slice(0, 3);
  if (step.unit === 'day')
    return step.size >= 7 ? `Mon ${p.day} ${months[p.month]!.slice(0, 3)}` : `${weekdays[p.weekday]} ${p.day}`;
  return step.size < MINUTE ? `${two(p.hour)}:${two(p.minute)}:${two(p.second)}` : `${two(p.hour)}:${two(p.minute)}`;
}

/** The upper row for a step: days above clock times, months above days, years above months; none above years. */
export function erasOf(view: Viewport, step: Step, zone: Zone): Era[] {
  const upper: Step | null =
    step.unit === 'clock'
      ? { unit: 'day', size: 1, about: DAY }
      : step.unit === 'day'
        ? { unit: 'month', size: 1, about: 30 * DAY }
        : step.unit === 'month'
          ? { unit: 'year', size: 1, about: 365 * DAY }
          : null;
  if (!upper) return [];
  const starts = calendarInstants(view, upper, zone);
  const edges = [view.fromUs, ...starts.filter((us) => us > view.fromUs), view.toUs];
  const eras: Era[] = [];
  for (let i = 0; i + 1 < edges.length; i += 1) {
    const fromUs = edges[i]!;
    const p = partsOf(zone.localOf(fromUs));
    const month = months[p.month]!;
    const abbreviated = month.slice(0, 3);
    const labels: Era['labels'] =
      upper.unit === 'day'
        ? [dayText(p), `${weekdays[p.weekday]} ${p.day} ${abbreviated}`, `${p.day} ${abbreviated}`]
        : upper.unit === 'month'
          ? [`${month} ${p.year}`, `${abbreviated} ${p.year}`, abbreviated]
          : [String(p.year), String(p.year), String(p.year)];
    eras.push({ fromUs, toUs: edges[i + 1]!, labels });
  }
  return eras;
}

/** Starts of local days in the window, for the strong lines of the grid and for nights. */
export function dayStarts(view: Viewport, zone: Zone): Micros[] {
  return calendarInstants(view, { unit: 'day', size: 1, about: DAY }, zone);
}
