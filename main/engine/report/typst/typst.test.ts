import { describe, expect, it } from 'vitest';
import { drawableBy, families, readFonts } from '../fonts.ts';
import { turnedAway } from './compile.ts';
import { charactersOf } from './glyphs.ts';
import { breakable, fitting, legible, turns } from './legible.ts';

const fonts = readFonts();
const drawable = drawableBy(fonts);

describe('fonts', () => {
  it('cover the scripts that names on phones are written in', () => {
    const all = 'Zürich ÆØÅ żółć Ωμέγα Мобильный Ґєї банк 微信输入法 छुट्टी क्षत्रिय خرائط الهاتف گچپژ – — … ’ “ ” − · •';
    for (const letter of all) expect(drawable.has(letter.codePointAt(0)!), letter).toBe(true);
  });

  it('have Cyrillic in the Latin file and each script in its own', () => {
    const has = (index: number, text: string) =>
      [...text].every((letter) => charactersOf(fonts[index]!).has(letter.codePointAt(0)!));
    expect(has(0, 'क्षत्रिय')).toBe(true);
    expect(has(1, 'Мобильный банк')).toBe(true);
    expect(has(3, '微信输入法')).toBe(true);
    expect(has(4, 'خرائط')).toBe(true);
    expect(has(1, '微')).toBe(false);
    expect(families.map((one) => one.name)).toEqual([
      'Noto Sans Devanagari',
      'Noto Sans',
      'Noto Sans S Chinese',
      'Noto Naskh Arabic',
    ]);
  });

  it('do not claim what they cannot draw', () => {
    for (const letter of 'ไ😀한') expect(drawable.has(letter.codePointAt(0)!), letter).toBe(false);
  });
});

describe('text from a phone', () => {
  it('is shown as it is where it can be', () => {
    for (const text of ['com.example.app', 'Мой банк', 'می‌خواهم', 'क्‍ष', '微信', '#let x = [a]'])
      expect(legible(text, drawable)).toBe(text);
  });

  it('hides nothing: invisible letters are named', () => {
    expect(legible('pay\u200bpal', drawable)).toBe('pay[U+200B]pal');
    expect(legible('a\u200db', drawable)).toBe('a[U+200D]b');
    expect(legible('\u202egpj.exe', drawable)).toBe('[U+202E]gpj.exe');
    expect(legible('\u0000\u0007', drawable)).toBe('[U+0000][U+0007]');
    expect(legible('a\r\nb\tc', drawable)).toBe('a b c');
    expect(legible('\u{e0041}\ud800', drawable)).toBe('[U+E0041][U+D800]');
  });

  it('is cut for lines without losing a letter', () => {
    for (const text of [
      'com.xiaomi.account.services.background.market9',
      'x'.repeat(100),
      'a/b c-d=-1',
      '',
      '微'.repeat(40),
    ]) {
      expect(breakable(text).join('')).toBe(text);
      for (const piece of breakable(text)) expect([...piece].length).toBeLessThanOrEqual(26);
    }
    expect(breakable('com.example.app')).toEqual(['com.example.app']);
    expect(breakable('of com.example.provider.app')).toEqual(['of ', 'com.', 'example.', 'provider.', 'app']);
    expect(breakable('com.android.managedprovisioning')).toEqual(['com.', 'android.', 'managedprovisioning']);
    expect(breakable('sent (1,284,551,223,000 bytes)')).toEqual(['sent ', '(1,284,551,223,000 ', 'bytes)']);
  });

  it('is shortened by whole letters, and says by how many', () => {
    expect(fitting('abc', 3, (n) => `+${n}`)).toBe('abc');
    expect(fitting('ab😀😀', 3, (n) => `+${n}`)).toBe('ab😀+1');
  });

  it('is kept apart where it runs from right to left', () => {
    expect([turns('الهاتف'), turns('abc الهاتف'), turns('微信 Банк')]).toEqual([true, true, false]);
  });

  it('that the standard turns away is known by the typesetter’s own words', () => {
    const message =
      'PDF/A-2a error: the text `"\\u{1cd0}"` could not be displayed with font `"X"`", … the text `"ไ"` could not be displayed';
    expect(turnedAway(message)).toEqual([0x1cd0, 0x0e44]);
    expect(turnedAway('disk full')).toEqual([]);
  });
});
