/** Distance of the slanting lines of a hatched ground along the x axis, CSS pixels. */
const STEP = 7;

/** Side of the square that a hatched ground repeats, in device pixels; its line runs from the lower left to the upper right corner. */
export function hatchSide(dpr: number): number {
  return Math.round(STEP * dpr);
}

/** How far the squares are moved to the right, in whole device pixels of 0 up to their side, so that lines stay with the time under them. */
export function hatchShift(phase: number, dpr: number): number {
  const side = hatchSide(dpr);
  return Math.round((((phase * dpr) % side) + side) % side) % side;
}
