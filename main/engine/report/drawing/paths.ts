/** Millimetres with at most three decimals: finer than any printer, and the same text on every machine. */
export function mm(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * The outline of bars that stand side by side on a line, as one SVG path. `heights` are millimetres, positive away from
 * the line; `direction` −1 draws upwards, 1 downwards. A step of height 0 draws nothing; none is drawn beyond `limit`.
 */
export function skyline(
  heights: readonly number[],
  at: { readonly x: number; readonly step: number; readonly limit: number; readonly base: number },
  direction: -1 | 1,
): string {
  const { base } = at;
  const edge = (index: number) => mm(Math.min(at.limit, at.x + index * at.step));
  let path = '';
  let open = false;
  for (const [index, height] of heights.entries()) {
    const left = edge(index);
    if (height > 0) {
      path += open ? `H${left}` : `M${left} ${mm(base)}`;
      path += `V${mm(base + direction * height)}`;
      open = true;
    } else if (open) {
      path += `H${left}V${mm(base)}Z`;
      open = false;
    }
  }
  return open ? `${path}H${edge(heights.length)}V${mm(base)}Z` : path;
}

/** Slanted lines inside an area, each cut at its edges: hatching that needs no pattern and no clipping. */
export function hatch(area: Area, spacing: number): string {
  const { x, y, width, height } = area;
  let path = '';
  for (let start = spacing; start < width + height; start += spacing) {
    // The line runs from the upper edge (or the left one) down to the left: x + y is constant on it.
    const fromX = Math.min(start, width);
    const fromY = start - fromX;
    const toX = Math.max(0, start - height);
    const toY = start - toX;
    path += `M${mm(x + fromX)} ${mm(y + fromY)}L${mm(x + toX)} ${mm(y + toY)}`;
  }
  return path;
}
