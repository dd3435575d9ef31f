import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { excerptOf, fitOf, foldCase, marksOf, searchWords } from './search-words.ts';

describe('words of a search', () => {
  it('are in lower case, once each, and found anywhere', () => {
    expect(searchWords('  Mi  CLOUD mi ')).toEqual(['mi', 'cloud']);
    expect(marksOf('Xiaomi Cloud', ['mi', 'cloud'])).toEqual([
      [4, 6],
      [7, 12],
    ]);
    expect(marksOf('Галакси', searchWords('ГАЛ'))).toEqual([[0, 3]]);
    expect(marksOf('abcd', ['ab', 'bc'])).toEqual([[0, 3]]);
    expect(marksOf('abc', ['x'])).toEqual([]);
  });

  it('rank a name that begins with them before one that holds them', () => {
    expect(fitOf('cloud.example', ['cloud'])).toBe(0);
    expect(fitOf('api.cloud.example', ['cloud'])).toBe(1);
    expect(fitOf('micloud.example', ['cloud'])).toBe(2);
    expect(fitOf('micloud.example', ['cloud', 'other'])).toBe(3);
  });

  it('marks stand where the letters stand, whatever letters there are', () => {
    expect(foldCase('İstanbul').length).toBe('İstanbul'.length);
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 60 }),
        fc.nat(50),
        fc.integer({ min: 1, max: 9 }),
        (text, at, length) => {
          const word = foldCase(text).slice(at, at + length);
          fc.pre(word !== '');
          const [mark] = marksOf(text, [word]);
          expect(mark && foldCase(text).slice(...mark)).toBe(word);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('an excerpt holds what was found and says where it was cut', () => {
    const long = `${'before '.repeat(40)}the battery at 61 % ${'after '.repeat(40)}`;
    const { text, marks } = excerptOf(long, ['battery']);
    expect(text.length).toBeLessThan(130);
    expect(text).toMatch(/^….*battery.*…$/);
    expect(marks.map(([from, to]) => text.slice(from, to))).toEqual(['battery']);
    expect(excerptOf('short\n text', ['text'])).toEqual({ text: 'short text', marks: [[6, 10]] });
  });
});
