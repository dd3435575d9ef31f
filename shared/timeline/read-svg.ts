import { type PlacedText, placedText } from './svg-text.ts';

/** A picture that `svgOf` wrote, taken apart again: lines and areas as an SVG without letters, and the texts over them. */
export interface SvgPicture {
  readonly width: number;
  readonly height: number;
  readonly art: string;
  readonly texts: readonly PlacedText[];
}

type Attributes = ReadonlyMap<string, string>;

const number = /^-?\d+(?:\.\d+)?$/;
const colour = /^(?:none|#[0-9a-f]{6})$/;
const local = /^url\(#[a-z]\d+\)$/;
const paths = /^[Mm0-9 .hvzlL-]*$/;
const shape: Readonly<Record<string, RegExp>> = {
  fill: /^(?:none|#[0-9a-f]{6}|url\(#[a-z]\d+\))$/,
  'fill-opacity': number,
  stroke: colour,
  'stroke-opacity': number,
  'stroke-width': number,
  d: paths,
};
/** The only elements and attributes that a picture has, with the form of each value. */
const known: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
  svg: {
    xmlns: /^http:\/\/www\.w3\.org\/2000\/svg$/,
    width: number,
    height: number,
    viewBox: /^0 0 [\d.]+ [\d.]+$/,
    'font-family': /^[^<>]*$/,
  },
  title: {},
  defs: {},
  pattern: {
    id: /^[a-z]\d+$/,
    width: number,
    height: number,
    patternUnits: /^userSpaceOnUse$/,
    patternTransform: /^translate\([\d.-]+ 0\)$/,
  },
  clipPath: { id: /^[a-z]\d+$/ },
  path: shape,
  g: { 'clip-path': local },
  text: {
    x: number,
    y: number,
    'font-size': number,
    'font-weight': number,
    'font-family': /^[^<>]*$/,
    'text-anchor': /^(?:end|middle)$/,
    fill: colour,
    style: /^white-space:pre$/,
  },
};

const tag = /<(\/?)([a-zA-Z]+)((?: [a-zA-Z-]+="[^"<>]*")*)(\/?)>([^<]*)/y;

/**
 * Takes a picture apart. Null for anything that `svgOf` would not have written: other elements, attributes or values, links, scripts.
 * What comes from elsewhere (a kept file, a message) is let through only in this way.
 */
export function readSvg(svg: string): SvgPicture | null {
  const open: string[] = [];
  const texts: PlacedText[] = [];
  let art = '';
  let family = 'sans-serif';
  let size: { width: number; height: number } | null = null;
  tag.lastIndex = 0;
  while (tag.lastIndex < svg.length) {
    const at = tag.lastIndex;
    const [whole, closing, name, listed, alone, content] = tag.exec(svg) ?? [];
    if (whole === undefined || name === undefined || tag.lastIndex === at) return null;
    if (closing) {
      if (open.pop() !== name || content !== '' || listed !== '' || alone) return null;
      if (name !== 'text') art += whole;
      continue;
    }
    const attributes = attributesOf(name, listed ?? '');
    const first = open.length === 0 && at === 0;
    if (!attributes || (name === 'svg') !== first) return null;
    if (content !== '' && name !== 'title' && name !== 'text') return null;
    if (name === 'svg') {
      family = plainText(attributes.get('font-family') ?? family);
      size = { width: Number(attributes.get('width')), height: Number(attributes.get('height')) };
    }
    if (name === 'text') texts.push(textOf(attributes, plainText(content ?? ''), family));
    else art += whole;
    if (!alone) open.push(name);
    if (alone && content !== '') return null;
  }
  return size && open.length === 0 ? { ...size, art, texts } : null;
}

function attributesOf(name: string, listed: string): Attributes | null {
  const forms = known[name];
  if (!forms || !Object.hasOwn(known, name)) return null;
  const found = new Map<string, string>();
  for (const [, key, value] of listed.matchAll(/ ([a-zA-Z-]+)="([^"<>]*)"/g)) {
    if (found.has(key!) || !Object.hasOwn(forms, key!) || !forms[key!]!.test(value!)) return null;
    found.set(key!, value!);
  }
  return found;
}

const aligned = { end: 'right', middle: 'center' } as const;

function textOf(attributes: Attributes, text: string, family: string): PlacedText {
  const anchor = attributes.get('text-anchor') as 'end' | 'middle' | undefined;
  const face = attributes.get('font-family');
  return placedText({
    is: 'text',
    text,
    x: Number(attributes.get('x')),
    y: Number(attributes.get('y')),
    font: `${attributes.get('font-weight') ?? 400} ${attributes.get('font-size')}px ${face === undefined ? family : plainText(face)}`,
    fill: attributes.get('fill') ?? '#000000',
    ...(anchor ? { align: aligned[anchor] } : {}),
  });
}

const signs: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };

function plainText(text: string): string {
  return text.replace(/&(amp|lt|gt|quot);/g, (_, name: string) => signs[name]!);
}
