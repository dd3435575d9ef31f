import { plainColour } from './colours.ts';
import type { Box, Text } from './scene.ts';

/** A text of a scene with its font taken apart. CSS pixels; `x` is the start, end or middle of the line that letters stand on. */
export interface PlacedText {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly align: 'left' | 'right' | 'center';
  readonly size: number;
  readonly weight: number;
  readonly family: string;
  /** `#rrggbb` */
  readonly fill: string;
  /** A box that the letters surely lie in. */
  readonly reach: Box;
}

/** `600 12px "Inter Variable", sans-serif` taken apart. A font of another form is 12 pixels of a plain face. */
export function fontParts(font: string): { weight: number; size: number; family: string } {
  const [, weight, size, family] = /^(\d+) ([\d.]+)px (.+)$/.exec(font) ?? [];
  return { weight: Number(weight ?? 400), size: Number(size ?? 12), family: family ?? 'sans-serif' };
}

/** Letters are at most so many times as wide as their font is high, stacked marks as high. */
const WIDEST = 1.3;

/** A text ready to be set by a painter with letters of its own. */
export function placedText(shape: Text): PlacedText {
  const { weight, size, family } = fontParts(shape.font);
  const align = shape.align ?? 'left';
  const width = Math.max(1, shape.text.length) * size * WIDEST;
  const x = align === 'left' ? shape.x : align === 'right' ? shape.x - width : shape.x - width / 2;
  const reach = { x: x - size / 4, y: shape.y - size * WIDEST, width: width + size / 2, height: size * WIDEST * 1.5 };
  return {
    text: held(shape.text),
    x: shape.x,
    y: shape.y,
    align,
    size,
    weight,
    family,
    fill: plainColour(shape.fill).hex,
    reach,
  };
}

const anchors = { left: '', right: ' text-anchor="end"', center: ' text-anchor="middle"' } as const;
const two = (value: number) => String(Math.round(value * 100) / 100);

/** The SVG element of a text. `usual`: its family is that of the whole picture. */
export function textElement(placed: PlacedText, usual: boolean): string {
  const { text, x, y, align, size, weight, family, fill } = placed;
  const face = usual ? '' : ` font-family="${escaped(family)}"`;
  // Names may hold more than one space on end.
  const kept = /\s\s|^\s|\s$/.test(text) ? ' style="white-space:pre"' : '';
  const look = `font-size="${two(size)}"${weight === 400 ? '' : ` font-weight="${weight}"`} fill="${fill}"`;
  return `<text x="${two(x)}" y="${two(y)}" ${look}${anchors[align]}${face}${kept}>${escaped(text)}</text>`;
}

/** Characters that XML cannot hold (XML 1.0, “Characters”) are shown as what they are: not to be drawn. */
function held(text: string): string {
  let out = '';
  for (const letter of text.replace(/[\t\n\r]/g, ' ')) {
    const character = letter.codePointAt(0)!;
    const kept = character >= 0x20 && !(character >= 0xd800 && character <= 0xdfff) && (character & 0xfffe) !== 0xfffe;
    out += kept ? letter : '\ufffd';
  }
  return out;
}

const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** Text as it stands in an SVG. */
export const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => signs[sign]!);
