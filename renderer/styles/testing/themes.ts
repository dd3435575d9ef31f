import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Values of tokens by name, without the two dashes in front. */
export type Tokens = ReadonlyMap<string, string>;

/** Every theme that the window can have, as its style sheet makes it: light and dark, each also with more contrast. */
export function themes(): ReadonlyMap<string, Tokens> {
  const text = readFileSync(join(import.meta.dirname, '..', 'tokens.css'), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
  const more = /@media \(prefers-contrast: more\)[^{]*\{([\s\S]*)\n\}/.exec(text)?.[1] ?? '';
  const plain = text.replace(/@media[\s\S]*$/, '');
  const made = new Map<string, Tokens>();
  for (const name of ['light', 'dark']) {
    made.set(name, blockOf(plain, name));
    made.set(`${name}, more contrast`, new Map([...blockOf(plain, name), ...blockOf(more, name)]));
  }
  return made;
}

function blockOf(text: string, theme: string): Map<string, string> {
  const block = new RegExp(`:root\\[data-theme="${theme}"\\] \\{([^}]*)\\}`).exec(text)?.[1] ?? '';
  return new Map(
    [...block.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name!, value!.trim()] as const),
  );
}
