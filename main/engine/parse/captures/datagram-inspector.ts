import { ByteGather } from './byte-gather.ts';
import { readClientHello } from './client-hello.ts';
import { datagramService, dhcpName, dtlsHello, netbiosName } from './datagram.ts';
import { addSaid, type FlowNotes, greeted, keepOpen, renumbered } from './flow-facts.ts';
import { googleHello } from './google-hello.ts';
import { readRequest } from './http-request.ts';
import { DONE, PATIENCE } from './inspection.ts';
import type { IpPacket } from './ip-packet.ts';
import { clockOfAsker } from './ntp-clock.ts';
import { addPersonal, personalIn } from './personal-search.ts';
import {
  behindOther,
  clientKeys,
  cryptoPieces,
  isInitial,
  isKnownVersion,
  type LongHead,
  longHead,
  type Opened,
  openInitial,
  type QuicKeys,
} from './quic-initial.ts';
import { encryptedService } from './services.ts';

/** Datagrams over which one greeting of QUIC may be spread, those with early data among them. */
const GREETING_PATIENCE = 24;
/** Packets of QUIC that are looked at in one datagram; real ones hold three or four. */
const MOST_COALESCED = 8;

interface Greeting {
  readonly gather: ByteGather;
  readonly direction: 0 | 1;
  readonly keys: QuicKeys;
  readonly serverPort: number;
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
    if (this.quic(flow, packet, begun, bytes, direction)) return this.greetings.has(flow) ? looked + 1 : DONE;
    const next = looked + 1 >= (begun ? GREETING_PATIENCE : PATIENCE) ? DONE : looked + 1;
    if (begun) {
      if (next === DONE) this.greetings.delete(flow);
      return next;
    }
    const known = this.notes.get(flow)?.service ?? null;
    if (known !== null) return known === 'DHCP' && this.dhcp(flow, bytes, at, end) ? DONE : next;
    const early = googleHello(bytes, at, end);
    if (early) {
      this.google(flow, early);
      return DONE;
    }
    const service = datagramService(bytes, at, end, packet.sourcePort, packet.targetPort);
    if (service === null) {
      const found = personalIn(bytes, at, end);
      if (found.length > 0) {
        const facts = this.notes.of(flow);
        facts.service ??= 'Text in the clear';
        addPersonal(facts, found);
      }
      return next;
    }
    const facts = this.notes.of(flow);
    facts.service = service;
    if (service === 'NTP') {
      const clock = clockOfAsker(bytes, at);
      if (clock !== null) addSaid(facts, `clock of the asking side: ${clock}`);
    }
    if (service === 'DTLS') greeted(facts, dtlsHello(bytes, at, end), 'tls');
    if (service === 'NetBIOS') {
      facts.host = netbiosName(bytes, at, end);
      facts.hostFrom = facts.host === null ? null : 'netbios';
    }
    if (service === 'DHCP') return this.dhcp(flow, bytes, at, end) ? DONE : next;
    if (service === 'SSDP') {
      const request = readRequest(bytes, at, end);
      if (request) facts.requests = [...facts.requests, `${request.method} ${request.target}`];
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

  /** Opens the client's first packets. True where one was opened; while a greeting goes on it stays among the greetings. */
  private quic(
    flow: number,
    packet: IpPacket,
    known: Greeting | undefined,
    bytes: Uint8Array,
    direction: 0 | 1,
  ): boolean {
    const end = packet.payloadEnd;
    let begun = known;
    let isQuic = false;
    for (let place = packet.payload, packets = 0; place < end && packets < MOST_COALESCED; packets += 1) {
      const head = longHead(bytes, place, end);
      if (!head) break;
      const [opened, keys] = this.open(head, begun, bytes, place, end);
      if (!opened || !keys) {
        // One that cannot be opened is the server's, or comes later than the greeting.
        if (isKnownVersion(head.version)) this.notes.of(flow).service ??= 'QUIC';
        place = behindOther(head, bytes, end);
        if (place < 0) break;
        continue;
      }
      isQuic = true;
      this.notes.of(flow).service = 'QUIC';
      if (keys.version.google) {
        const hello = googleHello(opened.frames, 0, opened.frames.length);
        if (hello) this.google(flow, hello);
        return true;
      }
      if (begun?.keys !== keys) {
        begun = { gather: new ByteGather(), direction, keys, serverPort: packet.targetPort };
        keepOpen(this.greetings, flow, begun);
      }
      const { gather } = begun;
      cryptoPieces(opened.frames, (from, piece) => gather.put(from, piece));
      place = opened.next;
    }
    if (begun && isQuic) this.finish(flow, begun);
    return isQuic;
  }

  /**
   * Opens a packet with the keys of the greeting that was begun. Where they do not fit, with those of its own connection id: after
   * a retry the client takes the id that the server chose, and another version means other keys (RFC 9001 §5.2, RFC 9000 §6).
   */
  private open(
    head: LongHead,
    begun: Greeting | undefined,
    bytes: Uint8Array,
    start: number,
    end: number,
  ): readonly [Opened | null, QuicKeys | null] {
    if (!isInitial(head)) return [null, null];
    const opened = begun ? openInitial(head, begun.keys, bytes, start, end) : null;
    if (begun && opened) return [opened, begun.keys];
    const keys = clientKeys(head.version, head.connectionId);
    return [keys && openInitial(head, keys, bytes, start, end), keys];
  }

  private finish(flow: number, begun: Greeting): void {
    const { whole, spent } = begun.gather;
    if (spent) this.greetings.delete(flow);
    if (whole.length < 4 || whole[0] !== 1) return;
    const length = (whole[1]! << 16) | (whole[2]! << 8) | whole[3]!;
    if (whole.length < 4 + length) return;
    this.greetings.delete(flow);
    const facts = this.notes.of(flow);
    const hello = readClientHello(whole.subarray(4, 4 + length), 'q');
    greeted(facts, hello, 'quic');
    facts.service = encryptedService('QUIC', facts.alpn, hello?.serverName ?? null, begun.serverPort);
  }
}
