/** Whole numbers of 32 bits, numbered in the order in which they came. */
export class IntegerIndex {
  count = 0;
  /** Pairs of a number that came and 1 more than its own number, in the first free place from that of its hash on. */
  #table = new Int32Array(2 * 2048);

  /** The number of one; that of one which did not come before is `count` as it stood. */
  of(integer: number): number {
    const table = this.#table;
    const last = table.length - 1;
    let at = placeOf(integer, last);
    for (let held = table[at + 1]!; held !== 0; held = table[at + 1]!) {
      if (table[at] === integer) return held - 1;
      at = (at + 2) & last;
    }
    if (this.count * 4 >= table.length) {
      this.#widen();
      return this.of(integer);
    }
    this.count += 1;
    table[at] = integer;
    table[at + 1] = this.count;
    return this.count - 1;
  }

  #widen(): void {
    const table = this.#table;
    const wider = new Int32Array(table.length * 2);
    for (let from = 0; from < table.length; from += 2) {
      if (table[from + 1] === 0) continue;
      let at = placeOf(table[from]!, wider.length - 1);
      while (wider[at + 1] !== 0) at = (at + 2) & (wider.length - 1);
      wider[at] = table[from]!;
      wider[at + 1] = table[from + 1]!;
    }
    this.#table = wider;
  }
}

function placeOf(integer: number, last: number): number {
  const mixed = Math.imul(integer ^ (integer >>> 16), 0x9e3779b1);
  return ((mixed ^ (mixed >>> 15)) << 1) & last;
}
