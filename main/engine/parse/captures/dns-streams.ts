import { ByteGather } from './byte-gather.ts';
import { renumbered } from './flow-facts.ts';
import type { IpPacket } from './ip-packet.ts';

/** Most connections to name servers that are listened to at once; each may hold 64 KiB either way. */
const MOST_STREAMS = 256;

interface Stream {
  gather: ByteGather;
  /** Sequence number of the gathered stream's first byte, and bytes of it that were read. */
  base: number;
  read: number;
}

/** DNS over TCP: messages with their length before them, which may be spread over segments, several in one (RFC 1035 §4.2.2). */
export class DnsStreams {
  /** By flow, one stream each way. */
  private streams = new Map<number, (Stream | undefined)[]>();

  /** Gives flows their new numbers. */
  move(moved: ReadonlyMap<number, number>): void {
    this.streams = renumbered(this.streams, moved);
  }

  /** Takes a segment; `message` is handed the place of each message that is whole by it. */
  take(
    flow: number,
    packet: IpPacket,
    bytes: Uint8Array,
    direction: 0 | 1,
    message: (bytes: Uint8Array, at: number, end: number) => void,
  ): void {
    let both = this.streams.get(flow);
    if (!both) {
      if (this.streams.size >= MOST_STREAMS) this.streams.delete(this.streams.keys().next().value!);
      both = [undefined, undefined];
      this.streams.set(flow, both);
    }
    let stream = both[direction];
    let at = stream ? (packet.sequence - stream.base) | 0 : 0;
    // A gap that is never filled, a port that is used again: a new beginning is believed where it has the form of one.
    if (!stream || stream.gather.spent || at < 0 || at > 0xffff) {
      if (stream && at < 0 && at > -0xffff && !stream.gather.spent) return;
      stream = { gather: new ByteGather(), base: packet.sequence, read: 0 };
      at = 0;
      both[direction] = stream;
    }
    stream.gather.put(at, bytes.subarray(packet.payload, packet.payloadEnd));
    const { whole } = stream.gather;
    while (stream.read + 2 <= whole.length) {
      const length = (whole[stream.read]! << 8) | whole[stream.read + 1]!;
      const end = stream.read + 2 + length;
      if (end > whole.length) return;
      message(whole, stream.read + 2, end);
      stream.read = end;
    }
    // All is read: what follows is gathered anew, so that a long connection does not fill the room.
    if (stream.read === whole.length && !stream.gather.gap) {
      both[direction] = { gather: new ByteGather(), base: (stream.base + stream.read) >>> 0, read: 0 };
    }
  }
}
