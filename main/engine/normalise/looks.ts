import type { Micros } from '../../../shared/base/time.ts';
import type { Place, SampleFacts } from '../model/place.ts';
import type { LookRecord } from '../model/record.ts';

/** When something was looked at, by the phone's clock, and how it follows the look before. */
export interface TimedLook {
  readonly atUs: Micros;
  /** The phone looked at some moment in [atUs − errorUs, atUs + errorUs]. */
  readonly errorUs: number;
  readonly uptimeUs: number | null;
  readonly parts: ReadonlySet<string>;
  /** Null: a look by itself. */
  readonly sample: Pick<SampleFacts, 'stretch' | 'number'> | null;
}

/** Host times of a command, and how far the phone's clock stood from the host's, as far as it was measured. Microseconds. */
export interface HostTimes {
  readonly beforeUs: Micros;
  readonly afterUs: Micros;
  readonly offsetUs: number | null;
  readonly offsetErrorUs: number | null;
}

const SECOND = 1_000_000;

/**
 * The time of a look: the phone's own where it tells fractions of a second. A phone that tells whole seconds is dated by the
 * middle of the command on the host's clock and the measured offset. Null where neither was had.
 */
export function timeOf(look: LookRecord, host: HostTimes | null, sample: TimedLook['sample']): TimedLook | null {
  const rest = { uptimeUs: look.uptimeUs, parts: new Set(look.parts), sample };
  // The time stands in front: what was looked at was read somewhat later, at the latest when the command was over.
  const took = host ? Math.max(0, host.afterUs - host.beforeUs) : 0;
  if (look.at !== null && look.resolutionUs < SECOND)
    return { atUs: look.at, errorUs: look.resolutionUs + took, ...rest };
  if (host && host.offsetUs !== null) {
    const atUs = Math.round((host.beforeUs + host.afterUs) / 2 + host.offsetUs);
    return { atUs, errorUs: Math.ceil(took / 2) + (host.offsetErrorUs ?? 0), ...rest };
  }
  if (look.at === null) return null;
  return { atUs: look.at + look.resolutionUs / 2, errorUs: look.resolutionUs / 2 + took, ...rest };
}

/** Reading two files one after the other takes its time, and clocks are nudged: no more than this is no jump. */
const slackUs = 2 * SECOND;

/** The phone was started anew between the two: its running time began again. */
export function startedAnew(before: TimedLook, now: TimedLook): boolean {
  return before.uptimeUs !== null && now.uptimeUs !== null && now.uptimeUs < before.uptimeUs;
}

/** The phone's clock was set between the two: it did not go on as its running time did. */
export function clockWasSet(before: TimedLook, now: TimedLook): boolean {
  if (before.uptimeUs === null || now.uptimeUs === null) return now.atUs < before.atUs;
  return Math.abs(now.atUs - before.atUs - (now.uptimeUs - before.uptimeUs)) > slackUs;
}

/** Whether nothing is missing between two looks: the later is the next of the same stretch, on one start and one clock. */
export function follows(before: TimedLook, now: TimedLook): boolean {
  return (
    before.sample !== null &&
    now.sample !== null &&
    now.sample.stretch === before.sample.stretch &&
    now.sample.number === before.sample.number + 1 &&
    !startedAnew(before, now) &&
    !clockWasSet(before, now) &&
    now.atUs >= before.atUs
  );
}

/** Looks that followed each other without a gap, from the first to the last. */
export interface Stretch {
  readonly section: number;
  readonly fromUs: Micros;
  toUs: Micros;
  looks: number;
}

/** Joins looks to stretches. */
export class StretchKeeper {
  readonly #closed: (stretch: Stretch) => void;
  #last: TimedLook | null = null;
  #open: Stretch | null = null;

  constructor(closed: (stretch: Stretch) => void) {
    this.#closed = closed;
  }

  /** The stretch that goes on, or null. */
  get open(): Stretch | null {
    return this.#open;
  }

  look(look: TimedLook, section: number): void {
    if (this.#last && this.#open && follows(this.#last, look)) {
      this.#open.toUs = look.atUs;
      this.#open.looks += 1;
    } else {
      this.end();
      this.#open = { section, fromUs: look.atUs, toUs: look.atUs, looks: 1 };
    }
    this.#last = look;
  }

  end(): void {
    if (this.#open) this.#closed(this.#open);
    this.#open = null;
  }
}

/** A record and where it stands. */
export interface Placed<R> {
  readonly record: R;
  readonly at: Place;
}
