import { FlowMatch, type WantedFlow } from './flow-match.ts';
import { LONGEST_FRAME, PCAP_HEAD, type PcapHead, pcapHead } from './pcap-reader.ts';
import { littleWord, word } from './wire-numbers.ts';

const SECTION = 0x0a0d0d0a;
const ORDER = 0x1a2b3c4d;
const LONGEST_BLOCK = LONGEST_FRAME + 64 * 1024;
const NOTHING = new Uint8Array(0);

/**
 * Cuts the packets of one flow out of a capture that is taken piece by piece: the records stay as they are, byte for byte,
 * and what stands before them is what a reader needs to understand them. Classic form: the header of 24 bytes. Newer form:
 * the header of each section that has such packets, and its interfaces; of a section's header only the length is made
 * unspecified where one was said, because the section is shorter now. Other blocks (names, keys, statistics) are left out:
 * they speak of other flows too. Sources: IETF draft-ietf-opsawg-pcap, draft-ietf-opsawg-pcapng.
 */
export class CaptureSlice {
  private readonly match: FlowMatch;
  private readonly emit: (bytes: Uint8Array) => void;
  private rest: Uint8Array = NOTHING;
  /** Place of `rest` in the capture. */
  private base = 0;
  private form: 'pcap' | 'pcapng' | null = null;
  private head: PcapHead | null = null;
  private broken = false;
  private little = true;
  /** Header blocks of the section at hand that were not written yet; null once one of its packets was. */
  private waiting: Uint8Array[] | null = [];
  private interfaces: { readonly link: number; readonly snapLength: number }[] = [];

  /** `emit` gets bytes that are good until the next piece is taken. */
  constructor(wanted: WantedFlow, emit: (bytes: Uint8Array) => void) {
    this.match = new FlowMatch(wanted);
    this.emit = emit;
  }

  /** Packets that were found so far. */
  get found(): number {
    return this.match.found;
  }

  /** Nothing more will be found: all were, or the capture cannot be followed. */
  get done(): boolean {
    return this.match.done || this.broken;
  }

  take(piece: Uint8Array): void {
    if (this.done) return;
    const bytes = this.rest.length === 0 ? piece : Buffer.concat([this.rest, piece]);
    const used = this.read(bytes);
    this.base += used;
    // A copy: the piece may be filled again by who reads it.
    this.rest = used === bytes.length ? NOTHING : bytes.slice(used);
  }

  private read(bytes: Uint8Array): number {
    let at = 0;
    if (this.form === null) {
      if (bytes.length < PCAP_HEAD) return 0;
      this.head = pcapHead(bytes);
      this.form = this.head ? 'pcap' : 'pcapng';
      if (this.head) {
        this.emit(bytes.slice(0, PCAP_HEAD));
        at = PCAP_HEAD;
      }
    }
    return this.head ? this.records(this.head, bytes, at) : this.blocks(bytes, at);
  }

  private records({ little, link }: PcapHead, bytes: Uint8Array, from: number): number {
    const read = little ? littleWord : word;
    let at = from;
    while (at + 16 <= bytes.length && !this.done) {
      const kept = read(bytes, at + 8);
      if (kept > LONGEST_FRAME) {
        this.broken = true;
        return at;
      }
      const next = at + 16 + kept;
      if (next > bytes.length) return at;
      if (this.match.frame(link, bytes, at + 16, next, this.base + at)) this.emit(bytes.subarray(at, next));
      at = next;
    }
    return at;
  }

  private blocks(bytes: Uint8Array, from: number): number {
    let at = from;
    while (at + 12 <= bytes.length && !this.done) {
      const isSection = word(bytes, at) === SECTION;
      if (isSection) this.little = littleWord(bytes, at + 8) === ORDER;
      const read = this.little ? littleWord : word;
      const length = read(bytes, at + 4);
      if (length < 12 || length % 4 !== 0 || length > LONGEST_BLOCK) {
        this.broken = true;
        return at;
      }
      if (at + length > bytes.length) return at;
      this.block(isSection ? SECTION : read(bytes, at), bytes.subarray(at, at + length), this.base + at);
      at += length;
    }
    return at;
  }

  private block(type: number, block: Uint8Array, offset: number): void {
    const read = this.little ? littleWord : word;
    const half = (at: number) =>
      this.little ? block[at]! | (block[at + 1]! << 8) : (block[at]! << 8) | block[at + 1]!;
    const end = block.length - 4;
    if (type === SECTION) {
      this.waiting = [block.length >= 28 ? withoutLength(block) : block.slice()];
      this.interfaces = [];
    } else if (type === 1 && block.length >= 20) {
      this.interfaces.push({ link: half(8), snapLength: read(block, 12) });
      if (this.waiting) this.waiting.push(block.slice());
      else this.emit(block);
    } else if (type === 6 || type === 2) {
      const of = block.length >= 32 ? this.interfaces[type === 6 ? read(block, 8) : half(8)] : undefined;
      const kept = of ? read(block, 20) : 0;
      if (of && 28 + kept <= end) this.packet(of.link, block, 28, 28 + kept, offset);
    } else if (type === 3 && block.length >= 16) {
      const of = this.interfaces[0];
      const wire = read(block, 8);
      if (of) this.packet(of.link, block, 12, 12 + Math.min(wire, end - 12, of.snapLength || wire), offset);
    }
  }

  private packet(link: number, block: Uint8Array, start: number, end: number, offset: number): void {
    if (!this.match.frame(link, block, start, end, offset)) return;
    for (const one of this.waiting ?? []) this.emit(one);
    this.waiting = null;
    this.emit(block);
  }
}

/** A section's header that does not say how long the section is. */
function withoutLength(block: Uint8Array): Uint8Array {
  const copy = block.slice();
  copy.fill(0xff, 16, 24);
  return copy;
}
