/** What full height stands for: the highest of the lane, of the lane either way, or of all lanes. */
export const fullHeights = ['lane', 'way', 'all'] as const;
export type FullHeight = (typeof fullHeights)[number];

/** How a rate becomes a height. `root` is the square root; `log` spans five decades below the top. */
export const curves = ['linear', 'root', 'log'] as const;
export type Curve = (typeof curves)[number];

export const curveNames: Readonly<Record<Curve, string>> = {
  linear: 'linear',
  root: 'square root',
  log: 'logarithmic, five decades',
};

const DECADES = 5;

/** Anything above nothing is at least so high, so that no traffic is lost to the eye: CSS pixels. */
export const LEAST_PX = 1;

/** The share of full height for a part of what full height stands for (above 0, at most 1). Below nothing where a logarithm ends. */
export function shareOf(part: number, curve: Curve): number {
  return curve === 'root' ? Math.sqrt(part) : curve === 'linear' ? part : 1 + Math.log10(part) / DECADES;
}

/** The height of a rate, from 0 to `px`; at least a pixel of anything above nothing, full height of anything at or above `top`. */
export function heightOf(rate: number, top: number, curve: Curve, px: number): number {
  if (rate <= 0 || top <= 0) return 0;
  return Math.max(shareOf(Math.min(rate / top, 1), curve) * px, LEAST_PX);
}
