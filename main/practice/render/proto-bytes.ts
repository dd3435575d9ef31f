/** Protocol buffers as they are written: a field is its number with its wire type, then its value. */
export class ProtoBytes {
  readonly #bytes: number[] = [];

  #varint(value: number): void {
    let rest = value;
    while (rest >= 128) {
      this.#bytes.push((rest % 128) | 128);
      rest = Math.floor(rest / 128);
    }
    this.#bytes.push(rest);
  }

  /** A number that is not negative. Zero is left out, as Android's writer does. */
  number(field: number, value: number): this {
    if (value === 0) return this;
    this.#varint(field * 8);
    this.#varint(value);
    return this;
  }

  bytes(field: number, value: Uint8Array): this {
    this.#varint(field * 8 + 2);
    this.#varint(value.length);
    for (const byte of value) this.#bytes.push(byte);
    return this;
  }

  text(field: number, value: string): this {
    return this.bytes(field, new TextEncoder().encode(value));
  }

  message(field: number, fill: (inside: ProtoBytes) => void): this {
    const inside = new ProtoBytes();
    fill(inside);
    return this.bytes(field, inside.done());
  }

  done(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }
}
