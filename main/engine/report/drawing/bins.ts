/** Bytes in equal steps from `fromUs`. Foreground and background apart; all four arrays have the same length. */
export interface Bins {
  readonly fromUs: number;
  readonly stepUs: number;
  readonly sentForeground: number[];
  readonly sentBackground: number[];
  readonly receivedForeground: number[];
  readonly receivedBackground: number[];
}

export interface Interval {
  readonly fromUs: number;
  readonly toUs: number;
  readonly sentForeground: number;
  readonly sentBackground: number;
  readonly receivedForeground: number;
  readonly receivedBackground: number;
}

export function emptyBins(fromUs: number, stepUs: number, count: number): Bins {
  const zeros = () => new Array<number>(count).fill(0);
  return {
    fromUs,
    stepUs,
    sentForeground: zeros(),
    sentBackground: zeros(),
    receivedForeground: zeros(),
    receivedBackground: zeros(),
  };
}

/**
 * Spreads whole bytes evenly over the steps that an interval overlaps. Shares are rounded on the running sum, so that
 * the steps together hold exactly the bytes of the interval.
 */
function spread(into: number[], bins: Bins, fromUs: number, toUs: number, bytes: number): void {
  if (bytes === 0) return;
  const last = into.length - 1;
  const first = Math.max(0, Math.min(last, Math.floor((fromUs - bins.fromUs) / bins.stepUs)));
  const length = Math.max(1, toUs - fromUs);
  let done = 0;
  for (let bin = first; done < bytes; bin += 1) {
    const end = bins.fromUs + (bin + 1) * bins.stepUs;
    const reached = bin >= last || end >= toUs ? bytes : Math.round((bytes * Math.max(0, end - fromUs)) / length);
    into[bin] = (into[bin] ?? 0) + (reached - done);
    done = reached;
  }
}

/** Adds one interval to the steps, for drawing only: the truth stays the interval. */
export function addInterval(bins: Bins, interval: Interval): void {
  const { fromUs, toUs } = interval;
  spread(bins.sentForeground, bins, fromUs, toUs, interval.sentForeground);
  spread(bins.sentBackground, bins, fromUs, toUs, interval.sentBackground);
  spread(bins.receivedForeground, bins, fromUs, toUs, interval.receivedForeground);
  spread(bins.receivedBackground, bins, fromUs, toUs, interval.receivedBackground);
}

const MINUTES = [1, 2, 5, 10, 15, 30];
const HOURS = [1, 2, 4, 6, 12, 24, 48, 168, 336, 672];
const MINUTE_US = 60_000_000;
const HOUR_US = 3_600_000_000;

/** The smallest round step that cuts the span into at most `most` pieces, never finer than `finestUs`. Microseconds. */
export function stepFor(spanUs: number, finestUs: number, most: number): number {
  const steps = [...MINUTES.map((minutes) => minutes * MINUTE_US), ...HOURS.map((hours) => hours * HOUR_US)];
  const fits = steps.find((step) => step >= finestUs && spanUs / step <= most);
  return fits ?? Math.ceil(spanUs / most / HOUR_US) * HOUR_US;
}

/** What is drawn, summed again: must equal the totals of the table beside it. */
export function sumOf(bins: Bins): { sent: number; received: number; sentBackground: number } {
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const sentBackground = sum(bins.sentBackground);
  return {
    sent: sum(bins.sentForeground) + sentBackground,
    received: sum(bins.receivedForeground) + sum(bins.receivedBackground),
    sentBackground,
  };
}
