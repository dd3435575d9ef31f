/** Large captures for the bench, written to a file piece by piece. */
import { open } from 'node:fs/promises';

const HEAD = 24;
const RECORD = 16;
const ETHERNET = 14;

function head(link: number): Buffer {
  const bytes = Buffer.alloc(HEAD);
  bytes.writeUInt32LE(0xa1b2c3d4, 0);
  bytes.writeUInt16LE(2, 4);
  bytes.writeUInt16LE(4, 6);
  bytes.writeUInt32LE(262_144, 16);
  bytes.writeUInt32LE(link, 20);
  return bytes;
}

/** The records of a classic little-endian capture with times and addresses of IPv4 moved on by `round`. */
function shifted(capture: Buffer, round: number): Buffer {
  const bytes = Buffer.from(capture.subarray(HEAD));
  let at = 0;
  while (at + RECORD + ETHERNET + 20 <= bytes.length) {
    const kept = bytes.readUInt32LE(at + 8);
    bytes.writeUInt32LE((bytes.readUInt32LE(at) + round * 37) >>> 0, at);
    const frame = at + RECORD;
    if (kept >= ETHERNET + 20 && bytes.readUInt16BE(frame + 12) === 0x0800) {
      for (const place of [frame + ETHERNET + 12, frame + ETHERNET + 16]) {
        bytes.writeUInt16BE((bytes.readUInt16BE(place + 2) + round * 251) & 0xffff, place + 2);
        bytes[place + 1] = (bytes[place + 1]! + (round >> 4)) & 255;
      }
    }
    at = frame + kept;
  }
  return bytes.subarray(0, Math.min(at, bytes.length));
}

/** Writes at least `size` bytes of Ethernet capture, made of recordings again and again, each time later and between others. */
export async function writeLargeCapture(path: string, recordings: readonly Buffer[], size: number): Promise<number> {
  const file = await open(path, 'w');
  try {
    let written = (await file.write(head(1))).bytesWritten;
    for (let round = 0; written < size; round += 1) {
      for (const recording of recordings) written += (await file.write(shifted(recording, round))).bytesWritten;
    }
    return written;
  } finally {
    await file.close();
  }
}

/** Writes a capture of `count` flows of one packet each (UDP without payload, raw IPv4), a thousand every millisecond. */
export async function writeManyFlows(path: string, count: number): Promise<number> {
  const file = await open(path, 'w');
  const packet = Buffer.from('4500001c00000000401100000a000001cb00710904d2270f00080000', 'hex');
  const size = RECORD + packet.length;
  const begins = Date.UTC(2026, 0, 5) / 1000;
  try {
    let written = (await file.write(head(101))).bytesWritten;
    for (let from = 0; from < count; from += 20_000) {
      const many = Math.min(20_000, count - from);
      const bytes = Buffer.alloc(many * size);
      for (let n = 0; n < many; n += 1) {
        const at = n * size;
        bytes.writeUInt32LE(begins + Math.floor((from + n) / 1_000_000), at);
        bytes.writeUInt32LE((from + n) % 1_000_000, at + 4);
        bytes.writeUInt32LE(packet.length, at + 8);
        bytes.writeUInt32LE(packet.length, at + 12);
        packet.copy(bytes, at + RECORD);
        bytes.writeUInt32BE(from + n, at + RECORD + 16);
      }
      written += (await file.write(bytes)).bytesWritten;
    }
    return written;
  } finally {
    await file.close();
  }
}

/** Writes a capture of `count` requests of HTTP, each a flow of one packet, to `hosts` different hosts at as many public addresses. */
export async function writeRequests(path: string, count: number, hosts: number): Promise<number> {
  const file = await open(path, 'w');
  const begins = Date.UTC(2026, 0, 5) / 1000;
  const names = [
    'miui.com',
    'googleapis.com',
    'amazonaws.com',
    'example.org',
    'akamaihd.net',
    'heytapmobi.com',
    'co.uk',
  ];
  try {
    let written = (await file.write(head(101))).bytesWritten;
    for (let from = 0; from < count; from += 5_000) {
      const packets: Buffer[] = [];
      for (let n = from; n < Math.min(count, from + 5_000); n += 1) {
        const host = n % hosts;
        const text = `GET /${n} HTTP/1.1\r\nHost: h${host}.${names[host % names.length]}\r\n\r\n`;
        const bytes = Buffer.alloc(RECORD + 40 + text.length);
        bytes.writeUInt32LE(begins + Math.floor(n / 1000), 0);
        bytes.writeUInt32LE((n % 1000) * 1000, 4);
        bytes.writeUInt32LE(40 + text.length, 8);
        bytes.writeUInt32LE(40 + text.length, 12);
        bytes.write('450000000000000040060000', RECORD, 'hex');
        bytes.writeUInt16BE(40 + text.length, RECORD + 2);
        // The phone's address and port differ by request, so that each is a flow of its own; servers lie all over the world.
        bytes.writeUInt32BE(0x0a000000 + Math.floor(n / 20_000), RECORD + 12);
        bytes.writeUInt32BE(0x0b000000 + ((host * 40_503) % 0x90000000), RECORD + 16);
        bytes.writeUInt16BE(1024 + (n % 20_000), RECORD + 20);
        bytes.writeUInt16BE(80, RECORD + 22);
        bytes.writeUInt32BE(1, RECORD + 24);
        bytes.writeUInt8(0x50, RECORD + 32);
        bytes.writeUInt8(0x18, RECORD + 33);
        bytes.write(text, RECORD + 40, 'latin1');
        packets.push(bytes);
      }
      written += (await file.write(Buffer.concat(packets))).bytesWritten;
    }
    return written;
  } finally {
    await file.close();
  }
}
