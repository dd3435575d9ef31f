import type { Measure } from '../../../../shared/timeline/scene.ts';
import { fontParts } from '../../../../shared/timeline/svg-text.ts';
import { type Advances, advancesOf } from '../typst/advances.ts';

/** The letters of the drawing: those of the window, and for other scripts those of the rest of the report. */
export interface Letters {
  readonly measure: Measure;
  /** The weight in which a text is set: other scripts have one only. */
  weightOf(text: string, weight: number): number;
}

/** Widths of letters that another font draws, in parts of its height; only the shortening of a name follows from them. */
const WIDE = 1;
const OTHER = 0.62;

function otherWidth(letter: string): number {
  if (/\p{M}|[\u200c\u200d]/u.test(letter)) return 0;
  return /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uff60]/u.test(
    letter,
  )
    ? WIDE
    : OTHER;
}

/** Measures by the widths of the drawing's own font files; `drawable`: what the report can draw, the rest is named by its number. */
export function lettersOf(
  fonts: readonly { readonly weight: number; readonly bytes: Uint8Array }[],
  drawable: ReadonlySet<number>,
): Letters {
  const weights = fonts.map(({ weight, bytes }) => ({ weight, advances: advancesOf(bytes) }));
  const nearest = (weight: number): Advances =>
    weights.reduce((best, one) => (Math.abs(one.weight - weight) < Math.abs(best.weight - weight) ? one : best))
      .advances;
  const plain = nearest(400);
  const ours = (text: string) => [...text].every((letter) => plain.widthOf(letter.codePointAt(0)!) !== null);
  const weightOf = (text: string, weight: number) => (ours(text) ? weight : 400);
  return {
    weightOf,
    measure(text, font) {
      const { size, weight } = fontParts(font);
      const advances = nearest(weightOf(text, weight));
      let width = 0;
      for (const letter of text) {
        const character = letter.codePointAt(0)!;
        const own = advances.widthOf(character);
        // A character that no font draws is printed as `[U+1F600]`.
        width += own ?? (drawable.has(character) ? otherWidth(letter) : 0.6 * (4 + character.toString(16).length));
      }
      return width * size;
    },
  };
}
