import { surface } from './world-shapes.ts';

/** Which part of the surface is in sight: a zoom, and the surface's point in the middle of the picture. */
export interface MapView {
  readonly zoom: number;
  readonly x: number;
  readonly y: number;
}

export const wholeWorld: MapView = { zoom: 1, x: surface.width / 2, y: surface.height / 2 };
const MOST_ZOOM = 16;

const between = (value: number, least: number, most: number) => Math.max(least, Math.min(most, value));

/** Keeps the surface around the picture. */
function kept({ zoom, x, y }: MapView): MapView {
  const halfWidth = surface.width / 2 / zoom;
  const halfHeight = surface.height / 2 / zoom;
  return {
    zoom,
    x: between(x, halfWidth, surface.width - halfWidth),
    y: between(y, halfHeight, surface.height - halfHeight),
  };
}

/** Zooms by a factor; the surface's point `at` stays where it is in the picture. */
export function zoomed(view: MapView, factor: number, at: readonly [x: number, y: number] = [view.x, view.y]): MapView {
  const zoom = between(view.zoom * factor, 1, MOST_ZOOM);
  const share = view.zoom / zoom;
  return kept({ zoom, x: at[0] + (view.x - at[0]) * share, y: at[1] + (view.y - at[1]) * share });
}

/** Moves by so many units of the surface. */
export function moved(view: MapView, dx: number, dy: number): MapView {
  return kept({ ...view, x: view.x + dx, y: view.y + dy });
}
