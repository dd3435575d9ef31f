import { ByteGather } from './byte-gather.ts';
import { readClientHello } from './client-hello.ts';
import { type FlowFacts, type FlowNotes, greeted, renumbered } from './flow-facts.ts';
import { googleHello } from './google-hello.ts';
import { beginsRequest, type HttpRequest, readRequest } from './http-request.ts';
import { beginsHttp2, http2Requests } from './http2-stream.ts';
import { DONE, PATIENCE } from './inspection.ts';
import type { IpPacket } from './ip-packet.ts';
import { beginsMiPush, readMiPush } from './mi-push.ts';
import { findPersonal, isReadable } from './personal.ts';
import { beginsTls, clientHelloIn } from './tls-stream.ts';

const MOST_REQUESTS = 8;
/** So many packets of a stream in the clear are searched for what may identify somebody, and so much of each. */
const SEARCHED_PACKETS = 24;
const SEARCHED_BYTES = 4096;
const HTTP2_BYTES = 8192;

type Greeting = 'tls' | 'http2' | 'mi push';

/** A greeting that goes on in the next packet. */
interface Unfinished {
  readonly gather: ByteGather;
  /** Sequence number of the stream's first byte. */
  readonly base: number;
  readonly direction: 0 | 1;
  readonly greeting: Greeting;
}

/** Looks into the first packets of TCP connections. */
export class StreamInspector {
  private readonly notes: FlowNotes;
  private unfinished = new Map<number, Unfinished>();

  constructor(notes: FlowNotes) {
    this.notes = notes;
  }

  /** Gives flows their new numbers. */
  move(moved: ReadonlyMap<number, number>): void {
    this.unfinished = renumbered(this.unfinished, moved);
  }

  /** Looks at one payload; the answer is how often was looked, `DONE` where nothing more is to be found. */
  look(flow: number, packet: IpPacket, bytes: Uint8Array, direction: 0 | 1, looked: number): number {
    const at = packet.payload;
    const end = packet.payloadEnd;
    const begun = this.unfinished.get(flow);
    if (begun) {
      if (begun.direction !== direction) return looked;
      begun.gather.put((packet.sequence - begun.base) | 0, bytes.subarray(at, end));
      return this.goOn(flow, begun, looked);
    }
    const facts = this.notes.get(flow);
    if (facts?.service === 'HTTP') return this.inTheClear(facts, bytes, at, end, looked);
    const greeting = this.greetingOf(bytes, at, end);
    if (greeting !== null) return this.begin(flow, packet, bytes, direction, greeting, looked);
    if (beginsRequest(bytes, at, end)) {
      const made = this.notes.of(flow);
      made.service = 'HTTP';
      return this.inTheClear(made, bytes, at, end, 0);
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
    return looked + 1 >= PATIENCE ? DONE : looked + 1;
  }

  private greetingOf(bytes: Uint8Array, at: number, end: number): Greeting | null {
    if (beginsTls(bytes, at, end)) return 'tls';
    if (beginsMiPush(bytes, at, end)) return 'mi push';
    return beginsHttp2(bytes, at, end) ? 'http2' : null;
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
    // Most greetings stand in one packet: then nothing is gathered.
    if (greeting === 'tls') {
      const body = clientHelloIn(payload);
      if (body === 'none') return looked + 1 >= PATIENCE ? DONE : looked + 1;
      if (body !== 'more') return this.tls(flow, body);
    }
    if (greeting === 'mi push' && this.miPush(flow, payload)) return DONE;
    const begun = { gather: new ByteGather(), base: packet.sequence, direction, greeting };
    begun.gather.put(0, payload);
    this.unfinished.set(flow, begun);
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
      return body === 'none' ? DONE : this.tls(flow, body);
    }
    if (begun.greeting === 'mi push') {
      if (!this.miPush(flow, whole) && looked + 1 < PATIENCE) return looked + 1;
      this.unfinished.delete(flow);
      return DONE;
    }
    const facts = this.notes.of(flow);
    facts.service = 'HTTP/2';
    facts.requests = [];
    for (const request of http2Requests(whole, MOST_REQUESTS)) this.request(facts, request);
    if (whole.length < HTTP2_BYTES && looked + 1 < SEARCHED_PACKETS) return looked + 1;
    this.unfinished.delete(flow);
    return DONE;
  }

  private tls(flow: number, body: Uint8Array): number {
    const facts = this.notes.of(flow);
    facts.service = 'TLS';
    greeted(facts, readClientHello(body, 't'), 'tls');
    return DONE;
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
    for (const [name, value] of Object.entries(hello)) if (value !== null) facts.said.push(`${name}: ${value}`);
    return true;
  }

  private inTheClear(facts: FlowFacts, bytes: Uint8Array, at: number, end: number, looked: number): number {
    if (beginsRequest(bytes, at, end) && facts.requests.length < MOST_REQUESTS) {
      const request = readRequest(bytes, at, end);
      if (request) this.request(facts, request);
    }
    const next = looked + 1 >= SEARCHED_PACKETS ? DONE : looked + 1;
    if (!isReadable(bytes, at, end)) return next;
    // The peer's answers are searched as well: they may name the owner back.
    const text = Buffer.from(bytes.buffer, bytes.byteOffset + at, Math.min(end - at, SEARCHED_BYTES)).toString(
      'latin1',
    );
    for (const one of findPersonal(text)) {
      if (
        facts.personal.length < 20 &&
        !facts.personal.some(({ kind, value }) => kind === one.kind && value === one.value)
      ) {
        facts.personal.push(one);
      }
    }
    return next;
  }

  private request(facts: FlowFacts, request: HttpRequest): void {
    if (facts.host === null && request.host !== null) {
      facts.host = request.host;
      facts.hostFrom = 'http';
    }
    facts.userAgent ??= request.userAgent;
    facts.requests.push(`${request.method} ${request.host ?? ''}${request.target}`);
  }
}
