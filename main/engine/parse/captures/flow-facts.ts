import type { Personal } from './personal.ts';

/** How a host name of a flow is known, the most certain first. */
export type HostFrom = 'tls' | 'quic' | 'http' | 'dns' | 'dhcp' | 'push' | 'look-up before';

/** What was read in the first packets of a flow, besides its ends and its sums. */
export interface FlowFacts {
  /** `TLS`, `QUIC`, `HTTP`, `DNS`, … or null where nothing was recognised. */
  service: string | null;
  host: string | null;
  hostFrom: HostFrom | null;
  alpn: readonly string[];
  ja4: string | null;
  /** The real name is hidden behind the outer one. */
  encryptedHello: boolean;
  /** First requests in the clear: `METHOD host/path`. */
  requests: string[];
  userAgent: string | null;
  /** What a protocol says of the device, `name: value`. */
  said: string[];
  /** What may identify somebody, in the clear. */
  personal: Personal[];
  /** The app as the capture names it, or null. */
  app: string | null;
}

const noFacts = (): FlowFacts => ({
  service: null,
  host: null,
  hostFrom: null,
  alpn: [],
  ja4: null,
  encryptedHello: false,
  requests: [],
  userAgent: null,
  said: [],
  personal: [],
  app: null,
});

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

  /** Gives flows their new numbers; what has none any more is forgotten. */
  move(moved: ReadonlyMap<number, number>): void {
    this.notes = renumbered(this.notes, moved);
  }
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
