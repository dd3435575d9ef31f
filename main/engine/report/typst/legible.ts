/**
 * Text from a phone, made fit for paper: every character is drawn, or named by its number. Invisible characters that
 * could hide a part of a name or turn its order are named too, so that the page never shows less than the evidence.
 */
const JOINERS = new Set([0x200c, 0x200d]);

function hidden(character: number): boolean {
  return (
    character < 0x20 ||
    (character >= 0x7f && character < 0xa0) ||
    character === 0xad ||
    character === 0x61c ||
    (character >= 0x200b && character <= 0x200f) ||
    (character >= 0x2028 && character <= 0x202e) ||
    (character >= 0x2060 && character <= 0x206f) ||
    (character >= 0xe000 && character <= 0xf8ff) ||
    (character >= 0xfe00 && character <= 0xfe0f) ||
    character === 0xfeff ||
    (character >= 0xfff0 && character <= 0xfffc) ||
    character >= 0xe0000
  );
}

const named = (character: number) => `[U+${character.toString(16).toUpperCase().padStart(4, '0')}]`;

/** Joiners belong to the spelling of Persian, Hindi and others: they stay where such a letter stands before them. */
function joins(before: string | undefined): boolean {
  return before !== undefined && /[\p{L}\p{M}]/u.test(before) && !/\p{Script=Latin}/u.test(before);
}

/** `drawable` says what the fonts can draw. A line end in a text becomes a space. */
export function legible(text: string, drawable: ReadonlySet<number>): string {
  let out = '';
  let before: string | undefined;
  for (const letter of text.replace(/\r\n?|\n|\t/g, ' ')) {
    const character = letter.codePointAt(0)!;
    if (JOINERS.has(character) && drawable.has(character) && joins(before)) out += letter;
    else out += hidden(character) || !drawable.has(character) ? named(character) : letter;
    before = letter;
  }
  return out;
}

/** A text for a cell of a table, which must fit on a page: beyond `most` letters it is cut, and `cut` says so. */
export function fitting(text: string, most: number, cut: (letters: number) => string): string {
  if (text.length <= most) return text;
  const letters = [...text];
  return letters.length <= most ? text : letters.slice(0, most).join('') + cut(letters.length - most);
}

const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** Whether the text has letters that run from right to left and must be kept from turning what stands beside it. */
export function turns(text: string): boolean {
  return RIGHT_TO_LEFT.test(text);
}

/** Words up to this length stay whole: no line is so short that it could not hold one. */
const WHOLE = 18;
/** A piece without any sign is cut after so many letters. */
const LONGEST = 26;

/**
 * Cuts a text where a line may end: between words and, inside of long ones, after the signs that part names and paths.
 * The pieces joined are the text.
 */
export function breakable(text: string): string[] {
  const pieces: string[] = [];
  for (const word of text.split(/(?<= )/)) {
    const parts = word.length <= WHOLE ? [word] : word.split(/(?<=[./_:\\›@=&?])|(?<=,)(?!\d)|(?<=\w-)/u);
    for (const part of parts) {
      const letters = [...part];
      for (let at = 0; at < letters.length; at += LONGEST) pieces.push(letters.slice(at, at + LONGEST).join(''));
    }
  }
  return pieces;
}
