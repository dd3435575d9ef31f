import { describe, expect, it } from 'vitest';
import { plainText } from './plain-text.ts';

describe('text of a phone in our own sentences', () => {
  it('stays as it is where all of it can be seen', () => {
    for (const text of [
      'Redmi Note 12',
      'घर वाई-फ़ाई',
      '小王的家',
      '../../etc/passwd',
      '<script>alert(1)</script>',
      '👍🏽',
      '👨\u200d👩\u200d👧',
      'क्\u200dष',
      'می\u200cخواهم',
    ])
      expect(plainText(text)).toBe(text);
  });

  it('names what cannot be seen, and what would move a terminal', () => {
    expect(plainText('a\u001b[2Jb')).toBe('a[U+001B][2Jb');
    expect(plainText('one\r\ntwo\tthree')).toBe('one[U+000D][U+000A]two[U+0009]three');
    expect(plainText('\u009b31m')).toBe('[U+009B]31m');
    expect(plainText('exe\u202egpj')).toBe('exe[U+202E]gpj');
    expect(plainText('pay\u200dpal')).toBe('pay[U+200D]pal');
    expect(plainText('tag\u{e0041}')).toBe('tag[U+E0041]');
    expect(plainText('half \ud800 pair')).toBe('half \ufffd pair');
  });

  it('is never longer than asked for, however long it came', () => {
    expect(plainText('x'.repeat(1_000_000), 80)).toBe(`${'x'.repeat(80)}…`);
    expect(plainText('👍'.repeat(50), 3)).toBe('👍\ufffd…');
  });
});
