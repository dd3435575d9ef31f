import { ByteGather } from './byte-gather.ts';
import { type FlowFacts, keepOpen, renumbered } from './flow-facts.ts';
import { beginsRequest, type HttpRequest, readRequest } from './http-request.ts';
import { DONE } from './inspection.ts';
import type { IpPacket } from './ip-packet.ts';
import { addPersonal, personalIn } from './personal-search.ts';

/** Requests that are kept of a connection. */
export const MOST_REQUESTS = 32;
/** So many packets of a stream in the clear are searched for what may identify somebody. */
export const SEARCHED_PACKETS = 24;
/** Enough was searched; only requests are still looked for. */
export const ONLY_REQUESTS = 254;
const LONGEST_HEAD = 8192;

/** A request whose head goes on in the next segment. */
interface OpenHead {
  readonly gather: ByteGather;
  readonly base: number;
  readonly direction: 0 | 1;
  /** Its place among the flow's requests. */
  readonly place: number;
}

/** Writes a request down; the first host that is named is the flow's. */
export function addRequest(facts: FlowFacts, request: HttpRequest, place = facts.requests.length): void {
  if (facts.host === null && request.host !== null) {
    facts.host = request.host;
    facts.hostFrom = 'http';
  }
  facts.userAgent ??= request.userAgent;
  const { requests } = facts;
  const told = `${request.method} ${targetOf(request)}`;
  facts.requests = place < requests.length ? requests.with(place, told) : [...requests, told];
}

/** To a proxy the target is said whole, and the host may be another; else the target is what stands behind the host. */
function targetOf({ target, host }: HttpRequest): string {
  if (host === null) return target;
  if (/^[/*]/.test(target)) return `${host}${target}`;
  return target.toLowerCase().includes(host) ? target : `${target} (host ${host})`;
}

/** Requests of HTTP/1 in the clear, and what may identify somebody in them and in their answers. */
export class OpenRequests {
  private heads = new Map<number, OpenHead>();

  /** Gives flows their new numbers. */
  move(moved: ReadonlyMap<number, number>): void {
    this.heads = renumbered(this.heads, moved);
  }

  /** A request of this flow goes on in its next segment. */
  has(flow: number): boolean {
    return this.heads.size > 0 && this.heads.has(flow);
  }

  /** Looks at one payload; the answer is how often was looked. */
  look(flow: number, facts: FlowFacts, packet: IpPacket, bytes: Uint8Array, direction: 0 | 1, looked: number): number {
    const at = packet.payload;
    const end = packet.payloadEnd;
    const head = this.heads.get(flow);
    if (head?.direction === direction) this.goOn(flow, facts, head, packet, bytes);
    else if (beginsRequest(bytes, at, end)) this.begin(flow, facts, packet, bytes, direction);
    if (facts.requests.length >= MOST_REQUESTS && !this.heads.has(flow)) return DONE;
    if (looked >= SEARCHED_PACKETS) return ONLY_REQUESTS;
    // The peer's answers are searched as well: they may name the owner back.
    addPersonal(facts, personalIn(bytes, at, end));
    return looked + 1;
  }

  private begin(flow: number, facts: FlowFacts, packet: IpPacket, bytes: Uint8Array, direction: 0 | 1): void {
    const request = readRequest(bytes, packet.payload, packet.payloadEnd);
    if (!request || facts.requests.length >= MOST_REQUESTS) return;
    const place = facts.requests.length;
    addRequest(facts, request);
    if (request.whole || request.host !== null) return;
    const gather = new ByteGather();
    gather.put(0, bytes.subarray(packet.payload, packet.payloadEnd));
    keepOpen(this.heads, flow, { gather, base: packet.sequence, direction, place });
  }

  private goOn(flow: number, facts: FlowFacts, head: OpenHead, packet: IpPacket, bytes: Uint8Array): void {
    head.gather.put((packet.sequence - head.base) | 0, bytes.subarray(packet.payload, packet.payloadEnd));
    const { whole, spent } = head.gather;
    const request = readRequest(whole, 0, whole.length);
    if (request) addRequest(facts, request, head.place);
    if (spent || !request || request.whole || request.host !== null || whole.length > LONGEST_HEAD)
      this.heads.delete(flow);
  }
}
