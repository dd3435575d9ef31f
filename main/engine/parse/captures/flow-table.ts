import type { IpPacket } from './ip-packet.ts';

/** Words of a flow's key: eight of addresses, one of ports, one of protocol and IP version. */
export const KEY_WORDS = 10;
const FIRST_SIZE = 1 << 8;

/**
 * All flows of a capture that are still open, in columns: a flow is a number, so that a packet costs no object. The two
 * ends stand in a fixed order (`low` before `high`), so that both directions meet in one key.
 */
export class FlowTable {
  size = 0;
  keys = new Uint32Array(FIRST_SIZE * KEY_WORDS);
  /** Two entries a flow: from the low end, from the high end. */
  packets = new Uint32Array(FIRST_SIZE * 2);
  bytes = new Float64Array(FIRST_SIZE * 2);
  /** Microseconds of UTC. */
  firstUs = new Float64Array(FIRST_SIZE);
  lastUs = new Float64Array(FIRST_SIZE);
  /** Place of the first packet's record in the capture. */
  offset = new Float64Array(FIRST_SIZE);
  /** Bit 0: the first packet came from the high end. Bits 1 and 2: the SYN of the low and of the high end was seen. */
  bits = new Uint8Array(FIRST_SIZE);
  /** Payload packets that were looked into so far; 255: nothing more is looked for. */
  looked = new Uint8Array(FIRST_SIZE);
  /** Flags of TCP that were seen, from either end. */
  flags = new Uint8Array(FIRST_SIZE);
  uid = new Int32Array(FIRST_SIZE);
  /** Sequence number that the next byte from either end has in a connection whose SYN from there was seen. */
  next = new Uint32Array(FIRST_SIZE * 2);
  private slots = new Int32Array(FIRST_SIZE * 2).fill(-1);
  private mask = FIRST_SIZE * 2 - 1;
  /** Direction of the packet that was looked up last: 0 from the low end, 1 from the high end. */
  direction: 0 | 1 = 0;
  /** The flow that was looked up last was new. */
  fresh = false;

  /** The flow of a packet, made where there is none yet. */
  find(packet: IpPacket): number {
    const { source, target, sourcePort, targetPort, version } = packet;
    let swapped = false;
    let order = 0;
    for (let n = 0; n < 4 && order === 0; n += 1) {
      order = source[n]! - target[n]!;
      if (version === 4) break;
    }
    swapped = order > 0 || (order === 0 && sourcePort > targetPort);
    const low = swapped ? target : source;
    const high = swapped ? source : target;
    const ports = swapped ? ((targetPort << 16) | sourcePort) >>> 0 : ((sourcePort << 16) | targetPort) >>> 0;
    const kind = packet.protocol | (version << 8);
    this.direction = swapped ? 1 : 0;
    let hash = Math.imul(low[0]! ^ Math.imul(high[0]!, 0x9e3779b1), 0x85ebca6b) ^ Math.imul(ports ^ kind, 0xc2b2ae35);
    if (version === 6) {
      for (let n = 1; n < 4; n += 1) {
        hash = Math.imul(hash ^ low[n]!, 0x9e3779b1) ^ Math.imul(high[n]!, 0x85ebca6b);
        hash ^= hash >>> 15;
      }
    }
    hash ^= hash >>> 16;
    hash = Math.imul(hash, 0x7feb352d);
    hash ^= hash >>> 15;
    const { keys, slots, mask } = this;
    let slot = hash & mask;
    for (;;) {
      const flow = slots[slot]!;
      if (flow < 0) break;
      const key = flow * KEY_WORDS;
      if (
        keys[key + 8] === ports &&
        keys[key] === low[0] &&
        keys[key + 4] === high[0] &&
        keys[key + 9] === kind &&
        (version === 4 ||
          (keys[key + 1] === low[1] &&
            keys[key + 2] === low[2] &&
            keys[key + 3] === low[3] &&
            keys[key + 5] === high[1] &&
            keys[key + 6] === high[2] &&
            keys[key + 7] === high[3]))
      ) {
        this.fresh = false;
        return flow;
      }
      slot = (slot + 1) & mask;
    }
    this.fresh = true;
    return this.make(slot, low, high, ports, kind);
  }

  private make(slot: number, low: Uint32Array, high: Uint32Array, ports: number, kind: number): number {
    if (this.size * KEY_WORDS === this.keys.length) {
      this.grow();
      return this.insert(low, high, ports, kind, -1);
    }
    return this.insert(low, high, ports, kind, slot);
  }

  private insert(low: Uint32Array, high: Uint32Array, ports: number, kind: number, slot: number): number {
    const flow = this.size;
    this.size += 1;
    const { keys } = this;
    const key = flow * KEY_WORDS;
    for (let n = 0; n < 4; n += 1) {
      keys[key + n] = low[n]!;
      keys[key + 4 + n] = high[n]!;
    }
    keys[key + 8] = ports;
    keys[key + 9] = kind;
    this.uid[flow] = -1;
    if (slot >= 0) this.slots[slot] = flow;
    else this.place(flow);
    return flow;
  }

  private place(flow: number): void {
    const { keys, slots, mask } = this;
    const key = flow * KEY_WORDS;
    const ports = keys[key + 8]!;
    const kind = keys[key + 9]!;
    let hash =
      Math.imul(keys[key]! ^ Math.imul(keys[key + 4]!, 0x9e3779b1), 0x85ebca6b) ^ Math.imul(ports ^ kind, 0xc2b2ae35);
    if (kind >> 8 === 6) {
      for (let n = 1; n < 4; n += 1) {
        hash = Math.imul(hash ^ keys[key + n]!, 0x9e3779b1) ^ Math.imul(keys[key + 4 + n]!, 0x85ebca6b);
        hash ^= hash >>> 15;
      }
    }
    hash ^= hash >>> 16;
    hash = Math.imul(hash, 0x7feb352d);
    hash ^= hash >>> 15;
    let slot = hash & mask;
    while (slots[slot]! >= 0) slot = (slot + 1) & mask;
    slots[slot] = flow;
  }

  private grow(): void {
    const room = (this.keys.length / KEY_WORDS) * 2;
    const wider = <T extends { set(from: T): void }>(from: T, to: T): T => {
      to.set(from);
      return to;
    };
    this.keys = wider(this.keys, new Uint32Array(room * KEY_WORDS));
    this.packets = wider(this.packets, new Uint32Array(room * 2));
    this.bytes = wider(this.bytes, new Float64Array(room * 2));
    this.firstUs = wider(this.firstUs, new Float64Array(room));
    this.lastUs = wider(this.lastUs, new Float64Array(room));
    this.offset = wider(this.offset, new Float64Array(room));
    this.bits = wider(this.bits, new Uint8Array(room));
    this.looked = wider(this.looked, new Uint8Array(room));
    this.flags = wider(this.flags, new Uint8Array(room));
    this.uid = wider(this.uid, new Int32Array(room));
    this.next = wider(this.next, new Uint32Array(room * 2));
    this.slots = new Int32Array(room * 2).fill(-1);
    this.mask = room * 2 - 1;
    for (let flow = 0; flow < this.size; flow += 1) this.place(flow);
  }

  /** Forgets all flows, and keeps the room that they had: the next table then need not grow. */
  clear(): this {
    this.packets.fill(0, 0, this.size * 2);
    this.bytes.fill(0, 0, this.size * 2);
    this.looked.fill(0, 0, this.size);
    this.flags.fill(0, 0, this.size);
    this.slots.fill(-1);
    this.size = 0;
    return this;
  }

  /** Takes a flow over from another table, with all that is known of it. Answers its number here. */
  adopt(from: FlowTable, other: number): number {
    if (this.size * KEY_WORDS === this.keys.length) this.grow();
    const flow = this.size;
    this.size += 1;
    this.keys.set(from.keys.subarray(other * KEY_WORDS, (other + 1) * KEY_WORDS), flow * KEY_WORDS);
    for (let end = 0; end < 2; end += 1) {
      this.packets[flow * 2 + end] = from.packets[other * 2 + end]!;
      this.bytes[flow * 2 + end] = from.bytes[other * 2 + end]!;
      this.next[flow * 2 + end] = from.next[other * 2 + end]!;
    }
    this.firstUs[flow] = from.firstUs[other]!;
    this.lastUs[flow] = from.lastUs[other]!;
    this.offset[flow] = from.offset[other]!;
    this.bits[flow] = from.bits[other]!;
    this.looked[flow] = from.looked[other]!;
    this.flags[flow] = from.flags[other]!;
    this.uid[flow] = from.uid[other]!;
    this.place(flow);
    return flow;
  }
}
