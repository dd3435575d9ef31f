/** Chance that is no chance: every number comes from the seed and from what it is for, so the past never depends on "now". */
function mix(state: number, value: number): number {
  let h = Math.imul(state ^ value, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 15), 0x85ebca77);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae3d);
  return (h ^ (h >>> 16)) >>> 0;
}

/** A 32-bit number from what it is for: names and whole numbers. */
export function hashOf(...parts: readonly (number | string)[]): number {
  let state = 0x2545f491;
  for (const part of parts) {
    if (typeof part === 'string') {
      for (let i = 0; i < part.length; i++) state = mix(state, part.charCodeAt(i));
      state = mix(state, 0x7fff_ffff);
    } else {
      state = mix(state, part | 0);
      state = mix(state, Math.floor(part / 4_294_967_296) | 0);
    }
  }
  return state;
}

export interface Dice {
  /** [0, 1) */
  next(): number;
  /** Whole number in [low, high]. */
  whole(low: number, high: number): number;
  chance(p: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** Roughly normal, mean 0, deviation 1. */
  normal(): number;
  /** How often something with this mean happened. */
  count(mean: number): number;
}

/** Dice for one purpose. */
export function diceOf(...parts: readonly (number | string)[]): Dice {
  let a = hashOf(...parts);
  const next = (): number => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    whole: (low, high) => low + Math.floor(next() * (high - low + 1)),
    chance: (p) => next() < p,
    pick: (list) => list[Math.floor(next() * list.length)]!,
    normal: () => (next() + next() + next() + next() - 2) * 1.732,
    count: (mean) => {
      const limit = Math.exp(-mean);
      let k = 0;
      for (let p = next(); p > limit; p *= next()) k++;
      return k;
    },
  };
}

/** A list in an order of its own, the same for the same purpose. */
export function shuffled<T>(list: readonly T[], ...purpose: readonly (number | string)[]): T[] {
  const dice = diceOf(...purpose);
  const out = [...list];
  for (let i = out.length - 1; i > 0; i--) {
    const j = dice.whole(0, i);
    [out[i], out[j]] = [out[j]!, out[i]!];
  }
  return out;
}

const HEX = '0123456789abcdef';
/** Hexadecimal text of the given length. */
export function hexOf(length: number, ...purpose: readonly (number | string)[]): string {
  const dice = diceOf(...purpose);
  let text = '';
  for (let i = 0; i < length; i++) text += HEX[dice.whole(0, 15)];
  return text;
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** Text as Android makes it for folders of installed apps: 22 characters and `==`. */
export function folderOf(...purpose: readonly (number | string)[]): string {
  const dice = diceOf(...purpose);
  let text = '';
  for (let i = 0; i < 22; i++) text += BASE64[dice.whole(0, 63)];
  return `${text}==`;
}
