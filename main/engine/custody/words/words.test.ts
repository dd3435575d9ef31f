import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { knownActions, sentenceOf } from './index.ts';

const sha256 = 'ab'.repeat(32);

describe('the sentence for a line of the custody log', () => {
  it('says of a command what was asked, how it ended, how much came, its hash and the phone’s clock', () => {
    const line = {
      action: 'phone.command',
      command: 'dumpsys netstats --full',
      ending: 'exit',
      exit: 0,
      bytes: 1_234_567,
      sha256,
      stderrBytes: 12,
      stderrSha256: sha256,
      hostBefore: '2026-03-01T08:00:00.000000Z',
      hostAfter: '2026-03-01T08:00:00.412000Z',
      offsetMs: -2748.25,
      offsetErrorMs: 0.4,
    };
    expect(sentenceOf(line)).toBe(
      'Ran on the phone: dumpsys netstats --full — exit status 0 after 412 ms; 1\u202f234\u202f567 bytes, SHA-256 beginning abababababab; 12 bytes on standard error, SHA-256 beginning abababababab. Phone’s clock −2\u202f748 ms, error 0.4 ms.',
    );
    expect(sentenceOf({ ...line, ending: 'timed out', exit: null, stderrBytes: 0, offsetMs: null })).toBe(
      'Ran on the phone: dumpsys netstats --full — it was ended because it took too long after 412 ms; 1\u202f234\u202f567 bytes, SHA-256 beginning abababababab. The phone’s clock had not been compared by then.',
    );
    expect(sentenceOf({ ...line, ending: 'not sent', why: 'It would change the phone.' })).toBe(
      'Not sent to the phone: dumpsys netstats --full. It would change the phone.',
    );
  });

  it('names an action of another version neutrally, and says of what is none that it cannot be read', () => {
    expect(sentenceOf({ action: 'moon.visited' })).toBe('An action that this version has no words for: moon.visited.');
    expect(sentenceOf({ action: 'toString' })).toContain('has no words for');
    expect(sentenceOf({})).toContain('it has no name');
    expect(sentenceOf(null)).toBe('This line cannot be read.');
  });

  it.each(knownActions)('%s never throws, whatever the line holds, and says no “undefined”', (action) => {
    const odd = [
      undefined,
      null,
      'text',
      7,
      -1,
      Number.NaN,
      [],
      [null, {}],
      {},
      { state: 'x' },
      true,
      '\u001b[2J'.repeat(900),
    ];
    const keys = new Set(readFileSync(join(import.meta.dirname, 'phone-words.ts'), 'utf8').match(/(?<=line\.)\w+/g));
    for (const file of readdirSync(import.meta.dirname).filter((name) => name.endsWith('-words.ts')))
      for (const key of readFileSync(join(import.meta.dirname, file), 'utf8').match(/(?<=line\.)\w+/g) ?? [])
        keys.add(key);
    for (const value of odd) {
      const said = sentenceOf({
        action,
        ...Object.fromEntries([...keys].map((key) => [key, value])),
        ...{ [action]: 1 },
      });
      expect(said).not.toMatch(/undefined|\[object|NaN/);
      expect(said).not.toContain('\u001b');
      expect(said.length).toBeLessThan(20_000);
    }
  });

  it('is there for every action that the engine writes', () => {
    const root = join(import.meta.dirname, '../..');
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
      (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
    );
    const written = new Set<string>();
    for (const name of files) {
      const text = readFileSync(join(root, name), 'utf8');
      for (const [, action] of text.matchAll(
        /\b(?:log|append|logAction|logOutput|told?)\((?:[^()'`]|\([^()]*\))*'([a-z]+\.[a-z-]+)'/g,
      ))
        written.add(action!);
    }
    expect(written.size).toBeGreaterThan(15);
    expect([...written].filter((action) => !knownActions.includes(action))).toEqual([]);
  });
});
