import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { phoneQuote } from './phone-quote.ts';

const hostile = [
  '',
  ' ',
  "it's",
  `"'"'"`,
  '$(reboot)',
  '`reboot`',
  '; reboot',
  '&& reboot #',
  '../../etc/passwd',
  '-rf',
  '*',
  '~',
  '\\',
  "\\'; reboot; '",
  'a\nreboot',
  '\u001b[2J',
  '!!',
  '%n',
  'समोसा 茶 🙂',
];

/** What a real shell gives its command for the quoted words; `printf` prints each with a NUL behind it. */
const throughShell = (texts: readonly string[]): string[] =>
  execFileSync('sh', ['-c', `printf '%s\\0' ${texts.map(phoneQuote).join(' ')}`])
    .toString('utf8')
    .split('\0')
    .slice(0, -1);

describe('a word for the phone’s shell', () => {
  it('comes out of a real shell as it went in', () => {
    expect(throughShell(hostile)).toEqual(hostile);
  });

  it('does so for any text at all, and through a second shell too', () => {
    const text = fc
      .string({ unit: 'grapheme', maxLength: 80 })
      .filter((one) => !one.includes('\0') && one.isWellFormed());
    fc.assert(
      fc.property(fc.array(text, { minLength: 40, maxLength: 40 }), (texts) => {
        expect(throughShell(texts)).toEqual(texts);
        const inner = `printf '%s\\0' ${texts.map(phoneQuote).join(' ')}`;
        const twice = execFileSync('sh', ['-c', `sh -c ${phoneQuote(inner)}`]).toString('utf8');
        expect(twice.split('\0').slice(0, -1)).toEqual(texts);
      }),
      { numRuns: 20 },
    );
  });

  it('refuses what no command line can carry', () => {
    expect(() => phoneQuote('a\0b')).toThrow('NUL');
  });
});
