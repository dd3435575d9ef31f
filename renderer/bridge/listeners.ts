type Listener = (payload: unknown) => void;

/** Who listens to which event of the contract, for a wire. */
export class Listeners {
  readonly #of = new Map<string, Set<Listener>>();

  /** Answers with the call that ends the listening. */
  listen(group: string, name: string, listener: Listener): () => void {
    const key = `${group}.${name}`;
    const set = this.#of.get(key) ?? new Set();
    this.#of.set(key, set);
    set.add(listener);
    return () => set.delete(listener);
  }

  of(group: string, name: string): Iterable<Listener> {
    return this.#of.get(`${group}.${name}`) ?? [];
  }
}
