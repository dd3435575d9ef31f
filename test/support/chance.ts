/** Numbers from 0 up to 1 from a seed (mulberry32), the same in every run. */
export function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The same by shifts alone (xorshift32), which is sooner where there are millions. A seed of 0 gives nothing else. */
export function shiftedChance(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** A seed of many bits out of a small number, never 0. */
export const spreadSeed = (seed: number): number => (seed * 2_654_435_761 + 1) >>> 0 || 1;
