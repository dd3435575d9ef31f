import { Failure } from '../../../../shared/base/failure.ts';

/**
 * Cuts the one SVG that the typesetter makes of a document into its pages. The source stacks them: at the top level a
 * white path and one group a page, moved down by the heights before it, then glyphs and clip paths that all share. The
 * top level is the only one indented by four spaces. What comes out has no script, no link and no outer reference.
 */
const PAGE =
  /\n {4}<path class="typst-shape" fill="#ffffff"[^>]*\/>\n {4}<g(?: transform="matrix\(1 0 0 1 0 [\d.]+\)")?>\n([\s\S]*?)\n {4}<\/g>(?=\n)/g;
const SHARED = /\n {8}<(symbol|clipPath) id="([^"]+)"[\s\S]*?<\/\1>/g;
const USED = /(?:xlink:href="#|url\(#)([^")]+)/g;

/** Without indentation, and with two decimals less than the typesetter writes: a third of the size, the same picture. */
function compact(svg: string): string {
  return svg
    .replace(/\n\s*/g, '')
    .replace(/ fill-rule="nonzero"/g, '')
    .replace(/ (x|y)="(-?\d+\.\d{3})\d+"/g, ' $1="$2"');
}

/** The first `most` of the document's pages, each an SVG of its own with what it uses. */
export function pagesOf(svg: string, pages: number, most: number): { svg: string }[] {
  const size = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg);
  const bodies = [...svg.matchAll(PAGE)].map((match) => match[1]!);
  if (!size || bodies.length !== pages) {
    throw new Failure('internal', `The preview has ${bodies.length} pages where the report has ${pages}.`);
  }
  const width = Number(size[1]);
  const height = Number(size[2]) / pages;
  const shared = new Map([...svg.matchAll(SHARED)].map((match) => [match[2]!, match[0]]));
  return bodies.slice(0, most).map((body) => {
    const used = new Set([...body.matchAll(USED)].map((match) => match[1]!));
    const definitions = [...used]
      .sort()
      .map((id) => shared.get(id) ?? '')
      .join('');
    const box = `viewBox="0 0 ${width.toFixed(2)} ${height.toFixed(2)}"`;
    const names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"';
    return {
      svg: compact(
        `<svg ${names} ${box}><rect width="100%" height="100%" fill="#ffffff"/>${body}<defs>${definitions}</defs></svg>`,
      ),
    };
  });
}
