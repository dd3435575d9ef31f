import { InvalidArgumentError } from 'commander';
import { microsOf } from '../../../shared/base/time.ts';

/** A time of `--from` and `--to`, microseconds of UTC. */
export function timeOption(text: string): number {
  const us = microsOf(text);
  if (us === null) throw new InvalidArgumentError('It takes a time such as 2026-03-01T08:00:00Z or 2026-03-01.');
  return us;
}

/** A whole number from `least` to `most`. */
export function wholeOption(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^-?\d+$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= least && value <= most)) {
      throw new InvalidArgumentError(`It takes a whole number from ${least} to ${most}.`);
    }
    return value;
  };
}

/** A date that is printed: ISO 8601, kept as it was given. */
export function dateOption(text: string): string {
  timeOption(text);
  return text;
}

/** An option that may be given several times. */
export function severalOption(text: string, before: readonly string[]): readonly string[] {
  return [...before, text];
}
