import { describe, expect, it } from 'vitest';
import { mainStretch } from './main-stretch.ts';
import { DAY } from './time.ts';

const at = (day: number, rows = 10) => ({ fromUs: day * DAY, rows });
const month = (from: number) => Array.from({ length: 30 }, (_, n) => at(from + n));

describe('the history among strays', () => {
  it('is all of it where nothing is far away', () => {
    expect(mainStretch(month(20_000))).toEqual({ first: 0, last: 29 });
    expect(mainStretch([at(1)])).toEqual({ first: 0, last: 0 });
    expect(mainStretch([])).toBeNull();
  });

  it('leaves out few rows of a clock that was not set, or set into the future', () => {
    expect(mainStretch([at(0, 1), ...month(20_000)])).toEqual({ first: 1, last: 30 });
    expect(mainStretch([...month(20_000), at(80_000, 1)])).toEqual({ first: 0, last: 29 });
    expect(mainStretch([at(0, 1), ...month(20_000), at(80_000, 2)])).toEqual({ first: 1, last: 30 });
  });

  it('keeps two histories with a long silence between them', () => {
    expect(mainStretch([...month(19_000), ...month(20_000)])).toEqual({ first: 0, last: 59 });
  });
});
