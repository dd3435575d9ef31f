import { appTrailer, isBareFrame } from './app-trailer.ts';
import type { CaptureOutput, CaptureTotals } from './capture-output.ts';
import type { DnsMessage } from './dns-message.ts';
import { type FlowFacts, noFacts, renumbered } from './flow-facts.ts';
import { FlowTable, KEY_WORDS } from './flow-table.ts';
import { CUT, ENCRYPTED, ipPlace, UNKNOWN_LINK } from './frame.ts';
import { DONE } from './inspection.ts';
import { Inspector } from './inspector.ts';
import { addressText, firstByte, IpPacket, readIpPacket } from './ip-packet.ts';
import { LookUps } from './look-ups.ts';
import { PacketPieces } from './packet-pieces.ts';
import type { CaptureInterface, CaptureNote, PacketSink } from './packet-sink.ts';
import { serviceBehind } from './services.ts';
import { half } from './wire-numbers.ts';

const MOST_FLOWS = 32_768;
/** A flow that was silent for so long is handed over when room is needed; what comes after is a flow of its own. */
const IDLE_US = 60_000_000;
/** And one that was closed or reset after this: late answers and repetitions still belong to it. */
const LINGER_US = 10_000_000;
const TCP = 6;
const FIN_OR_RST = 5;
/** Bytes of the capture between two weighings, and the most that the notes of open flows may weigh. */
const WEIGH_EVERY = 64 * 1024 * 1024;
const MOST_WEIGHT = 64 * 1024 * 1024;
const NONE: ReadonlyMap<number, number> = new Map();

/** Flows that are to be handed over, with what was known of them by their numbers in the table. */
interface Leaving {
  readonly table: FlowTable;
  /** Flows of the table that go on in another. */
  readonly staying: ReadonlyMap<number, number>;
  readonly facts: ReadonlyMap<number, FlowFacts>;
  readonly hints: ReadonlyMap<number, string>;
  readonly apps: ReadonlyMap<number, string>;
  next: number;
}
const OPENED_BY_HIGH = 1;
const SYN = 2;
/** Of the low end; of the high end the next bit. */
const SYN_SEEN = 2;

const isSilent = (table: FlowTable, flow: number, nowUs: number): boolean => table.lastUs[flow]! < nowUs - IDLE_US;

/** A connection that was closed or reset, and that the last of its packets have left; anything else when it has been silent. */
function isOver(table: FlowTable, flow: number, nowUs: number): boolean {
  if ((table.keys[flow * KEY_WORDS + 9]! & 255) !== TCP) return isSilent(table, flow, nowUs);
  return (table.flags[flow]! & FIN_OR_RST) !== 0 && table.lastUs[flow]! < nowUs - LINGER_US;
}

/** Says whether a payload comes in its turn, and where the next one has to go on. */
function follow(table: FlowTable, flow: number, direction: 0 | 1, packet: IpPacket): void {
  const end = flow * 2 + direction;
  const first = firstByte(packet);
  packet.inOrder = (table.bits[flow]! & (SYN_SEEN << direction)) !== 0 && table.next[end] === first;
  if (packet.inOrder) table.next[end] = first + packet.payloadEnd - packet.payload;
}

/** Takes the packets of one capture and makes flows of them. Memory does not grow with the capture. */
export class CaptureRun implements PacketSink {
  readonly totals: CaptureTotals = {
    packets: 0,
    links: new Set(),
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
  private readonly pieces = new PacketPieces();
  private lastSource: CaptureInterface | null = null;
  private nextUid: number | null = null;
  private nowUs = 0;
  private nowOffset = 0;
  private untimed = 0;
  private weighAt = 0;
  private leaving: Leaving | null = null;
  /** A table whose flows were all handed over. */
  private spare: FlowTable | null = null;

  constructor(out: CaptureOutput) {
    this.out = out;
    this.inspector = new Inspector((message, flow) => this.heard(message, flow));
  }

  uidOfNext(uid: number): void {
    this.nextUid = uid;
  }

  note(note: CaptureNote): void {
    if (note.kind === 'resolved name') this.lookUps.give(note.address, note.names[0]);
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
    if (source !== this.lastSource) {
      this.lastSource = source;
      totals.links.add(source.link);
    }
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
    } else if (link === 1 && isBareFrame(bytes, start, end)) link = 101;
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
    if (table.size >= MOST_FLOWS || this.isHeavy(offset)) {
      this.makeRoom();
      table = this.table;
    }
    let flow = packet.laterPiece ? this.pieces.flowOf(packet) : -1;
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
      if (packet.firstPiece) this.pieces.begin(packet, flow, direction);
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
    if ((packet.flags & SYN) !== 0) {
      table.bits[flow]! |= SYN_SEEN << direction;
      table.next[flow * 2 + direction] = firstByte(packet);
    }
    const looked = table.looked[flow]!;
    if (looked !== DONE && packet.payloadEnd > packet.payload && !packet.laterPiece) {
      if (packet.protocol === TCP) follow(table, flow, direction, packet);
      table.looked[flow] = this.inspector.look(flow, packet, bytes, direction, looked);
    }
  }

  /** Bytes that PCAPdroid put around a packet: its frame, its trailer, and what fills up to four bytes. */
  private overhead(bytes: Uint8Array, start: number, end: number): number {
    const version = bytes[start + 14]! >> 4;
    const said = version === 4 ? half(bytes, start + 16) : half(bytes, start + 18) + 40;
    const pad = (4 - ((14 + said) & 3)) & 3;
    return Math.min(14 + 32 + pad, end - start);
  }

  private heard(message: DnsMessage, flow: number): void {
    const toClient = message.isResponse;
    this.lookUps.take(message);
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

  private hand({ table, facts: notes, hints, apps }: Leaving, flow: number): void {
    const { keys } = table;
    const key = flow * KEY_WORDS;
    const kind = keys[key + 9]!;
    const version = (kind >> 8) as 4 | 6;
    const ports = keys[key + 8]!;
    const byHigh = (table.bits[flow]! & OPENED_BY_HIGH) as 0 | 1;
    const otherIp = addressText(version, keys, byHigh ? key : key + 4);
    const otherPort = byHigh ? ports >>> 16 : ports & 0xffff;
    const openerPort = byHigh ? ports & 0xffff : ports >>> 16;
    const before = hints.get(flow) ?? null;
    const hint = before ?? this.lookUps.givenTo(otherIp);
    let facts = notes.get(flow) ?? null;
    if (facts === null || facts.service === null) {
      const service = serviceBehind(kind & 255, otherPort, openerPort, facts?.host ?? hint);
      if (service !== null) facts = { ...(facts ?? noFacts()), service };
    }
    const app = apps.get(flow);
    if (facts && app !== undefined) facts.app = app;
    this.out.flow({
      version,
      protocol: kind & 255,
      openerIp: addressText(version, keys, byHigh ? key + 4 : key),
      openerPort,
      otherIp,
      otherPort,
      firstUs: table.firstUs[flow]!,
      lastUs: table.lastUs[flow]!,
      openerPackets: table.packets[flow * 2 + byHigh]!,
      openerBytes: table.bytes[flow * 2 + byHigh]!,
      otherPackets: table.packets[flow * 2 + (byHigh ^ 1)]!,
      otherBytes: table.bytes[flow * 2 + (byHigh ^ 1)]!,
      flags: table.flags[flow]!,
      facts,
      host: facts?.host ?? hint,
      hostFrom: facts?.hostFrom ?? (hint === null ? null : before === null ? 'named by the capture' : 'look-up before'),
      uid: table.uid[flow]! < 0 ? null : table.uid[flow]!,
      offset: table.offset[flow]!,
    });
  }

  /** What is known of the open flows takes much memory. Weighed now and then, as the capture goes by. */
  private isHeavy(offset: number): boolean {
    if (offset < this.weighAt) return false;
    this.weighAt = offset + WEIGH_EVERY;
    return this.inspector.notes.weigh() > MOST_WEIGHT;
  }

  /**
   * What is over is due; where that is fewer than half, also what may only be silent; and all where that is too few. A connection that
   * is kept open for pushes is thus not taken for two because of many flows beside it.
   */
  private makeRoom(): void {
    const before = this.table;
    const after = this.spare ?? new FlowTable();
    this.spare = null;
    const moved = new Map<number, number>();
    const isDue = [isOver, isSilent].find((due) => {
      let count = 0;
      for (let flow = 0; flow < before.size; flow += 1) if (due(before, flow, this.nowUs)) count += 1;
      return count >= before.size / 2;
    });
    if (isDue) {
      for (let flow = 0; flow < before.size; flow += 1)
        if (!isDue(before, flow, this.nowUs)) moved.set(flow, after.adopt(before, flow));
    }
    this.leave(after, moved);
  }

  /** All flows but those that were moved into the next table are due. */
  private leave(after: FlowTable, staying: ReadonlyMap<number, number>): void {
    this.handOver(Number.POSITIVE_INFINITY);
    const { table, hints, apps } = this;
    this.leaving = { table, staying, facts: this.inspector.move(staying), hints, apps, next: 0 };
    this.table = after;
    this.hints = renumbered(hints, staying);
    this.apps = renumbered(apps, staying);
    this.pieces.clear();
  }

  /**
   * Hands over up to `most` flows that are due. True: more of them are. Whoever asks between the pieces of a capture can store some
   * before the next come; else they come all at once.
   */
  handOver(most: number): boolean {
    const { leaving } = this;
    if (!leaving) return false;
    for (let handed = 0; handed < most && leaving.next < leaving.table.size; leaving.next += 1) {
      if (leaving.staying.has(leaving.next)) continue;
      this.hand(leaving, leaving.next);
      handed += 1;
    }
    if (leaving.next < leaving.table.size) return true;
    this.spare = leaving.table.clear();
    this.leaving = null;
    return false;
  }

  /** No packet comes any more: all flows that are still open are due. */
  over(): void {
    this.leave(new FlowTable(), NONE);
  }

  /** Hands over all flows that are left: the capture is over. */
  end(): void {
    this.over();
    this.handOver(Number.POSITIVE_INFINITY);
    if (this.untimed > 0)
      this.out.warn(0, `${this.untimed} packets have no time of their own; they stand at that of the one before.`);
  }
}
