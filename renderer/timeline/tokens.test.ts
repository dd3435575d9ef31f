import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Theme, tokens } from '../../shared/timeline/theme.ts';
import { lightTheme } from '../../shared/timeline/themes.ts';

const css = readFileSync(join(import.meta.dirname, '../styles/tokens.css'), 'utf8');

/** The declarations of the first rule with that selector. */
function declared(selector: string): ReadonlyMap<string, string> {
  const start = css.indexOf(`${selector} {`);
  const rule = css.slice(start, css.indexOf('\n}', start));
  return new Map(
    [...rule.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name!, value!.replace(/\s+/g, ' ')]),
  );
}

describe('the colours of paper', () => {
  it('are those of the window’s light theme', () => {
    const light = new Map([...declared(':root'), ...declared(':root[data-theme="light"]')]);
    const read = Object.fromEntries(Object.entries(tokens).map(([key, name]) => [key, light.get(name)]));
    expect(lightTheme, 'shared/timeline/themes.ts and renderer/styles/tokens.css differ').toEqual(
      read as unknown as Theme,
    );
  });
});
