import type { Micros } from '../base/time.ts';

/** The stretch of time in sight. Microseconds of UTC; fractions are allowed while moving. */
export interface Viewport {
  readonly fromUs: Micros;
  readonly toUs: Micros;
}

/** Time to pixels and back: linear, so a stretch of time is as wide as its truth at every zoom. */
export interface TimeScale {
  readonly view: Viewport;
  /** Left edge and width of the drawing, CSS pixels. */
  readonly left: number;
  readonly width: number;
  readonly pxPerUs: number;
  x(us: Micros): number;
  us(x: number): Micros;
}

/** The line between instants and CSS pixels: `view` fills `width` from `left` on. */
export function timeScale(view: Viewport, left: number, width: number): TimeScale {
  const span = view.toUs - view.fromUs;
  const pxPerUs = width / span;
  return {
    view,
    left,
    width,
    pxPerUs,
    x: (us) => left + (us - view.fromUs) * pxPerUs,
    us: (x) => view.fromUs + ((x - left) / width) * span,
  };
}

/** Puts a length on the grid of device pixels, so that edges are sharp and neighbours share one. */
export function snap(px: number, dpr: number): number {
  return Math.round(px * dpr) / dpr;
}
