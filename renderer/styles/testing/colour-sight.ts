/** Red, green and blue of a screen, each 0 to 1. */
export type Rgb = readonly [number, number, number];
type Matrix = readonly [Rgb, Rgb, Rgb];

/** Kinds of colour sight: the common one, and those without one kind of cone. */
export const sights = ['common', 'protan', 'deutan', 'tritan'] as const;
export type Sight = (typeof sights)[number];

/**
 * What is left where one kind of cone is missing, on linear light. Source: G. M. Machado, M. M. Oliveira, L. A. F. Fernandes, “A
 * Physiologically-based Model for Simulation of Color Vision Deficiency”, IEEE TVCG 15 (6), 2009, table of severity 1.0.
 */
const missing: Readonly<Record<Exclude<Sight, 'common'>, Matrix>> = {
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** Linear light of an sRGB value (IEC 61966-2-1). */
const linear = (c: number): number => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
const times = (m: Matrix, v: Rgb): Rgb =>
  m.map((row) => row[0] * v[0] + row[1] * v[1] + row[2] * v[2]) as unknown as Rgb;

/** Reads `#rrggbb` and `rgb(11 107 97 / 14%)` laid over a ground; fails for any other form. */
export function readColour(text: string, ground: Rgb = [1, 1, 1]): Rgb {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(text.trim());
  if (hex) return [1, 2, 3].map((n) => Number.parseInt(hex[n]!, 16) / 255) as unknown as Rgb;
  const parts = /^rgb\((\d+) (\d+) (\d+) \/ (\d+)%\)$/.exec(text.trim());
  if (!parts) throw new Error(`not a colour of the tokens: ${text}`);
  const over = Number(parts[4]) / 100;
  return [1, 2, 3].map((n) => (Number(parts[n]) / 255) * over + ground[n - 1]! * (1 - over)) as unknown as Rgb;
}

/** A colour at an opacity over a ground, as a screen mixes them. */
export function mixed(colour: Rgb, opacity: number, ground: Rgb): Rgb {
  return colour.map((c, n) => c * opacity + ground[n]! * (1 - opacity)) as unknown as Rgb;
}

/** Contrast of two colours, 1 to 21 (WCAG 2.2, “contrast ratio” and “relative luminance”). */
export function contrastOf(a: Rgb, b: Rgb): number {
  const luminance = (rgb: Rgb) => 0.2126 * linear(rgb[0]) + 0.7152 * linear(rgb[1]) + 0.0722 * linear(rgb[2]);
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** How far two colours lie apart for a kind of sight: CIEDE2000, where 1 is just seen side by side and 10 at a glance. */
export function apart(a: Rgb, b: Rgb, sight: Sight = 'common'): number {
  return deltaE(labOf(seen(a, sight)), labOf(seen(b, sight)));
}

/** Linear light as that kind of sight takes it. */
function seen(rgb: Rgb, sight: Sight): Rgb {
  const light = rgb.map(linear) as unknown as Rgb;
  if (sight === 'common') return light;
  return times(missing[sight], light).map((c) => Math.min(1, Math.max(0, c))) as unknown as Rgb;
}

/** CIELAB of linear sRGB light, white D65. */
function labOf(light: Rgb): Rgb {
  const xyz = times(
    [
      [0.4124564, 0.3575761, 0.1804375],
      [0.2126729, 0.7151522, 0.072175],
      [0.0193339, 0.119192, 0.9503041],
    ],
    light,
  );
  const [x, y, z] = [xyz[0] / 0.95047, xyz[1], xyz[2] / 1.08883].map((t) =>
    t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116,
  ) as [number, number, number];
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const degrees = (radians: number): number => ((radians * 180) / Math.PI + 360) % 360;
const cosine = (angle: number): number => Math.cos((angle * Math.PI) / 180);

/** CIEDE2000 (CIE 142-2001; formulas as in Sharma, Wu, Dalal, “The CIEDE2000 color-difference formula”, 2005). */
export function deltaE(one: Rgb, two: Rgb): number {
  const meanC = (Math.hypot(one[1], one[2]) + Math.hypot(two[1], two[2])) / 2;
  const g = 0.5 * (1 - Math.sqrt(meanC ** 7 / (meanC ** 7 + 25 ** 7)));
  const [a1, a2] = [one[1] * (1 + g), two[1] * (1 + g)];
  const [c1, c2] = [Math.hypot(a1, one[2]), Math.hypot(a2, two[2])];
  const [h1, h2] = [c1 === 0 ? 0 : degrees(Math.atan2(one[2], a1)), c2 === 0 ? 0 : degrees(Math.atan2(two[2], a2))];
  const grey = c1 * c2 === 0;
  const turn = grey ? 0 : h2 - h1 > 180 ? h2 - h1 - 360 : h2 - h1 < -180 ? h2 - h1 + 360 : h2 - h1;
  const dL = two[0] - one[0];
  const dC = c2 - c1;
  const dH = 2 * Math.sqrt(c1 * c2) * Math.sin((turn * Math.PI) / 360);
  const L = (one[0] + two[0]) / 2;
  const C = (c1 + c2) / 2;
  const far = Math.abs(h1 - h2) > 180;
  const h = grey ? h1 + h2 : far ? (h1 + h2 + (h1 + h2 < 360 ? 360 : -360)) / 2 : (h1 + h2) / 2;
  const t = 1 - 0.17 * cosine(h - 30) + 0.24 * cosine(2 * h) + 0.32 * cosine(3 * h + 6) - 0.2 * cosine(4 * h - 63);
  const sL = 1 + (0.015 * (L - 50) ** 2) / Math.sqrt(20 + (L - 50) ** 2);
  const sC = 1 + 0.045 * C;
  const sH = 1 + 0.015 * C * t;
  const spin = 60 * Math.exp(-(((h - 275) / 25) ** 2));
  const rT = -2 * Math.sqrt(C ** 7 / (C ** 7 + 25 ** 7)) * Math.sin((spin * Math.PI) / 180);
  return Math.sqrt((dL / sL) ** 2 + (dC / sC) ** 2 + (dH / sH) ** 2 + rT * (dC / sC) * (dH / sH));
}
