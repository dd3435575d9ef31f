/** Values by number, the least recently used let go of once they weigh more than allowed. */
export class LeastRecent<V> {
  readonly #held = new Map<number, { readonly value: V; readonly weight: number }>();
  readonly #most: number;
  #weight = 0;

  /** `most`: of the same unit as the weights, bytes here. */
  constructor(most: number) {
    this.#most = most;
  }

  get(key: number): V | undefined {
    const held = this.#held.get(key);
    if (!held) return undefined;
    this.#held.delete(key);
    this.#held.set(key, held);
    return held.value;
  }

  set(key: number, value: V, weight: number): void {
    if (this.#held.has(key)) return;
    this.#held.set(key, { value, weight });
    this.#weight += weight;
    for (const [oldest, held] of this.#held) {
      if (this.#weight <= this.#most || oldest === key) break;
      this.#held.delete(oldest);
      this.#weight -= held.weight;
    }
  }
}
