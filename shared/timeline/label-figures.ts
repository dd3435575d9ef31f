import type { Row } from './lane-layout.ts';
import { sameShape } from './same-shapes.ts';
import { rect, type Shape, type Text } from './scene.ts';
import { figureWidth, type LabelsPicture, type RowLabel } from './scene-labels.ts';
import { snap } from './time-scale.ts';

/** A figure at its place, before and now. */
interface Change {
  readonly was: Text;
  readonly now: Text;
}

/** The figures of a row that are others now: in columns, at their right ends. Null where more has changed than these. */
export function changedFigures(before: readonly Shape[], now: readonly Shape[]): readonly Change[] | null {
  if (before.length !== now.length) return null;
  const changes: Change[] = [];
  for (const [n, shape] of now.entries()) {
    const was = before[n]!;
    if (sameShape(was, shape)) continue;
    if (was.is !== 'text' || shape.is !== 'text' || shape.align !== 'right') return null;
    if (!sameShape({ ...was, text: shape.text, fill: shape.fill }, shape)) return null;
    changes.push({ was, now: shape });
  }
  return changes;
}

/** Room of a figure around the line that it stands on, and beside it: less than to the next line, and than to the name before it. CSS pixels. */
const ABOVE = 11.5;
const BELOW = 4;
const BESIDE = 3;

/** Some figures of a row, each over its own ground. */
export function figuresAnew(picture: LabelsPicture, row: Row, changes: readonly Change[]): RowLabel {
  const { frame, theme, measure, dpr } = picture;
  const { unit } = frame;
  const shapes = changes.flatMap(({ was, now }): Shape[] => {
    const wide = Math.max(figureWidth(was.text, was.font, measure), figureWidth(now.text, now.font, measure));
    const left = snap(now.x - wide - BESIDE * unit, dpr);
    const top = snap(now.y - ABOVE * unit, dpr);
    const ground = rect(
      left,
      top,
      snap(now.x + unit, dpr) - left,
      snap(now.y + BELOW * unit, dpr) - top,
      theme.groundLabel,
    );
    return [ground, now];
  });
  return { row, shapes };
}
