import type { Box, Paint, Shape } from './scene.ts';

/** Whether two pictures are painted alike. Bars of lanes never are: their columns are filled anew with every frame. */
export function sameShapes(a: readonly Shape[], b: readonly Shape[]): boolean {
  return a.length === b.length && a.every((shape, n) => sameShape(shape, b[n]!));
}

/** The same of one shape. */
export function sameShape(a: Shape, b: Shape): boolean {
  if (a.is === 'rects') {
    return (
      b.is === 'rects' &&
      a.count === b.count &&
      a.opacity === b.opacity &&
      samePaint(a.paint, b.paint) &&
      sameNumbers(a.xywh, b.xywh, a.count * 4)
    );
  }
  if (a.is === 'text') {
    return (
      b.is === 'text' &&
      a.text === b.text &&
      a.x === b.x &&
      a.y === b.y &&
      a.font === b.font &&
      a.fill === b.fill &&
      a.align === b.align
    );
  }
  if (a.is === 'poly') {
    return (
      b.is === 'poly' &&
      a.fill === b.fill &&
      a.stroke === b.stroke &&
      a.width === b.width &&
      a.closed === b.closed &&
      a.points.length === b.points.length &&
      sameNumbers(a.points, b.points, a.points.length)
    );
  }
  if (a.is === 'clip') {
    return b.is === 'clip' && sameBox(a, b) && sameShapes(a.shapes, b.shapes);
  }
  return a.is === 'flat' && b.is === 'flat' && sameBox(a, b) && a.ground === b.ground && sameShapes(a.shapes, b.shapes);
}

function samePaint(a: Paint, b: Paint): boolean {
  if (typeof a === 'string' || typeof b === 'string') return a === b;
  return a.hatch === b.hatch && a.ground === b.ground && a.phase === b.phase;
}

function sameBox(a: Box, b: Box): boolean {
  return a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
}

function sameNumbers(a: ArrayLike<number>, b: ArrayLike<number>, count: number): boolean {
  for (let n = 0; n < count; n += 1) if (a[n] !== b[n]) return false;
  return true;
}
