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

/**
 * The height of a rate, from 0 to `px`. Anything above nothing is at least one pixel high, so that no traffic is lost
 * to the eye; anything at or above `top` is full height.
 */
export function heightOf(rate: number, top: number, curve: Curve, px: number): number {
  if (rate <= 0 || top <= 0) return 0;
  const part = Math.min(rate / top, 1);
  const share = curve === 'linear' ? part : curve === 'root' ? Math.sqrt(part) : 1 + Math.log10(part) / DECADES;
  return Math.max(share * px, 1);
}
