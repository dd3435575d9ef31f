/** How hard a passphrase is to find by trying, told in words. `level` 0: it will not be taken. */
export interface Strength {
  readonly level: 0 | 1 | 2 | 3;
  readonly words: string;
}

/** What the engine takes at least. */
export const shortest = 8;

const usual = /passw|qwer|asdf|1234|abcd|letmein|welcome|admin|phonehome|geheim|contrase|motdepasse|parol/i;

/** Bits at most, by its kinds of characters and its words: whoever knows its owner needs fewer. */
function bitsOf(text: string): number {
  const letters = [...text];
  const kinds: readonly (readonly [RegExp, number])[] = [
    [/[a-z]/, 26],
    [/[A-Z]/, 26],
    [/\d/, 10],
    [/[ -/:-@[-`{-~]/, 33],
    [/[^ -~]/, 60],
  ];
  const pool = kinds.reduce((sum, [kind, size]) => (kind.test(text) ? sum + size : sum), 0);
  // A character that came before adds little.
  const distinct = new Set(letters.map((letter) => letter.toLowerCase())).size;
  const counted = Math.min(letters.length, distinct * 2);
  const byLetters = counted * Math.log2(Math.max(pool, 2));
  const words = new Set(
    text
      .toLowerCase()
      .split(/[\s\-_.,]+/)
      .filter((word) => word.length > 2),
  ).size;
  // Words of a language are found as words: some eleven bits each.
  const byWords = words > 1 && /^[\p{L}\s\-_.,]+$/u.test(text) ? words * 11 : Number.POSITIVE_INFINITY;
  return Math.min(byLetters, byWords);
}

/** What is to be said of a passphrase while it is typed. */
export function strengthOf(text: string): Strength {
  const length = [...text].length;
  if (length < shortest) return { level: 0, words: `Too short: at least ${shortest} characters.` };
  const bits = bitsOf(text) - (usual.test(text) ? 25 : 0);
  if (bits < 40)
    return {
      level: 1,
      words: 'Weak: a computer that tries many finds it. Several words that do not belong together are better.',
    };
  if (bits < 64) return { level: 2, words: 'Fair: it holds for a while against someone who has the file.' };
  return { level: 3, words: 'Good, if nobody could guess it from what they know of you.' };
}
