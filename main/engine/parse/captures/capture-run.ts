import { appTrailer } from './app-trailer.ts';
import { communityId } from './community-id.ts';
import type { DnsMessage } from './dns-message.ts';
import { type FlowFacts, type HostFrom, renumbered } from './flow-facts.ts';
import { FlowTable, KEY_WORDS } from './flow-table.ts';
import { CUT, ENCRYPTED, ipPlace, UNKNOWN_LINK } from './frame.ts';
import { DONE } from './inspection.ts';
import { Inspector } from './inspector.ts';
import { addressText, IpPacket, readIpPacket } from './ip-packet.ts';
import { LookUps } from './look-ups.ts';
import type { CaptureInterface, CaptureNote, PacketSink } from './packet-sink.ts';

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
  readonly community: string | null;
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

const MOST_FLOWS = 400_000;
/** A flow that was silent for so long is handed over when room is needed; what comes after is a flow of its own. */
const IDLE_US = 60_000_000;
const MOST_PIECES = 4096;
const OPENED_BY_HIGH = 1;

/** Takes the packets of one capture and makes flows of them. Memory does not grow with the capture. */
export class CaptureRun implements PacketSink {
  readonly totals: CaptureTotals = {
    packets: 0,
    notIp: 0,
    cutFrames: 0,
    encryptedFrames: 0,
    unknownLink: 0,
    unreadable: 0,
    firstUs: Number.NaN,
    lastUs: Number.NaN,
  };
  private readonly out: CaptureOutput;
  private table = new FlowTable();
  private readonly packetAt = new IpPacket();
  private readonly inspector: Inspector;
  private readonly lookUps = new LookUps();
  private hints = new Map<number, string>();
  private apps = new Map<number, string>();
  /** Flows of packets that came in pieces: later ones have no ports. */
  private readonly pieces = new Map<string, number>();
  private nextUid: number | null = null;
  private nowUs = 0;
  private nowOffset = 0;
  private untimed = 0;

  constructor(out: CaptureOutput) {
    this.out = out;
    this.inspector = new Inspector((message, flow) => this.heard(message, flow));
  }

  uidOfNext(uid: number): void {
    this.nextUid = uid;
  }

  note(note: CaptureNote): void {
    this.out.note(note);
  }

  warn(offset: number, reason: string): void {
    this.out.warn(offset, reason);
  }

  packet(
    bytes: Uint8Array,
    start: number,
    length: number,
    wire: number,
    said: number,
    source: CaptureInterface,
    offset: number,
  ): void {
    const { totals } = this;
    totals.packets += 1;
    let at = said;
    if (Number.isNaN(at)) {
      this.untimed += 1;
      at = this.nowUs;
    }
    this.nowUs = at;
    this.nowOffset = offset;
    if (!(totals.firstUs <= at)) totals.firstUs = at;
    if (!(totals.lastUs >= at)) totals.lastUs = at;
    const end = start + length;
    let uid = this.nextUid;
    this.nextUid = null;
    let app: string | null = null;
    let onWire = wire;
    // Only PCAPdroid writes frames with addresses of nothing but zeros; where its trailer would not fit, there is no frame at all.
    let link = source.link;
    if (link === 1 && length > 14 && bytes[start] === 0 && bytes[start + 5] === 0) {
      const trailer = appTrailer(bytes, start, end);
      if (trailer) {
        uid = trailer.uid;
        app = trailer.name;
        onWire -= this.overhead(bytes, start, end);
      }
    } else if (link === 1 && this.isBare(bytes, start, end)) link = 101;
    const ip = ipPlace(link, bytes, start, end);
    if (ip < 0) {
      if (ip === CUT) totals.cutFrames += 1;
      else if (ip === ENCRYPTED) totals.encryptedFrames += 1;
      else if (ip === UNKNOWN_LINK) totals.unknownLink += 1;
      else totals.notIp += 1;
      return;
    }
    const packet = this.packetAt;
    if (!readIpPacket(packet, bytes, ip, end)) {
      totals.unreadable += 1;
      return;
    }
    this.count(packet, bytes, at, onWire, offset, uid, app);
  }

  private count(
    packet: IpPacket,
    bytes: Uint8Array,
    at: number,
    wire: number,
    offset: number,
    uid: number | null,
    app: string | null,
  ): void {
    let { table } = this;
    if (table.size >= MOST_FLOWS) {
      this.makeRoom();
      table = this.table;
    }
    let flow = packet.laterPiece ? this.pieceOf(packet) : -1;
    let direction: 0 | 1;
    if (flow >= 0) direction = (flow & 1) as 0 | 1;
    else direction = 0;
    if (flow >= 0) flow >>= 1;
    else {
      flow = table.find(packet);
      direction = table.direction;
      if (table.fresh) {
        table.firstUs[flow] = at;
        table.lastUs[flow] = at;
        table.offset[flow] = offset;
        // Who answers with SYN and ACK did not open the connection.
        const answers = packet.protocol === 6 && (packet.flags & 0x12) === 0x12;
        table.bits[flow] = answers ? direction ^ 1 : direction;
        const hint = this.lookUps.nameOf(packet.version, answers ? packet.source : packet.target, 0);
        if (hint !== null) this.hints.set(flow, hint);
      }
      if (packet.firstPiece) this.pieceBegins(packet, flow, direction);
    }
    if (at > table.lastUs[flow]!) table.lastUs[flow] = at;
    else if (at < table.firstUs[flow]!) table.firstUs[flow] = at;
    table.packets[flow * 2 + direction]! += 1;
    table.bytes[flow * 2 + direction]! += wire;
    table.flags[flow]! |= packet.flags;
    if (uid !== null && uid >= 0 && table.uid[flow] === -1) {
      table.uid[flow] = uid;
      if (app !== null) this.apps.set(flow, app);
    }
    const looked = table.looked[flow]!;
    if (looked !== DONE && packet.payloadEnd > packet.payload && !packet.laterPiece) {
      table.looked[flow] = this.inspector.look(flow, packet, bytes, direction, looked);
    }
  }

  /** Bytes that PCAPdroid put around a packet: its frame, its trailer, and what fills up to four bytes. */
  private overhead(bytes: Uint8Array, start: number, end: number): number {
    const version = bytes[start + 14]! >> 4;
    const said =
      version === 4
        ? (bytes[start + 16]! << 8) | bytes[start + 17]!
        : ((bytes[start + 18]! << 8) | bytes[start + 19]!) + 40;
    const pad = (4 - ((14 + said) & 3)) & 3;
    return Math.min(14 + 32 + pad, end - start);
  }

  /** A packet without a frame where frames are said to be: PCAPdroid, close to the snap length. */
  private isBare(bytes: Uint8Array, start: number, end: number): boolean {
    if (end - start < 20) return false;
    const type = (bytes[start + 12]! << 8) | bytes[start + 13]!;
    if (type === 0x0800 || type === 0x86dd || type === 0x8100 || type < 1536) return false;
    if (bytes[start] !== 0x45) return false;
    const length = (bytes[start + 2]! << 8) | bytes[start + 3]!;
    return length >= end - start && bytes[start + 8]! > 0 && (bytes[start + 9] === 6 || bytes[start + 9] === 17);
  }

  private pieceKey(packet: IpPacket): string {
    return `${packet.source.join()} ${packet.target.join()} ${packet.identification} ${packet.protocol}`;
  }

  private pieceBegins(packet: IpPacket, flow: number, direction: 0 | 1): void {
    this.pieces.set(this.pieceKey(packet), flow * 2 + direction);
    if (this.pieces.size > MOST_PIECES) this.pieces.delete(this.pieces.keys().next().value!);
  }

  private pieceOf(packet: IpPacket): number {
    return this.pieces.get(this.pieceKey(packet)) ?? -1;
  }

  private heard(message: DnsMessage, flow: number): void {
    const toClient = message.isResponse;
    this.lookUps.take(message, this.nowUs);
    const { source, target, version } = this.packetAt;
    const from = addressText(version, source);
    const to = addressText(version, target);
    const uid = this.table.uid[flow]!;
    this.out.lookUp({
      message,
      atUs: this.nowUs,
      clientIp: toClient ? to : from,
      serverIp: toClient ? from : to,
      uid: uid < 0 ? null : uid,
      offset: this.nowOffset,
    });
  }

  private hand(table: FlowTable, flow: number): void {
    const { keys } = table;
    const key = flow * KEY_WORDS;
    const kind = keys[key + 9]!;
    const version = (kind >> 8) as 4 | 6;
    const ports = keys[key + 8]!;
    const byHigh = (table.bits[flow]! & OPENED_BY_HIGH) as 0 | 1;
    const facts = this.inspector.notes.get(flow);
    const hint = this.hints.get(flow) ?? null;
    const app = this.apps.get(flow);
    if (facts && app !== undefined) facts.app = app;
    this.out.flow({
      version,
      protocol: kind & 255,
      openerIp: addressText(version, keys, byHigh ? key + 4 : key),
      openerPort: byHigh ? ports & 0xffff : ports >>> 16,
      otherIp: addressText(version, keys, byHigh ? key : key + 4),
      otherPort: byHigh ? ports >>> 16 : ports & 0xffff,
      firstUs: table.firstUs[flow]!,
      lastUs: table.lastUs[flow]!,
      openerPackets: table.packets[flow * 2 + byHigh]!,
      openerBytes: table.bytes[flow * 2 + byHigh]!,
      otherPackets: table.packets[flow * 2 + (byHigh ^ 1)]!,
      otherBytes: table.bytes[flow * 2 + (byHigh ^ 1)]!,
      flags: table.flags[flow]!,
      facts,
      host: facts?.host ?? hint,
      hostFrom: facts?.hostFrom ?? (hint === null ? null : 'look-up before'),
      uid: table.uid[flow]! < 0 ? null : table.uid[flow]!,
      community: communityId(keys, key),
      offset: table.offset[flow]!,
    });
  }

  /** Hands over flows that have been silent, or all where that is too few. */
  private makeRoom(): void {
    const before = this.table;
    const idle = this.nowUs - IDLE_US;
    let kept = 0;
    for (let flow = 0; flow < before.size; flow += 1) if (before.lastUs[flow]! >= idle) kept += 1;
    const all = kept > MOST_FLOWS / 2;
    const moved = new Map<number, number>();
    const after = new FlowTable();
    for (let flow = 0; flow < before.size; flow += 1) {
      if (all || before.lastUs[flow]! < idle) {
        this.hand(before, flow);
        continue;
      }
      moved.set(flow, after.adopt(before, flow));
    }
    this.inspector.move(moved);
    this.table = after;
    this.hints = renumbered(this.hints, moved);
    this.apps = renumbered(this.apps, moved);
    this.pieces.clear();
  }

  /** Hands over all flows that are still open: the capture is over. */
  end(): void {
    for (let flow = 0; flow < this.table.size; flow += 1) this.hand(this.table, flow);
    this.table = new FlowTable();
    this.inspector.move(new Map());
    this.hints.clear();
    this.apps.clear();
    if (this.untimed > 0)
      this.out.warn(0, `${this.untimed} packets have no time of their own; they stand at that of the one before.`);
  }
}
