import type { CaptureInterface, PacketSink } from './packet-sink.ts';
import { littleWord, word } from './wire-numbers.ts';

/** Takes the bytes of a capture piece by piece. */
export interface CaptureReader {
  /** Reads what is whole in `bytes` and answers how many of them were used. `offset` is the place of `bytes[0]` in the capture. */
  read(bytes: Uint8Array, offset: number): number;
  /** Says how many bytes the next record needs at least, so that more than a buffer is not waited for in vain. */
  readonly wanted: number;
  /** Nothing more can be read: the capture is damaged from here on. */
  readonly broken: boolean;
}

const RECORD = 16;
/** Longer than any frame that a capturing program writes (tcpdump's own limit is 256 KiB). */
export const LONGEST_FRAME = 16 * 1024 * 1024;

/**
 * Reads the classic form: a header of 24 bytes, then records of seconds, fraction, kept length and length on the wire, in
 * the byte order of the machine that wrote. Source: IETF draft-ietf-opsawg-pcap.
 */
export class PcapReader implements CaptureReader {
  wanted = RECORD;
  broken = false;
  private readonly sink: PacketSink;
  private readonly source: CaptureInterface;
  private readonly little: boolean;
  /** Divisor that makes microseconds of the fraction: 1, or 1000 where it says nanoseconds. */
  private readonly divisor: number;

  constructor(sink: PacketSink, head: PcapHead) {
    this.sink = sink;
    this.source = { id: 0, link: head.link, snapLength: head.snapLength, name: null };
    this.little = head.little;
    this.divisor = head.nanoseconds ? 1000 : 1;
  }

  read(bytes: Uint8Array, offset: number): number {
    const { sink, source, little, divisor } = this;
    const end = bytes.length;
    let at = 0;
    this.wanted = RECORD;
    while (at + RECORD <= end) {
      let seconds: number;
      let fraction: number;
      let kept: number;
      let wire: number;
      if (little) {
        seconds = littleWord(bytes, at);
        fraction = littleWord(bytes, at + 4);
        kept = littleWord(bytes, at + 8);
        wire = littleWord(bytes, at + 12);
      } else {
        seconds = word(bytes, at);
        fraction = word(bytes, at + 4);
        kept = word(bytes, at + 8);
        wire = word(bytes, at + 12);
      }
      if (kept > LONGEST_FRAME || kept > wire + 4096) {
        sink.warn(offset + at, `A packet is said to be ${kept} bytes long; the capture is damaged from here on.`);
        this.broken = true;
        return at;
      }
      const next = at + RECORD + kept;
      if (next > end) {
        this.wanted = RECORD + kept;
        break;
      }
      const atUs = seconds * 1_000_000 + (divisor === 1 ? fraction : Math.floor(fraction / divisor));
      sink.packet(bytes, at + RECORD, kept, wire, atUs, source, offset + at);
      at = next;
    }
    return at;
  }
}

export interface PcapHead {
  readonly little: boolean;
  readonly nanoseconds: boolean;
  readonly link: number;
  readonly snapLength: number;
}

export const PCAP_HEAD = 24;

/** The header of a classic capture, or null where the bytes are none. Both byte orders, micro- and nanoseconds. */
export function pcapHead(bytes: Uint8Array): PcapHead | null {
  if (bytes.length < PCAP_HEAD) return null;
  for (const little of [true, false]) {
    const read = little ? littleWord : word;
    const magic = read(bytes, 0);
    if (magic !== 0xa1b2c3d4 && magic !== 0xa1b23c4d) continue;
    return {
      little,
      nanoseconds: magic === 0xa1b23c4d,
      // The upper bits carry the length of a frame check sequence and are no part of the type.
      link: read(bytes, 20) & 0xffff,
      snapLength: read(bytes, 16),
    };
  }
  return null;
}
