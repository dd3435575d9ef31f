import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { evidenceStates } from '../../../shared/types/summary.ts';
import { moduleOf } from '../../../test/architecture/syntax.ts';
import { wording } from './wording.ts';

const folderOf = (name: string) => new URL(`./${name}`, import.meta.url);
const codeIn = (folder: string) =>
  readdirSync(folderOf(folder))
    .filter((name) => name.endsWith('.ts') && !name.includes('.test.'))
    .map((name) => `${folder}/${name}`);

/** Files whose own strings must not speak: what the report says stands in `wording.ts`. */
const silent = ['cover.ts', ...codeIn('sections'), ...codeIn('drawing')];

describe('wording', () => {
  it.each(silent)('holds every sentence, so %s says none', (file) => {
    const texts = moduleOf(file, readFileSync(folderOf(file), 'utf8')).texts.map((one) => one.text);
    // A command to type and a piece of SVG are no sentences.
    const said = texts.filter((text) => /[a-z]{2,} [a-z]{2,} [a-z]{2,}/i.test(text) && !/^[<(]|^Get-|^sed /.test(text));
    expect(said).toEqual([]);
  });

  it('says of every state of evidence what it means', () => {
    expect(Object.keys(wording.stateMeans).sort()).toEqual([...evidenceStates].sort());
  });
});
