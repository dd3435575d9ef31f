import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { evidenceStates } from '../../../shared/types/summary.ts';
import { wording } from './wording.ts';

/** Files whose own strings must not speak: what the report says stands in `wording.ts`. */
const silent = [
  'cover.ts',
  'make-document.ts',
  ...['sections', 'drawing', 'collect'].flatMap((folder) =>
    readdirSync(new URL(`./${folder}/`, import.meta.url))
      .filter((name) => !name.includes('.test.'))
      .map((name) => `${folder}/${name}`),
  ),
];

describe('wording', () => {
  it.each(silent)('holds every sentence, so %s says none', (file) => {
    const code = readFileSync(new URL(`./${file}`, import.meta.url), 'utf8')
      .replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
      .replace(/`SELECT[\s\S]*?`/g, '')
      .replace(/new Failure\([\s\S]*?\);/g, '');
    const spoken = [...code.matchAll(/'([^'\n]*)'|`([^`]*)`/g)]
      .map((match) => match[1] ?? match[2]!)
      .filter(
        (text) =>
          /[a-z]{3,} [a-z]{2,} [a-z]{2,}/.test(text.replace(/\$\{[^}]*\}/g, 'x')) && !/^(chain|SELECT|<)/.test(text),
      );
    expect(spoken).toEqual([]);
  });

  it('says of every state of evidence what it means', () => {
    expect(Object.keys(wording.stateMeans).sort()).toEqual([...evidenceStates].sort());
  });
});
