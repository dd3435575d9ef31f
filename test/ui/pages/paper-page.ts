import { Instrument } from '../../../renderer/timeline/instrument.ts';
import { DataSet } from '../../../shared/timeline/lane-data.ts';
import type { Look } from '../../../shared/timeline/look.ts';
import { utc, zoneNamed } from '../../../shared/timeline/zones.ts';
import type { OverviewView, WindowView } from '../../../shared/types/timeline.ts';
import { type Difference, differenceOf, type Part, pixelsOf, type Steady, steadyPixels } from './compare.ts';

/** What the page is given: answers of the engine, and how a person wants to see them. */
export interface PaperPage {
  readonly overview: OverviewView;
  readonly lanes: WindowView;
  readonly look: Omit<Look, 'zone'>;
  readonly zone: string;
}

/** The window's own instrument in an element that fills the page; answers once it has painted. */
export async function showInstrument({ overview, lanes, look, zone }: PaperPage): Promise<void> {
  document.documentElement.dataset.theme = 'light';
  const host = document.createElement('div');
  host.style.cssText = 'position:absolute;inset:0';
  document.body.append(host);
  const letters = [400, 500, 600].map((weight) => document.fonts.load(`${weight} 12px "Inter Variable"`, 'aЖ'));
  await Promise.all(letters);
  const nothing = () => {};
  const hooks = new Proxy({}, { get: () => nothing }) as ConstructorParameters<typeof Instrument>[2];
  const instrument = new Instrument(host, { ...look, zone: zoneNamed(zone) ?? utc }, hooks);
  instrument.setOverview(overview);
  instrument.setDrawn({ subject: { by: 'app', filter: {} }, whole: new DataSet(lanes), detail: null });
  // Two layers: what follows the pointer, and the marks of the window on the strip, are no part of the picture.
  for (const layer of [...host.children].slice(1)) (layer as HTMLElement).style.visibility = 'hidden';
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  await frame();
  await frame();
}

/** Puts an SVG into the page, in place of all that was there. */
export async function showSvg(svg: string): Promise<void> {
  document.body.innerHTML = svg;
  await document.fonts.load('400 12px Inter', 'aЖ');
  await document.fonts.ready;
}

export interface Comparison extends Difference {
  readonly steady: Steady;
  /** The same where the lanes are drawn. */
  readonly lanes: Steady;
}

export interface Compared {
  readonly png: string;
  readonly part?: Part;
}

/** Compares two pictures as so many pixels; differences of blocks of `side` pixels from `most` levels, of single ones from `levels`. */
export async function compare(
  one: Compared,
  other: Compared,
  asked: {
    readonly size: { readonly width: number; readonly height: number };
    readonly side: number;
    readonly most: number;
    readonly levels: number;
    readonly lanes: Part;
  },
): Promise<Comparison> {
  const a = await pixelsOf(one.png, asked.size, one.part);
  const b = await pixelsOf(other.png, asked.size, other.part);
  const { mean, blocks } = differenceOf(a, b, asked.side, asked.most);
  const steady = steadyPixels(a, b, asked.levels);
  return { mean, blocks: blocks.slice(0, 12), steady, lanes: steadyPixels(a, b, asked.levels, asked.lanes) };
}

/** The first row at which a column of a page has the colour `#rrggbb`, in pixels; a row that has it by half counts by half. */
export async function topOf(png: string, x: number, colour: string): Promise<number> {
  const { width, height, data } = await pixelsOf(png);
  const wanted = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  const far = (y: number) => Math.max(...wanted.map((level, c) => Math.abs(level - data[4 * (y * width + x) + c]!)));
  for (let y = 0; y + 20 < height; y += 1) {
    if ([1, 5, 10, 20].every((down) => far(y + down) === 0) && far(y) > 0) {
      const white = Math.max(...wanted.map((level) => 255 - level));
      return y + far(y) / white;
    }
  }
  return 0;
}

/** Widths of every text in every font, as a canvas measures them. */
export async function widthsOf(texts: readonly string[], fonts: readonly string[]): Promise<number[]> {
  const context = document.createElement('canvas').getContext('2d')!;
  for (const font of fonts) await document.fonts.load(font, texts.join(''));
  return fonts.flatMap((font) => {
    context.font = font;
    return texts.map((text) => context.measureText(text).width);
  });
}
