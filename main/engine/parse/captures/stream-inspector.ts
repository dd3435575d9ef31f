import { ByteGather } from './byte-gather.ts';
import { readClientHello } from './client-hello.ts';
import { EarlySegments } from './early-segments.ts';
import { addSaid, type FlowFacts, type FlowNotes, greeted, keepOpen, renumbered } from './flow-facts.ts';
import { googleHello } from './google-hello.ts';
import { beginsRequest } from './http-request.ts';
import { beginsHttp2, http2Requests } from './http2-stream.ts';
import { DONE, STREAM_PATIENCE } from './inspection.ts';
import { firstByte, type IpPacket } from './ip-packet.ts';
import { beginsMiPush, readMiPush } from './mi-push.ts';
import { addRequest, MOST_REQUESTS, ONLY_REQUESTS, OpenRequests, SEARCHED_PACKETS } from './open-requests.ts';
import { findPersonal } from './personal.ts';
import { addPersonal, personalIn } from './personal-search.ts';
import { beginsSealedTls, beginsServerTls, certificateNames } from './server-certificate.ts';
import { encryptedService } from './services.ts';
import { beginsTls, clientHelloIn } from './tls-stream.ts';

const HTTP2_BYTES = 8192;
/** So many segments may come before a greeting is known for one. */
const EARLY_LOOKS = 3;

type Greeting = 'tls' | 'certificate' | 'http2' | 'mi push';

/** A greeting that goes on in the next packet. */
interface Unfinished {
  readonly gather: ByteGather;
  /** Sequence number of the stream's first byte. */
  readonly base: number;
  readonly direction: 0 | 1;
  readonly greeting: Greeting;
  readonly serverPort: number;
  /** Requests that were made before this greeting. */
  readonly before: readonly string[];
}

/** Looks into the first packets of TCP connections. */
export class StreamInspector {
  private readonly notes: FlowNotes;
  private unfinished = new Map<number, Unfinished>();
  /** Connections whose client named no server, by the direction from which a certificate may come. */
  private unnamed = new Map<number, 0 | 1>();
  private readonly open = new OpenRequests();
  private readonly early = new EarlySegments();

  constructor(notes: FlowNotes) {
    this.notes = notes;
  }

  /** Gives flows their new numbers. */
  move(moved: ReadonlyMap<number, number>): void {
    this.unfinished = renumbered(this.unfinished, moved);
    this.unnamed = renumbered(this.unnamed, moved);
    this.open.move(moved);
    this.early.move(moved);
  }

  /** Looks at one payload; the answer is how often was looked, `DONE` where nothing more is to be found. */
  look(flow: number, packet: IpPacket, bytes: Uint8Array, direction: 0 | 1, looked: number): number {
    const at = packet.payload;
    const end = packet.payloadEnd;
    if (looked === ONLY_REQUESTS && !beginsRequest(bytes, at, end) && !this.open.has(flow)) return looked;
    const begun = this.unfinished.get(flow);
    if (begun) {
      if (begun.direction !== direction) return looked;
      begun.gather.put((firstByte(packet) - begun.base) | 0, bytes.subarray(at, end));
      return this.goOn(flow, begun, looked);
    }
    const from = this.unnamed.size > 0 ? this.unnamed.get(flow) : undefined;
    if (from !== undefined) {
      if (from === direction && beginsServerTls(bytes, at, end))
        return this.begin(flow, packet, bytes, direction, 'certificate', looked);
      return this.next(flow, looked);
    }
    const facts = this.notes.get(flow);
    if (facts?.service === 'HTTP') {
      const greeting = this.greetingAfter(facts, bytes, at, end);
      if (greeting !== null) return this.begin(flow, packet, bytes, direction, greeting, looked);
      return this.open.look(flow, facts, packet, bytes, direction, looked);
    }
    const greeting = this.greetingOf(bytes, at, end);
    if (greeting !== null) return this.begin(flow, packet, bytes, direction, greeting, looked);
    if (beginsRequest(bytes, at, end)) {
      const made = this.notes.of(flow);
      made.service = 'HTTP';
      return this.open.look(flow, made, packet, bytes, direction, 0);
    }
    if (beginsSealedTls(bytes, at, end)) {
      const serverPort = Math.min(packet.sourcePort, packet.targetPort);
      this.notes.of(flow).service = encryptedService('TLS', [], null, serverPort);
      return DONE;
    }
    const early = looked < 2 ? googleHello(bytes, at, end) : null;
    if (early) {
      const made = this.notes.of(flow);
      made.service = 'Facebook Zero';
      made.host = early.serverName;
      made.hostFrom = early.serverName === null ? null : 'quic';
      made.userAgent = early.userAgent;
      return DONE;
    }
    if (looked < EARLY_LOOKS && this.early.wants(flow, packet.inOrder, bytes[at]!)) {
      const stream = this.early.keep(flow, direction, firstByte(packet), bytes.subarray(at, end));
      const whole = stream?.gather.whole;
      if (stream && whole && whole.length >= 6 && beginsTls(whole, 0, whole.length)) {
        const begun: Unfinished = { ...stream, direction, greeting: 'tls', serverPort: packet.targetPort, before: [] };
        this.early.drop(flow);
        keepOpen(this.unfinished, flow, begun);
        return this.goOn(flow, begun, looked);
      }
    }
    this.searchText(flow, bytes, at, end);
    return this.next(flow, looked);
  }

  /** Text of a protocol that nobody recognised may name somebody all the same. */
  private searchText(flow: number, bytes: Uint8Array, at: number, end: number): void {
    const found = personalIn(bytes, at, end);
    if (found.length === 0) return;
    const facts = this.notes.of(flow);
    facts.service ??= 'Text in the clear';
    addPersonal(facts, found);
  }

  private next(flow: number, looked: number): number {
    if (looked + 1 < STREAM_PATIENCE) return looked + 1;
    this.unnamed.delete(flow);
    this.early.drop(flow);
    return DONE;
  }

  private greetingOf(bytes: Uint8Array, at: number, end: number): Greeting | null {
    if (beginsTls(bytes, at, end)) return 'tls';
    if (beginsServerTls(bytes, at, end)) return 'certificate';
    if (beginsMiPush(bytes, at, end)) return 'mi push';
    return beginsHttp2(bytes, at, end) ? 'http2' : null;
  }

  /** What may follow requests in the clear: HTTP/2 where both agreed on it, TLS through a proxy that was asked to connect. */
  private greetingAfter(facts: FlowFacts, bytes: Uint8Array, at: number, end: number): Greeting | null {
    if (beginsHttp2(bytes, at, end)) return 'http2';
    const connects = facts.requests.some((one) => one.startsWith('CONNECT '));
    return connects && beginsTls(bytes, at, end) ? 'tls' : null;
  }

  private begin(
    flow: number,
    packet: IpPacket,
    bytes: Uint8Array,
    direction: 0 | 1,
    greeting: Greeting,
    looked: number,
  ): number {
    const payload = bytes.subarray(packet.payload, packet.payloadEnd);
    const serverPort = greeting === 'certificate' ? packet.sourcePort : packet.targetPort;
    // Most greetings stand in one packet: then nothing is gathered.
    if (greeting === 'tls') {
      const body = clientHelloIn(payload);
      if (body === 'none') return this.next(flow, looked);
      if (body !== 'more') return this.tls(flow, body, direction, serverPort);
    }
    if (greeting === 'mi push' && this.miPush(flow, payload)) return DONE;
    if (greeting === 'certificate') {
      this.unnamed.delete(flow);
      const facts = this.notes.of(flow);
      facts.service ??= encryptedService('TLS', [], null, serverPort);
    }
    const before = this.notes.get(flow)?.requests ?? [];
    const begun = { gather: new ByteGather(), base: firstByte(packet), direction, greeting, serverPort, before };
    begun.gather.put(0, payload);
    if (greeting === 'tls') this.early.release(flow, direction, begun.base, begun.gather);
    keepOpen(this.unfinished, flow, begun);
    return this.goOn(flow, begun, looked);
  }

  private goOn(flow: number, begun: Unfinished, looked: number): number {
    const { whole, spent } = begun.gather;
    if (spent) {
      this.unfinished.delete(flow);
      return DONE;
    }
    if (begun.greeting === 'tls') {
      const body = clientHelloIn(whole);
      if (body === 'more') return looked;
      this.unfinished.delete(flow);
      return body === 'none' ? DONE : this.tls(flow, body, begun.direction, begun.serverPort);
    }
    if (begun.greeting === 'certificate') {
      const names = certificateNames(whole);
      if (names === 'more') return looked;
      this.unfinished.delete(flow);
      if (names !== 'none') addSaid(this.notes.of(flow), `names in the server’s certificate: ${names.join(', ')}`);
      return DONE;
    }
    if (begun.greeting === 'mi push') {
      if (!this.miPush(flow, whole) && looked + 1 < STREAM_PATIENCE) return looked + 1;
      this.unfinished.delete(flow);
      return DONE;
    }
    const facts = this.notes.of(flow);
    facts.service = 'HTTP/2';
    facts.requests = begun.before;
    for (const request of http2Requests(whole, MOST_REQUESTS)) {
      addRequest(facts, request);
      addPersonal(facts, findPersonal(request.target));
    }
    if (whole.length < HTTP2_BYTES && looked + 1 < SEARCHED_PACKETS) return looked + 1;
    this.unfinished.delete(flow);
    return DONE;
  }

  private tls(flow: number, body: Uint8Array, direction: 0 | 1, serverPort: number): number {
    const facts = this.notes.of(flow);
    const hello = readClientHello(body, 't');
    greeted(facts, hello, 'tls');
    facts.service = encryptedService('TLS', facts.alpn, hello?.serverName ?? null, serverPort);
    if (!hello || hello.serverName !== null) return DONE;
    keepOpen(this.unnamed, flow, (direction ^ 1) as 0 | 1);
    return 0;
  }

  private miPush(flow: number, stream: Uint8Array): boolean {
    const hello = readMiPush(stream, 0, stream.length);
    const facts = this.notes.of(flow);
    facts.service = 'Mi Push';
    if (!hello) return false;
    if (hello.host !== null) {
      facts.host = hello.host.toLowerCase();
      facts.hostFrom = 'push';
    }
    for (const [name, value] of Object.entries(hello)) if (value !== null) addSaid(facts, `${name}: ${value}`);
    return true;
  }
}
