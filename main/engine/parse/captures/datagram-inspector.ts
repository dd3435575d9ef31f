import { ByteGather } from './byte-gather.ts';
import { readClientHello } from './client-hello.ts';
import { datagramService, dhcpName } from './datagram.ts';
import { type FlowNotes, greeted, renumbered } from './flow-facts.ts';
import { googleHello } from './google-hello.ts';
import { readRequest } from './http-request.ts';
import { DONE, PATIENCE } from './inspection.ts';
import type { IpPacket } from './ip-packet.ts';
import { clientKeys, cryptoPieces, longHead, openInitial, type QuicKeys } from './quic-initial.ts';

interface Greeting {
  readonly gather: ByteGather;
  readonly direction: 0 | 1;
  readonly keys: QuicKeys;
}

/** Looks into the first datagrams of flows over UDP. */
export class DatagramInspector {
  private readonly notes: FlowNotes;
  private greetings = new Map<number, Greeting>();

  constructor(notes: FlowNotes) {
    this.notes = notes;
  }

  /** Gives flows their new numbers. */
  move(moved: ReadonlyMap<number, number>): void {
    this.greetings = renumbered(this.greetings, moved);
  }

  /** Looks at one payload; the answer is how often was looked, `DONE` where nothing more is to be found. */
  look(flow: number, packet: IpPacket, bytes: Uint8Array, direction: 0 | 1, looked: number): number {
    const at = packet.payload;
    const end = packet.payloadEnd;
    const begun = this.greetings.get(flow);
    if (begun && begun.direction !== direction) return looked;
    const next = looked + 1 >= PATIENCE ? DONE : looked + 1;
    if (this.quic(flow, begun, bytes, at, end, direction)) return this.greetings.has(flow) ? next : DONE;
    const known = this.notes.get(flow)?.service ?? null;
    if (known !== null) return known === 'DHCP' && this.dhcp(flow, bytes, at, end) ? DONE : next;
    const early = googleHello(bytes, at, end);
    if (early) {
      this.google(flow, early);
      return DONE;
    }
    const service = datagramService(bytes, at, end, packet.sourcePort, packet.targetPort);
    if (service === null) return next;
    const facts = this.notes.of(flow);
    facts.service = service;
    if (service === 'DHCP') return this.dhcp(flow, bytes, at, end) ? DONE : next;
    if (service === 'SSDP') {
      const request = readRequest(bytes, at, end);
      if (request) facts.requests.push(`${request.method} ${request.target}`);
      facts.host = request?.host ?? null;
      facts.hostFrom = facts.host === null ? null : 'http';
    }
    return DONE;
  }

  private dhcp(flow: number, bytes: Uint8Array, at: number, end: number): boolean {
    const name = dhcpName(bytes, at, end);
    if (name === null) return false;
    const facts = this.notes.of(flow);
    facts.host = name;
    facts.hostFrom = 'dhcp';
    return true;
  }

  private google(flow: number, hello: { serverName: string | null; userAgent: string | null }): void {
    const facts = this.notes.of(flow);
    facts.service = 'QUIC';
    facts.host = hello.serverName;
    facts.hostFrom = hello.serverName === null ? null : 'quic';
    facts.userAgent = hello.userAgent;
  }

  /** Opens the client's first packets. True where it is QUIC; while a greeting goes on it stays among the greetings. */
  private quic(
    flow: number,
    known: Greeting | undefined,
    bytes: Uint8Array,
    at: number,
    end: number,
    direction: 0 | 1,
  ): boolean {
    let begun = known;
    let isQuic = false;
    for (let place = at; place < end; ) {
      const head = longHead(bytes, place, end);
      const keys = head && (begun?.keys ?? clientKeys(head.version, head.connectionId));
      const opened = head && keys && openInitial(head, keys, bytes, place, end);
      if (!opened) break;
      isQuic = true;
      this.notes.of(flow).service = 'QUIC';
      if (keys.version.google) {
        const hello = googleHello(opened.frames, 0, opened.frames.length);
        if (hello) this.google(flow, hello);
        return true;
      }
      if (!begun) {
        begun = { gather: new ByteGather(), direction, keys };
        this.greetings.set(flow, begun);
      }
      const { gather } = begun;
      cryptoPieces(opened.frames, (from, piece) => gather.put(from, piece));
      place = opened.next;
    }
    if (begun && isQuic) this.finish(flow, begun);
    return isQuic;
  }

  private finish(flow: number, begun: Greeting): void {
    const { whole, spent } = begun.gather;
    if (spent) this.greetings.delete(flow);
    if (whole.length < 4 || whole[0] !== 1) return;
    const length = (whole[1]! << 16) | (whole[2]! << 8) | whole[3]!;
    if (whole.length < 4 + length) return;
    this.greetings.delete(flow);
    greeted(this.notes.of(flow), readClientHello(whole.subarray(4, 4 + length), 'q'), 'quic');
  }
}
