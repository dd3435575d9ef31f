import { type Box, clip, type Shape } from './scene.ts';

/** Shapes of a box in two layers: rectangles on their ground, and all words and figures over them, each in their old order. */
export function flatFirst(box: Box, ground: string, shapes: readonly Shape[]): Shape[] {
  const { flat, over } = parted(shapes);
  return [{ is: 'flat', ...box, ground, shapes: flat }, clip(box, over)];
}

function parted(shapes: readonly Shape[]): { flat: Shape[]; over: Shape[] } {
  const flat: Shape[] = [];
  const over: Shape[] = [];
  for (const shape of shapes) {
    if (shape.is === 'clip') {
      const inside = parted(shape.shapes);
      if (inside.flat.length > 0) flat.push({ ...shape, shapes: inside.flat });
      if (inside.over.length > 0) over.push({ ...shape, shapes: inside.over });
    } else if (shape.is === 'rects') {
      if (shape.count > 0) flat.push(shape);
    } else (shape.is === 'blocks' ? flat : over).push(shape);
  }
  return { flat, over };
}

/** How many rectangles there are, or somewhat more. */
export function rectanglesIn(shapes: readonly Shape[]): number {
  let count = 0;
  for (const shape of shapes) {
    if (shape.is === 'rects') count += shape.count;
    else if (shape.is === 'blocks') count += shape.columns.count * 4;
    else if (shape.is === 'clip' || shape.is === 'flat') count += rectanglesIn(shape.shapes);
  }
  return count;
}
