import type { IpPacket } from './ip-packet.ts';

const MOST_PIECES = 4096;

/** Flows of packets that came in pieces: later pieces have no ports. */
export class PacketPieces {
  private readonly flows = new Map<string, number>();

  /** Remembers the first piece of a packet. */
  begin(packet: IpPacket, flow: number, direction: 0 | 1): void {
    this.flows.set(keyOf(packet), flow * 2 + direction);
    if (this.flows.size > MOST_PIECES) this.flows.delete(this.flows.keys().next().value!);
  }

  /** Twice the flow of a later piece, with its direction in the lowest bit; −1 where the first was not seen. */
  flowOf(packet: IpPacket): number {
    return this.flows.get(keyOf(packet)) ?? -1;
  }

  clear(): void {
    this.flows.clear();
  }
}

function keyOf(packet: IpPacket): string {
  // Of IPv6 a later piece names the header behind it, which need not be the one that the first names last.
  const protocol = packet.version === 4 ? packet.protocol : 0;
  return `${packet.source.join()} ${packet.target.join()} ${packet.identification} ${protocol}`;
}
