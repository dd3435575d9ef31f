/** Big-endian bytes that grow, as Java's DataOutputStream writes them. */
export class JavaBytes {
  #bytes = new Uint8Array(64 * 1024);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  #room(count: number): void {
    if (this.#length + count <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + count));
    grown.set(this.#bytes);
    this.#bytes = grown;
    this.#view = new DataView(grown.buffer);
  }

  byte(value: number): void {
    this.#room(1);
    this.#bytes[this.#length++] = value;
  }

  int(value: number): void {
    this.#room(4);
    this.#view.setInt32(this.#length, value | 0);
    this.#length += 4;
  }

  long(value: number): void {
    this.#room(8);
    this.#view.setBigInt64(this.#length, BigInt(value));
    this.#length += 8;
  }

  /** Seven bits a byte, low first, the high bit says that more follow. The value must not be negative. */
  varlong(value: number): void {
    let rest = value;
    while (rest >= 128) {
      this.byte((rest % 128) | 128);
      rest = Math.floor(rest / 128);
    }
    this.byte(rest);
  }

  /** Modified UTF-8: two bytes of length, NUL as two bytes, each half of a surrogate pair by itself. */
  utf(text: string): void {
    const bytes: number[] = [];
    for (let i = 0; i < text.length; i++) {
      const c = text.charCodeAt(i);
      if (c >= 1 && c < 0x80) bytes.push(c);
      else if (c < 0x800) bytes.push(0xc0 | (c >> 6), 0x80 | (c & 0x3f));
      else bytes.push(0xe0 | (c >> 12), 0x80 | ((c >> 6) & 0x3f), 0x80 | (c & 0x3f));
    }
    this.byte(bytes.length >> 8);
    this.byte(bytes.length & 0xff);
    for (const byte of bytes) this.byte(byte);
  }

  done(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }
}
