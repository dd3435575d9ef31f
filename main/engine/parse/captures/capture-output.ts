import type { DnsMessage } from './dns-message.ts';
import type { FlowFacts, HostFrom } from './flow-facts.ts';
import type { CaptureNote } from './packet-sink.ts';

/** One flow: all packets between two ends of one protocol. The opener is the end that spoke first, as far as it was seen. */
export interface Flow {
  readonly version: 4 | 6;
  readonly protocol: number;
  readonly openerIp: string;
  readonly openerPort: number;
  readonly otherIp: string;
  readonly otherPort: number;
  readonly firstUs: number;
  readonly lastUs: number;
  readonly openerPackets: number;
  readonly openerBytes: number;
  readonly otherPackets: number;
  readonly otherBytes: number;
  /** Flags of TCP that were seen from either end. */
  readonly flags: number;
  readonly facts: FlowFacts | null;
  readonly host: string | null;
  readonly hostFrom: HostFrom | null;
  /** The app's uid as the capture names it, or null. */
  readonly uid: number | null;
  /** Place of the first packet's record in the capture. */
  readonly offset: number;
}

/** A question to a name server, or its answer. */
export interface LookUp {
  readonly message: DnsMessage;
  readonly atUs: number;
  readonly clientIp: string;
  readonly serverIp: string;
  readonly uid: number | null;
  readonly offset: number;
}

export interface CaptureOutput {
  flow(flow: Flow): void;
  lookUp(lookUp: LookUp): void;
  note(note: CaptureNote): void;
  warn(offset: number, reason: string): void;
}

export interface CaptureTotals {
  packets: number;
  /** Link types of the interfaces that packets came from: LINKTYPE_ numbers of tcpdump.org. */
  readonly links: Set<number>;
  /** Frames without IP, by why. */
  notIp: number;
  cutFrames: number;
  encryptedFrames: number;
  unknownLink: number;
  /** IP packets that are too short or damaged to say from whom to whom. */
  unreadable: number;
  firstUs: number;
  lastUs: number;
}
