/** How many numbers a tuple has. */
const WIDTH = 7;

/** Tuples of seven whole numbers of 32 bits, numbered in the order in which they came. */
export class TupleIndex {
  count = 0;
  #room = 1024;
  #tuples = new Int32Array(this.#room * WIDTH);
  /** Where tuples are found: 1 and the number, in the first free place from that of their hash on. */
  #places = new Int32Array(this.#room * 2);

  /** The number of a tuple; that of one which did not come before is `count` as it stood. */
  of(a: number, b: number, c: number, d: number, e: number, f: number, g: number): number {
    const tuples = this.#tuples;
    const places = this.#places;
    const last = places.length - 1;
    let place = hash(a, b, c, d, e, f, g) & last;
    for (let held = places[place]!; held !== 0; held = places[place]!) {
      const at = (held - 1) * WIDTH;
      if (
        tuples[at] === a &&
        tuples[at + 1] === b &&
        tuples[at + 2] === c &&
        tuples[at + 3] === d &&
        tuples[at + 4] === e &&
        tuples[at + 5] === f &&
        tuples[at + 6] === g
      )
        return held - 1;
      place = (place + 1) & last;
    }
    if (this.count === this.#room) {
      this.#widen();
      return this.of(a, b, c, d, e, f, g);
    }
    tuples.set([a, b, c, d, e, f, g], this.count * WIDTH);
    this.count += 1;
    places[place] = this.count;
    return this.count - 1;
  }

  #widen(): void {
    this.#room *= 2;
    const tuples = new Int32Array(this.#room * WIDTH);
    tuples.set(this.#tuples);
    const places = new Int32Array(this.#room * 2);
    for (let n = 0; n < this.count; n += 1) {
      const at = n * WIDTH;
      const [a, b, c] = [tuples[at]!, tuples[at + 1]!, tuples[at + 2]!];
      const [d, e, f, g] = [tuples[at + 3]!, tuples[at + 4]!, tuples[at + 5]!, tuples[at + 6]!];
      let place = hash(a, b, c, d, e, f, g) & (places.length - 1);
      while (places[place] !== 0) place = (place + 1) & (places.length - 1);
      places[place] = n + 1;
    }
    this.#tuples = tuples;
    this.#places = places;
  }
}

function hash(a: number, b: number, c: number, d: number, e: number, f: number, g: number): number {
  let mixed = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b) ^ Math.imul(c, 0xc2b2ae35);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d) ^ Math.imul(d, 0x297a2d39) ^ Math.imul(e, 0x27d4eb2f);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0x165667b1) ^ Math.imul(f, 0x9e3779b1) ^ Math.imul(g, 0x85ebca6b);
  return mixed ^ (mixed >>> 16);
}
