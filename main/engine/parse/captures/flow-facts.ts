import type { Personal } from './personal.ts';

/** How a host name of a flow is known, the most certain first. */
export type HostFrom =
  | 'tls'
  | 'quic'
  | 'http'
  | 'dns'
  | 'dhcp'
  | 'netbios'
  | 'push'
  | 'look-up before'
  | 'named by the capture';

/** What was read in the first packets of a flow, besides its ends and its sums. */
export interface FlowFacts {
  /** `TLS`, `QUIC`, `HTTP`, `DNS`, … or null where nothing was recognised. */
  service: string | null;
  host: string | null;
  hostFrom: HostFrom | null;
  alpn: readonly string[];
  ja4: string | null;
  /** The greeting has an encrypted part: the name may be an outer one. */
  encryptedHello: boolean;
  /** First requests in the clear: `METHOD host/path`. */
  requests: readonly string[];
  userAgent: string | null;
  /** What a protocol says of the device, `name: value`. */
  said: readonly string[];
  /** What may identify somebody, in the clear. */
  personal: readonly Personal[];
  /** The app as the capture names it, or null. */
  app: string | null;
}

/** Lists are replaced and never added to: most flows share this one, and the others have room for what they hold and no more. */
const NOTHING: readonly never[] = [];

/** Of a flow in which nothing was read. */
export const noFacts = (): FlowFacts => ({
  service: null,
  host: null,
  hostFrom: null,
  alpn: NOTHING,
  ja4: null,
  encryptedHello: false,
  requests: NOTHING,
  userAgent: null,
  said: NOTHING,
  personal: NOTHING,
  app: null,
});

/** Adds what a protocol says of the device. */
export function addSaid(facts: FlowFacts, what: string): void {
  facts.said = [...facts.said, what];
}

const A_NOTE = 800;

/** What is known of flows, by their number. */
export class FlowNotes {
  private notes = new Map<number, FlowFacts>();

  get(flow: number): FlowFacts | null {
    return this.notes.get(flow) ?? null;
  }

  /** Made where there is nothing yet. */
  of(flow: number): FlowFacts {
    let facts = this.notes.get(flow);
    if (!facts) {
      facts = noFacts();
      this.notes.set(flow, facts);
    }
    return facts;
  }

  /** Memory that the notes take, about, in bytes. */
  weigh(): number {
    let weight = 0;
    for (const { requests, said, personal } of this.notes.values()) {
      weight += A_NOTE;
      for (const request of requests) weight += request.length;
      for (const one of said) weight += one.length;
      weight += personal.length * A_NOTE;
    }
    return weight;
  }

  /** Gives flows their new numbers; what has none any more is forgotten here. Answers all by their old numbers. */
  move(moved: ReadonlyMap<number, number>): ReadonlyMap<number, FlowFacts> {
    const before = this.notes;
    this.notes = renumbered(before, moved);
    return before;
  }
}

/** So many greetings of one kind may wait for their next packet: a capture may begin millions and end none. */
const MOST_OPEN = 1024;

/** Remembers a greeting that goes on in the next packet; those that wait longest are given up. */
export function keepOpen<T>(open: Map<number, T>, flow: number, greeting: T): void {
  open.set(flow, greeting);
  if (open.size > MOST_OPEN) open.delete(open.keys().next().value!);
}

/** A map by flow, under the flows' new numbers. */
export function renumbered<T>(map: ReadonlyMap<number, T>, moved: ReadonlyMap<number, number>): Map<number, T> {
  const after = new Map<number, T>();
  for (const [flow, value] of map) {
    const place = moved.get(flow);
    if (place !== undefined) after.set(place, value);
  }
  return after;
}

/** Takes a client's hello over. */
export function greeted(
  facts: FlowFacts,
  hello: { serverName: string | null; alpn: readonly string[]; ja4: string; encrypted: boolean } | null,
  from: 'tls' | 'quic',
): void {
  if (!hello) return;
  facts.alpn = hello.alpn;
  facts.ja4 = hello.ja4;
  facts.encryptedHello = hello.encrypted;
  if (hello.serverName === null) return;
  facts.host = hello.serverName;
  facts.hostFrom = from;
}
