import { DatagramInspector } from './datagram-inspector.ts';
import { type DnsMessage, readDns } from './dns-message.ts';
import { DnsStreams } from './dns-streams.ts';
import { type FlowFacts, FlowNotes } from './flow-facts.ts';
import { DONE } from './inspection.ts';
import { addressText, type IpPacket } from './ip-packet.ts';
import { StreamInspector } from './stream-inspector.ts';
import { word } from './wire-numbers.ts';

const DNS = 53;
const MULTICAST_DNS = 5353;
const LOCAL_NAMES = 5355;

/** Looks into the first packets of flows, and keeps what they say in the clear. */
export class Inspector {
  readonly notes = new FlowNotes();
  private readonly streams = new StreamInspector(this.notes);
  private readonly datagrams = new DatagramInspector(this.notes);
  private readonly dnsStreams = new DnsStreams();
  private readonly heard: (message: DnsMessage, flow: number) => void;

  /** `heard` is told of every DNS message. */
  constructor(heard: (message: DnsMessage, flow: number) => void) {
    this.heard = heard;
  }

  /** Gives flows their new numbers; what has none any more is forgotten here. Answers the notes by the old numbers. */
  move(moved: ReadonlyMap<number, number>): ReadonlyMap<number, FlowFacts> {
    this.streams.move(moved);
    this.datagrams.move(moved);
    this.dnsStreams.move(moved);
    return this.notes.move(moved);
  }

  /**
   * Looks at the payload of one packet. `looked` is how many were looked at before; the answer is what it is from now on,
   * `DONE` where nothing more is to be found.
   */
  look(flow: number, packet: IpPacket, bytes: Uint8Array, direction: 0 | 1, looked: number): number {
    const { sourcePort, targetPort, payload, payloadEnd, protocol } = packet;
    const isNames =
      sourcePort === DNS ||
      targetPort === DNS ||
      targetPort === MULTICAST_DNS ||
      sourcePort === MULTICAST_DNS ||
      targetPort === LOCAL_NAMES;
    if (protocol === 17) {
      if (!isNames) return this.datagrams.look(flow, packet, bytes, direction, looked);
      this.names(flow, packet, bytes, payload, payloadEnd);
      return looked;
    }
    if (protocol !== 6) return DONE;
    if (!isNames) return this.streams.look(flow, packet, bytes, direction, looked);
    this.dnsStreams.take(flow, packet, bytes, direction, (stream, at, end) =>
      this.names(flow, packet, stream, at, end),
    );
    return looked;
  }

  private names(flow: number, packet: IpPacket, bytes: Uint8Array, at: number, end: number): void {
    const message = readDns(bytes, at, end, sixText);
    if (!message) return;
    const facts = this.notes.of(flow);
    const multicast = packet.sourcePort === MULTICAST_DNS || packet.targetPort === MULTICAST_DNS;
    facts.service = multicast ? 'mDNS' : packet.targetPort === LOCAL_NAMES ? 'LLMNR' : 'DNS';
    if (facts.host === null && message.name !== '') {
      facts.host = message.name;
      facts.hostFrom = 'dns';
    }
    this.heard(message, flow);
  }
}

const words = new Uint32Array(4);

/** Sixteen bytes as an IPv6 address. */
function sixText(bytes: Uint8Array, at: number): string {
  for (let n = 0; n < 4; n += 1) {
    words[n] = word(bytes, at + 4 * n);
  }
  return addressText(6, words);
}
