import type { SearchMarks } from '../types/search.ts';

/** More words than this narrow nothing that a person meant. */
const MOST_WORDS = 8;

/** The text in lower case with every letter in its place: what would change the length of the text stays as it is. */
export function foldCase(text: string): string {
  const whole = text.toLowerCase();
  if (whole.length === text.length) return whole;
  return Array.from(text, (letter) => {
    const lower = letter.toLowerCase();
    return lower.length === letter.length ? lower : letter;
  }).join('');
}

/** What was typed as words, each of which must be found; in lower case. */
export function searchWords(text: string): string[] {
  const words = foldCase(text).split(/\s+/u).filter(Boolean);
  return [...new Set(words)].slice(0, MOST_WORDS);
}

/** Where words stand in a text: each at its first place, in order, what touches joined. Words that it does not hold add nothing. */
export function marksOf(text: string, words: readonly string[]): SearchMarks {
  const folded = foldCase(text);
  const found = words
    .map((word): [number, number] => [folded.indexOf(word), word.length])
    .filter(([at]) => at >= 0)
    .map(([at, length]): [number, number] => [at, at + length])
    .sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  const marks: SearchMarks = [];
  for (const [from, to] of found) {
    const last = marks.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else marks.push([from, to]);
  }
  return marks;
}

/** How well a name fits: 0 begins with the first word, 1 a part of it does, 2 holds all words, 3 needs other words. */
export function fitOf(name: string, words: readonly string[]): 0 | 1 | 2 | 3 {
  const folded = foldCase(name);
  if (!words.every((word) => folded.includes(word))) return 3;
  const [first = ''] = words;
  const at = folded.indexOf(first);
  if (at === 0) return 0;
  return words.some((word) => beginsAPart(folded, word)) ? 1 : 2;
}

function beginsAPart(folded: string, word: string): boolean {
  for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + 1)) {
    if (at === 0 || !/[\p{L}\p{N}]/u.test(folded[at - 1]!)) return true;
  }
  return false;
}

/** A part of a long text around the first mark, of about `most` letters, with an ellipsis where it was cut. */
export function excerptOf(text: string, words: readonly string[], most = 110): { text: string; marks: SearchMarks } {
  const plain = text.replace(/\s+/gu, ' ');
  const first = marksOf(plain, words)[0]?.[0] ?? 0;
  if (plain.length <= most) return { text: plain, marks: marksOf(plain, words) };
  const wanted = Math.max(0, Math.min(first - Math.round(most / 3), plain.length - most));
  // Not in the middle of a word, and never between the halves of a letter.
  const space = plain.indexOf(' ', wanted);
  const from = wanted === 0 ? 0 : space >= 0 && space < first ? space + 1 : first;
  const until = plain.lastIndexOf(' ', from + most);
  const to = from + most >= plain.length ? plain.length : until > first ? until : from + most;
  const part = `${from > 0 ? '…' : ''}${plain.slice(from, to).toWellFormed()}${to < plain.length ? '…' : ''}`;
  return { text: part, marks: marksOf(part, words) };
}
