import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { strengthOf } from './passphrase.ts';

const level = (text: string) => strengthOf(text).level;

describe('the strength of a passphrase', () => {
  it('is none below what the engine takes', () => {
    expect([level(''), level('abc'), level('1234567')]).toEqual([0, 0, 0]);
  });

  it('is weak for what is usual, repeated or of figures alone', () => {
    for (const text of ['password1', 'aaaaaaaaaaaaaaaa', '12345678', '19840412', 'qwertzuiop', 'two words']) {
      expect(level(text), text).toBe(1);
    }
  });

  it('is good for many words that do not belong together, and for long mixed text', () => {
    for (const text of ['lantern gravel mosaic tundra pickle violin', 'T7#qv!2mZp(9xLw&'])
      expect(level(text), text).toBe(3);
    expect(level('lantern gravel mosaic tundra')).toBe(2);
  });

  it('never falls when the same text gets longer by a new word', () => {
    const word = fc.stringMatching(/^[a-z]{4,8}$/);
    fc.assert(
      fc.property(fc.uniqueArray(word, { minLength: 2, maxLength: 6 }), word, (words, more) => {
        const longer = [...words, more].join(' ');
        fc.pre(
          !words.includes(more) && !/passw|qwer|asdf|abcd|letmein|welcome|admin|geheim|contrase|parol/.test(longer),
        );
        expect(level(longer)).toBeGreaterThanOrEqual(level(words.join(' ')));
      }),
      { numRuns: 50 },
    );
  });
});
