import { InvalidArgumentError, Option } from 'commander';
import { Failure } from '../../../shared/base/failure.ts';
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

/** `--port`: 0 where it is left out, which takes a free one. */
export const portOption = () =>
  new Option('--port <number>', 'its port on this machine').argParser(wholeOption(0, 65_535)).default(0, 'a free one');

/** `--from` and `--to` as they were given, in microseconds of UTC. Throws Failure `wrong-use` where they are the wrong way round. */
export function refuseTurnedRound(options: { readonly from?: number; readonly to?: number }): void {
  if (options.from !== undefined && options.to !== undefined && options.from > options.to) {
    throw new Failure('wrong-use', '--from must be before --to.');
  }
}

/** A country by its two letters, as ISO 3166 writes them. */
export function countryOption(text: string): string {
  if (!/^[A-Za-z]{2}$/.test(text)) throw new InvalidArgumentError('It takes the two letters of a country such as IN.');
  return text.toUpperCase();
}

/** A date that is printed: ISO 8601, kept as it was given. */
export function dateOption(text: string): string {
  timeOption(text);
  return text;
}

/** An option that may be given several times. */
export function severalOption(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}
