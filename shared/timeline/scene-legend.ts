import type { ContextMark } from '../types/timeline.ts';
import { type Measure, rect, type Shape } from './scene.ts';
import { glyph } from './scene-context.ts';
import { PEAK_OPACITY } from './scene-lanes.ts';
import type { Theme } from './theme.ts';

export type LegendSign =
  | 'sent'
  | 'sentDark'
  | 'received'
  | 'receivedDark'
  | 'peak'
  | 'uncovered'
  | 'contact'
  | 'moment'
  | 'several'
  | 'lookUp'
  | ContextMark['kind'];

export interface LegendEntry {
  readonly sign: LegendSign;
  readonly text: string;
}

export interface LegendChoice {
  readonly width: number;
  /** Upper edge of the first line. */
  readonly top: number;
  readonly entries: readonly LegendEntry[];
  readonly theme: Theme;
  readonly measure: Measure;
}

const LINE = 18;
const SIGN = 16;

/** What the signs of a drawing mean, in lines from the left edge; CSS pixels. For paper, where no page says it beside the drawing. */
export function legendScene({ width, top, entries, theme, measure }: LegendChoice): {
  shapes: Shape[];
  height: number;
} {
  const font = `400 11px ${theme.font}`;
  const shapes: Shape[] = [];
  let x = 0;
  let y = top;
  for (const { sign, text } of entries) {
    const room = SIGN + 5 + measure(text, font);
    if (x > 0 && x + room > width) {
      x = 0;
      y += LINE;
    }
    shapes.push(...signShapes(sign, x, y, theme));
    shapes.push({ is: 'text', text, x: x + SIGN + 5, y: y + 12, font, fill: theme.textMid });
    x += room + 18;
  }
  return { shapes, height: entries.length === 0 ? 0 : y + LINE - top };
}

function signShapes(sign: LegendSign, x: number, y: number, theme: Theme): Shape[] {
  const block = (paint: string, opacity = 1): Shape => ({
    is: 'rects',
    paint,
    xywh: [x, y + 3, SIGN, 10],
    count: 1,
    opacity,
  });
  const line = (...xywh: number[]): Shape => ({ is: 'rects', paint: theme.contact, xywh, count: xywh.length / 4 });
  switch (sign) {
    case 'sent':
    case 'sentDark':
    case 'received':
    case 'receivedDark':
      return [block(theme[sign])];
    case 'peak':
      return [block(theme.sent, PEAK_OPACITY)];
    case 'uncovered':
      return [rect(x, y + 3, SIGN, 10, { hatch: theme.hatch, ground: theme.hatchGround, phase: x })];
    case 'contact':
      return [line(x, y + 4, 1.5, 8, x + SIGN - 1.5, y + 4, 1.5, 8, x, y + 7.25, SIGN, 1.5)];
    case 'moment': {
      const [cx, cy] = [x + SIGN / 2, y + 8];
      return [
        { is: 'poly', points: [cx, cy - 4, cx + 4, cy, cx, cy + 4, cx - 4, cy], closed: true, fill: theme.contact },
      ];
    }
    case 'several':
      return [line(x, y + 4, SIGN, 1, x, y + 11, SIGN, 1, x, y + 4, 1, 8, x + SIGN - 1, y + 4, 1, 8)];
    case 'lookUp':
      return [line(x + SIGN / 2 - 0.75, y + 8, 1.5, 4)];
    case 'network':
      return [rect(x, y + 11, SIGN, 2, theme.wifi), block(theme.wifi, 0.24)];
    case 'screen':
      return [rect(x, y + 11, SIGN, 2, theme.screen), block(theme.screen, 0.24)];
    default:
      return [glyph(sign, x + SIGN / 2, y + 8, 4.2, theme)];
  }
}
