import type { LaneBy, LaneRest } from '../types/timeline.ts';
import type { Frame } from './frame.ts';
import { type LaneLayout, restInSight } from './lane-layout.ts';
import { howToSeeRest, restWords } from './rest-words.ts';
import { clip, type Measure, rect, type Shape, shorten } from './scene.ts';
import type { Theme } from './theme.ts';
import { snap } from './time-scale.ts';

export interface RestPicture {
  readonly frame: Frame;
  readonly layout: LaneLayout;
  readonly scroll: number;
  readonly rest: LaneRest;
  readonly by: LaneBy;
  /** Whether it says how to see them. */
  readonly hint: boolean;
  readonly theme: Theme;
  readonly measure: Measure;
  readonly dpr: number;
}

/** The line below the last lane, across labels and plot: how many more lanes there are, and what they add up to. */
export function restScene(picture: RestPicture): Shape[] {
  const { frame, layout, theme, measure, dpr } = picture;
  const row = restInSight(layout, picture.scroll);
  if (!row) return [];
  const { unit, lanes } = frame;
  const width = lanes.x + lanes.width;
  const y = lanes.y + row.y;
  const hair = 1 / dpr;
  const font = `400 ${11.5 * unit}px ${theme.font}`;
  const left = 14 * unit;
  const words = restWords(picture.rest, picture.by) + (picture.hint ? `: ${howToSeeRest}` : '');
  const text = shorten(words, font, width - 2 * left, measure);
  const box = { x: 0, y: lanes.y + layout.pinnedHeight, width, height: lanes.height - layout.pinnedHeight };
  return [
    clip(box, [
      rect(0, y, width, row.height, theme.groundLabel),
      rect(0, snap(y + row.height, dpr) - hair, width, hair, theme.line),
      { is: 'text', text, x: left, y: y + row.height / 2 + 4 * unit, font, fill: theme.textMid, align: 'left' },
    ]),
  ];
}
