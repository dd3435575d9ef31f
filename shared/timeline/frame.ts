import type { Box } from './scene.ts';

export const sizes = ['small', 'medium', 'large'] as const;
export type LaneSize = (typeof sizes)[number];

const laneHeights: Readonly<Record<LaneSize, number>> = { small: 28, medium: 48, large: 84 };

/** How many lanes of a size find room in so many pixels. */
export function lanesIn(height: number, size: LaneSize): number {
  return Math.max(1, Math.ceil(height / laneHeights[size]));
}

/** One line of small type, and bars in little. */
const FOLDED = 16;

/** One line of words below the last lane. */
const REST = 30;

/** Where the parts of the instrument stand. `unit` is the size of the person's text: 1 at 16 pixels. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly unit: number;
  /** Room of the words of a lane; the lane's scale stands between it and `left`. */
  readonly labelWidth: number;
  /** Left edge and width of everything that has a time. */
  readonly left: number;
  readonly plotWidth: number;
  readonly overview: Box;
  readonly axis: Box;
  readonly context: Box;
  readonly contextRow: number;
  readonly lanes: Box;
  readonly laneHeight: number;
  /** Height of a lane that is folded to a line. */
  readonly foldedHeight: number;
  /** Height of the line below the last lane, where there are lanes that are not told. */
  readonly restHeight: number;
}

export interface FrameChoice {
  readonly width: number;
  readonly height: number;
  readonly unit: number;
  readonly size: LaneSize;
  readonly contextRows: number;
  /** Room at the right for the scroll bar. */
  readonly gutter: number;
}

/** Lays out the parts, in CSS pixels. */
export function frameOf(choice: FrameChoice): Frame {
  const { width, height, unit, gutter } = choice;
  const px = (n: number) => Math.round(n * unit);
  const labelWidth = Math.min(px(width >= 1500 ? 296 : 252), Math.round(width * 0.4));
  const left = labelWidth + px(54);
  const plotWidth = Math.max(1, width - left - gutter);
  const across = (y: number, boxHeight: number): Box => ({ x: left, y, width: plotWidth, height: boxHeight });
  const contextRow = px(17);
  const overview = across(0, px(height >= 700 ? 68 : 58));
  const axis = across(overview.y + overview.height + px(5), px(40));
  const context = across(axis.y + axis.height, choice.contextRows * contextRow + (choice.contextRows > 0 ? px(6) : 0));
  const lanesTop = context.y + context.height;
  const lanes = across(lanesTop, Math.max(0, height - lanesTop));
  const laneHeight = px(laneHeights[choice.size]);
  const foldedHeight = px(FOLDED);
  return {
    width,
    height,
    unit,
    labelWidth,
    left,
    plotWidth,
    overview,
    axis,
    context,
    contextRow,
    lanes,
    laneHeight,
    foldedHeight,
    restHeight: px(REST),
  };
}

/** All that has a time, below the strip: axis, context band and lanes. */
export function plotBox({ axis, lanes }: Frame): Box {
  return { ...axis, height: lanes.y + lanes.height - axis.y };
}
