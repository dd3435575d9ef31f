import type { CaptureInterface, PacketSink } from './packet-sink.ts';
import { type CaptureReader, LONGEST_FRAME } from './pcap-reader.ts';
import { SectionBytes } from './pcapng-bytes.ts';
import { noteReaders } from './pcapng-notes.ts';
import { littleWord, word } from './wire-numbers.ts';

const SECTION = 0x0a0d0d0a;
const ORDER = 0x1a2b3c4d;
const BLOCK_HEAD = 12;
/** Longer than any block that is of use; secrets and names are far shorter. */
const LONGEST_BLOCK = LONGEST_FRAME + 64 * 1024;

interface Interface extends CaptureInterface {
  /** Microseconds a tick. */
  readonly tickUs: number;
  /** Seconds that are added to every time stamp. */
  readonly shiftUs: number;
}

/** Whether these bytes begin a capture of the newer form. */
export function isPcapng(bytes: Uint8Array): boolean {
  if (bytes.length < 12 || word(bytes, 0) !== SECTION) return false;
  return littleWord(bytes, 8) === ORDER || word(bytes, 8) === ORDER;
}

/**
 * Reads the newer form: blocks of type, length, body and length again; sections of either byte order with interfaces of
 * their own. Source: IETF draft-ietf-opsawg-pcapng.
 */
export class PcapngReader implements CaptureReader {
  wanted = BLOCK_HEAD;
  broken = false;
  private readonly sink: PacketSink;
  private order = new SectionBytes(true);
  /** Interfaces of the section at hand. */
  private interfaces: Interface[] = [];
  private made = 0;

  constructor(sink: PacketSink) {
    this.sink = sink;
  }

  read(bytes: Uint8Array, offset: number): number {
    let at = 0;
    this.wanted = BLOCK_HEAD;
    while (at + BLOCK_HEAD <= bytes.length) {
      if (word(bytes, at) === SECTION && !this.section(bytes, at, offset + at)) return at;
      const type = this.order.word(bytes, at);
      const length = this.order.word(bytes, at + 4);
      if (length < BLOCK_HEAD || length % 4 !== 0 || length > LONGEST_BLOCK) {
        return this.giveUp(at, offset, `A block is said to be ${length} bytes long`);
      }
      if (at + length > bytes.length) {
        this.wanted = length;
        break;
      }
      this.block(type, bytes, at + 8, at + length - 4, offset + at);
      if (this.order.word(bytes, at + length - 4) !== length) {
        return this.giveUp(at, offset, 'The two lengths of a block differ');
      }
      at += length;
    }
    return at;
  }

  private giveUp(at: number, offset: number, what: string): number {
    this.sink.warn(offset + at, `${what}; the capture is damaged from here on.`);
    this.broken = true;
    return at;
  }

  private section(bytes: Uint8Array, at: number, offset: number): boolean {
    const little = littleWord(bytes, at + 8) === ORDER;
    if (!little && word(bytes, at + 8) !== ORDER) {
      this.giveUp(0, offset, 'A section does not say its byte order');
      return false;
    }
    this.order = new SectionBytes(little);
    this.interfaces = [];
    return true;
  }

  private block(type: number, bytes: Uint8Array, from: number, to: number, offset: number): void {
    switch (type) {
      case 6:
        this.packet(bytes, from, to, offset);
        return;
      case 1:
        this.interface(bytes, from, to, offset);
        return;
      case SECTION:
        this.sectionOptions(bytes, from, to, offset);
        return;
      case 3:
        this.simple(bytes, from, to, offset);
        return;
      case 2:
        this.old(bytes, from, to, offset);
        return;
      default:
        noteReaders.get(type)?.(this.sink, this.order, bytes, from, to, offset);
    }
  }

  private sectionOptions(bytes: Uint8Array, from: number, to: number, offset: number): void {
    let software: string | null = null;
    this.order.options(bytes, from + 16, to, (code, at, end) => {
      if (code === 4) software = this.order.text(bytes, at, end);
      if (code === 1) this.sink.note({ kind: 'comment', text: this.order.text(bytes, at, end), offset });
    });
    this.sink.note({ kind: 'capture', form: 'pcapng', software, offset });
  }

  private interface(bytes: Uint8Array, from: number, to: number, offset: number): void {
    if (to - from < 8) return;
    let tickUs = 1;
    let shiftUs = 0;
    let name: string | null = null;
    this.order.options(bytes, from + 8, to, (code, at, end) => {
      if (code === 2) name = this.order.text(bytes, at, end);
      if (code === 9 && end > at) {
        const said = bytes[at]!;
        tickUs = said & 0x80 ? 1e6 / 2 ** (said & 0x7f) : 10 ** (6 - said);
      }
      if (code === 14 && end - at >= 8) shiftUs = this.order.long(bytes, at) * 1e6;
      if (code === 1) this.sink.note({ kind: 'comment', text: this.order.text(bytes, at, end), offset });
    });
    const link = this.order.half(bytes, from);
    this.interfaces.push({ id: this.made, link, snapLength: this.order.word(bytes, from + 4), name, tickUs, shiftUs });
    this.made += 1;
  }

  private timeUs(of: Interface, high: number, low: number): number {
    const ticks = high * 4_294_967_296 + low;
    // Beyond 2^53 ticks a number loses its last digits; nanoseconds since 1970 are there.
    if (ticks > Number.MAX_SAFE_INTEGER && of.tickUs < 1) {
      const whole = (BigInt(high) << 32n) | BigInt(low);
      return Number(whole / BigInt(Math.round(1 / of.tickUs))) + of.shiftUs;
    }
    return Math.floor(ticks * of.tickUs) + of.shiftUs;
  }

  private packet(bytes: Uint8Array, from: number, to: number, offset: number): void {
    if (to - from < 20) return;
    const of = this.interfaces[this.order.word(bytes, from)];
    const kept = this.order.word(bytes, from + 12);
    if (!of || from + 20 + kept > to) {
      this.sink.warn(
        offset,
        of ? 'A packet is longer than its block.' : 'A packet names an interface that the capture does not have.',
      );
      return;
    }
    const atUs = this.timeUs(of, this.order.word(bytes, from + 4), this.order.word(bytes, from + 8));
    const behind = from + 20 + ((kept + 3) & ~3);
    if (behind + 4 <= to) {
      this.order.options(bytes, behind, to, (code, at, end) => {
        if (code !== 1) return;
        const text = this.order.text(bytes, at, end);
        // PCAPdroid says the app's uid in a comment of the packet.
        const said = end - at < 16 ? /^u-(-?\d{1,10})$/.exec(text) : null;
        if (said) this.sink.uidOfNext?.(Number(said[1]));
        else this.sink.note({ kind: 'comment', text, offset });
      });
    }
    this.sink.packet(bytes, from + 20, kept, this.order.word(bytes, from + 16), atUs, of, offset);
  }

  private simple(bytes: Uint8Array, from: number, to: number, offset: number): void {
    const of = this.interfaces[0];
    if (!of || to - from < 4) return;
    const wire = this.order.word(bytes, from);
    const kept = Math.min(wire, to - from - 4, of.snapLength || wire);
    // Such a packet has no time; it is counted where nothing else tells one.
    this.sink.packet(bytes, from + 4, kept, wire, Number.NaN, of, offset);
  }

  /** The packet block of the first drafts. */
  private old(bytes: Uint8Array, from: number, to: number, offset: number): void {
    if (to - from < 20) return;
    const of = this.interfaces[this.order.half(bytes, from)];
    const kept = this.order.word(bytes, from + 12);
    if (!of || from + 20 + kept > to) return;
    const atUs = this.timeUs(of, this.order.word(bytes, from + 4), this.order.word(bytes, from + 8));
    this.sink.packet(bytes, from + 20, kept, this.order.word(bytes, from + 16), atUs, of, offset);
  }
}
