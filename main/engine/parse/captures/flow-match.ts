import { isBareFrame } from './app-trailer.ts';
import { ipPlace } from './frame.ts';
import { IpPacket, readIpPacket } from './ip-packet.ts';

/** Which flow is meant: place of its first packet's record in the capture, and how many packets it has. */
export interface WantedFlow {
  readonly offset: number;
  readonly packets: number;
}

const MOST_PIECES = 4096;

interface Ends {
  readonly version: number;
  readonly protocol: number;
  /** Words of the addresses and the port of each end, as one text. */
  readonly one: string;
  readonly other: string;
}

const endOf = (words: Uint32Array, version: number, port: number): string =>
  version === 4 ? `${words[0]} ${port}` : `${words.join()} ${port}`;

/**
 * Tells for every packet of a capture, in its order, whether it belongs to one flow. The ends are those of the packet that
 * the flow began with; pieces of a packet that was cut on its way go with the piece that names the ports.
 */
export class FlowMatch {
  private readonly wanted: WantedFlow;
  private readonly packet = new IpPacket();
  /** Pieces of packets by what they share: whether the first piece belongs to the flow. */
  private readonly pieces = new Map<string, boolean>();
  private ends: Ends | null = null;
  found = 0;

  constructor(wanted: WantedFlow) {
    this.wanted = wanted;
  }

  /** All packets of the flow were met: what follows belongs to another, even where the ends are the same. */
  get done(): boolean {
    return this.found >= this.wanted.packets;
  }

  /** Whether the frame from `start` to `end` belongs to it. `offset` is the place of its record in the capture. */
  frame(link: number, bytes: Uint8Array, start: number, end: number, offset: number): boolean {
    if (this.done) return false;
    const ip = ipPlace(link === 1 && isBareFrame(bytes, start, end) ? 101 : link, bytes, start, end);
    const { packet } = this;
    if (ip < 0 || !readIpPacket(packet, bytes, ip, end)) return false;
    const owner = packet.laterPiece ? this.pieces.get(this.pieceKey()) : undefined;
    if (offset === this.wanted.offset) this.ends = this.endsHere();
    const mine = owner ?? this.matches();
    if (packet.firstPiece) {
      this.pieces.set(this.pieceKey(), mine);
      if (this.pieces.size > MOST_PIECES) this.pieces.delete(this.pieces.keys().next().value!);
    }
    if (mine) this.found += 1;
    return mine;
  }

  private endsHere(): Ends {
    const { version, protocol, source, target, sourcePort, targetPort } = this.packet;
    return { version, protocol, one: endOf(source, version, sourcePort), other: endOf(target, version, targetPort) };
  }

  private matches(): boolean {
    const { ends, packet } = this;
    if (ends === null || packet.protocol !== ends.protocol || packet.version !== ends.version) return false;
    const here = this.endsHere();
    return (here.one === ends.one && here.other === ends.other) || (here.one === ends.other && here.other === ends.one);
  }

  private pieceKey(): string {
    const { source, target, identification, protocol } = this.packet;
    return `${source.join()} ${target.join()} ${identification} ${protocol}`;
  }
}
