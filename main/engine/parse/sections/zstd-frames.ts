const MAGIC = 0xfd2fb528;
const SKIPPABLE = 0x184d2a50;
const dictionarySizes = [0, 1, 2, 4] as const;
const contentSizes = [0, 2, 4, 8] as const;

type Part = 'magic' | 'descriptor' | 'head' | 'block head' | 'block' | 'checksum' | 'skippable size' | 'skippable';
const sizes: Partial<Record<Part, number>> = {
  magic: 4,
  descriptor: 1,
  'block head': 3,
  checksum: 4,
  'skippable size': 4,
};

/**
 * Cuts a stream of Zstandard where one frame ends and the next begins: Node's unpacker ends with the first frame of what it
 * is given at once and drops the rest of that piece. Source: RFC 8878 §3.1.
 */
export class ZstdFrames {
  private part: Part = 'magic';
  /** Bytes that the part still needs. */
  private left = 4;
  /** The part's bytes as a number, the lowest first; only of parts that are read. */
  private value = 0;
  private place = 0;
  private checksum = false;
  private last = false;
  /** No frame begins where one should: the rest is handed on as it is, for the unpacker to refuse. */
  private lost = false;

  /** The piece in parts of which none goes on behind the end of a frame. */
  *cut(piece: Buffer): Generator<Buffer> {
    let start = 0;
    for (let at = 0; at < piece.length && !this.lost; ) {
      if (this.part === 'head' || this.part === 'block' || this.part === 'skippable') {
        const take = Math.min(this.left, piece.length - at);
        this.left -= take;
        at += take;
      } else {
        this.value += piece[at]! * 2 ** (8 * this.place);
        this.place += 1;
        this.left -= 1;
        at += 1;
      }
      while (this.left === 0 && !this.lost) {
        if (!this.next()) continue;
        yield piece.subarray(start, at);
        start = at;
      }
    }
    if (start < piece.length) yield piece.subarray(start);
  }

  private begin(part: Part, size = sizes[part] ?? 0): void {
    this.part = part;
    this.left = size;
    this.value = 0;
    this.place = 0;
  }

  /** Goes on to the next part; true where a frame has ended. */
  private next(): boolean {
    const { value } = this;
    switch (this.part) {
      case 'magic':
        if (value === MAGIC) this.begin('descriptor');
        else if (value - (value % 16) === SKIPPABLE) this.begin('skippable size');
        else this.lost = true;
        return false;
      case 'descriptor': {
        const single = (value & 0x20) !== 0;
        this.checksum = (value & 0x04) !== 0;
        const content = value >> 6 === 0 ? (single ? 1 : 0) : contentSizes[(value >> 6) as 0 | 1 | 2 | 3];
        this.begin('head', (single ? 0 : 1) + dictionarySizes[(value & 3) as 0 | 1 | 2 | 3] + content);
        return false;
      }
      case 'block head': {
        this.last = (value & 1) !== 0;
        // A block of one byte repeated has that byte only.
        this.begin('block', ((value >> 1) & 3) === 1 ? 1 : value >> 3);
        return false;
      }
      case 'block':
        if (this.last && !this.checksum) break;
        this.begin(this.last ? 'checksum' : 'block head');
        return false;
      case 'head':
        this.begin('block head');
        return false;
      case 'skippable size':
        this.begin('skippable', value);
        return false;
      default:
    }
    this.begin('magic');
    return true;
  }
}
