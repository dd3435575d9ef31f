/** How many values of a sorted column are below `limit` (or at it, with `orAt`). */
export function countBelow(sorted: Float64Array, limit: number, orAt = false): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const value = sorted[middle]!;
    if (orAt ? value <= limit : value < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
