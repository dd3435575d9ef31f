import { readSvg } from '../../../../shared/timeline/read-svg.ts';
import type { Drawing } from '../document.ts';
import { drawingWith } from './picture.ts';

/** Room on a page, millimetres. */
const WIDEST = 174;
const HIGHEST = 190;

/**
 * A kept picture as vector art for the page: its shapes as they are, its texts over them, in the letters of the window's drawing. Null for
 * what the painter would not have written.
 */
export function pictureForPage(svg: string): Drawing | null {
  const read = readSvg(svg);
  if (!read || !(read.width > 0 && read.height > 0)) return null;
  const texts = read.texts.filter(
    ({ text, x, y }) => text.trim() !== '' && x >= 0 && x <= read.width && y >= 0 && y <= read.height,
  );
  return drawingWith(read, read.art, texts, Math.min(WIDEST / read.width, HIGHEST / read.height));
}
