import { CaptureSection } from '../capture-section.ts';
import {
  block,
  clientHello,
  dns,
  type Ends,
  ethernet,
  option,
  pcap,
  pcapng,
  quicInitial,
  records,
  tcp,
  udp,
  udpInPieces,
} from './capture-writer.ts';

/** Numbers that look like chance and are the same each time (mulberry32): whole, from 0 to below `below`. */
export function chance(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

const start = Date.UTC(2026, 0, 5, 12) * 1000;

/** One capture of each form, with every protocol that is read in it. */
export function wholeCaptures(): Buffer[] {
  const ends: Ends = { from: '192.168.1.20', to: '203.0.113.9', fromPort: 40_001, toPort: 443 };
  const back: Ends = { from: ends.to, to: ends.from, fromPort: ends.toPort, toPort: ends.fromPort };
  const port = (fromPort: number, toPort = 443): Ends => ({ ...ends, fromPort, toPort });
  const six: Ends = { from: '2001:db8:0:0:0:0:0:1', to: '2001:db8:0:0:0:0:0:2', fromPort: 5000, toPort: 53 };
  const hello = clientHello({ name: 'api.example.org', alpn: ['h2', 'http/1.1'], ciphers: [0x1301, 0x1302, 0xc02b] });
  const split = records(hello, 60);
  const request =
    'POST /a?imei=352099001761481&lat=12.3456 HTTP/1.1\r\nHost: example.org\r\nUser-Agent: x\r\n\r\nmail=a.b@example.org';
  const preface = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
  const headers = Buffer.from('0000000401000000000000120105000000018286844188089d5c0b8170dc7887', 'hex');
  const id = Buffer.from('8394c8f03e515708', 'hex');
  const packets = [
    udp({ ...port(5000, 53) }, dns('api.example.org', 1)),
    udp(
      { ...back, fromPort: 53, toPort: 5000 },
      dns('api.example.org', 1, { aliases: ['b.example.org'], addresses: ['203.0.113.9'] }),
    ),
    tcp(ends, records(hello)),
    tcp(port(40_002), split.subarray(0, 100), 1),
    tcp(port(40_002), split.subarray(100), 101),
    tcp(port(40_003, 80), Buffer.from(request)),
    tcp(port(40_004, 80), Buffer.concat([preface, headers])),
    udp(port(40_005), quicInitial(1, id, 1, [{ at: 0, bytes: hello }])),
    udp(port(40_006), quicInitial(0x6b3343cf, id, 1, [{ at: 0, bytes: hello.subarray(0, 50) }])),
    ...udpInPieces(port(40_007, 53), dns('pieces.example.org', 28), 16, 7),
    udp(six, dns('example.org', 28), [Buffer.from([60, 0, 0, 0, 0, 0, 0, 0])], 0),
    tcp(back, Buffer.from('1703030020'.padEnd(74, '5'), 'hex')),
  ];
  const bare = packets.map((bytes, n) => ({ atUs: start + n * 1000, bytes }));
  const framed = packets.map((packet, n) => ({ atUs: start + n * 1000, bytes: ethernet(packet) }));
  const blocks = [
    block(5, Buffer.alloc(24, 1)),
    block(
      4,
      Buffer.concat([option(1, Buffer.from('\xcb\x00\x71\x09example.org\0', 'latin1')), option(0, Buffer.alloc(0))]),
    ),
    block(10, Buffer.concat([Buffer.from('4b534c54', 'hex'), Buffer.alloc(40, 65)])),
    block(0xbad, Buffer.alloc(30, 3)),
    block(3, Buffer.concat([Buffer.from([60, 0, 0, 0]), packets[0]!])),
  ];
  const options = option(1, Buffer.from('u-10123'));
  return [
    pcap(framed),
    pcap(bare, { link: 101, big: true, nanoseconds: true }),
    Buffer.concat([pcapng(bare.map((one) => ({ ...one, options }))), ...blocks]),
    pcapng(bare, { big: true, resolution: 9 }),
  ];
}

const EXTREMES = [0, 1, 0x7f, 0x80, 0xff];

/** The bytes with up to eight changes: cut, doubled, shuffled, bits flipped, lengths made very small or large. */
export function mutated(bytes: Uint8Array, random: (below: number) => number): Buffer {
  let made = Buffer.from(bytes);
  for (let changes = 1 + random(8); changes > 0 && made.length > 4; changes -= 1) {
    const at = random(made.length);
    const length = 1 + random(Math.min(200, made.length - at));
    const kind = random(12);
    if (kind === 0) made = made.subarray(0, at);
    else if (kind === 1) made = Buffer.concat([made.subarray(0, at + length), made.subarray(at)]);
    else if (kind === 2) made = Buffer.concat([made.subarray(0, at), made.subarray(at + length)]);
    else if (kind === 3) {
      const to = random(made.length - length + 1);
      const moved = Buffer.from(made.subarray(at, at + length));
      made.copyWithin(at, to, to + length);
      moved.copy(made, to);
    } else if (kind < 7) {
      const value = EXTREMES[random(EXTREMES.length)]!;
      made.fill(value, at, Math.min(made.length, at + 1 + random(4)));
    } else for (let flips = random(6); flips >= 0; flips -= 1) made[random(made.length)]! ^= 1 << random(8);
  }
  return made;
}

export interface MutatedRun {
  /** Milliseconds of the processor that the longest took. */
  readonly longest: number;
  readonly records: number;
  readonly warnings: number;
}

/**
 * Reads `count` mutated captures, in pieces of any size. Throws where a reader throws, or where not every packet is accounted for;
 * `seed` makes the same captures again.
 */
export function readMutated(
  sources: readonly Uint8Array[],
  count: number,
  seed: number,
  done?: (n: number) => void,
): MutatedRun {
  const random = chance(seed);
  let [longest, told, warnings] = [0, 0, 0];
  for (let n = 0; n < count; n += 1) {
    const bytes = mutated(sources[random(sources.length)]!, random);
    const piece = random(4) === 0 ? 1 + random(300) : bytes.length + 1;
    const began = process.threadCpuUsage().user;
    try {
      const section = new CaptureSection({
        record: () => (told += 1),
        warn: () => (warnings += 1),
        cut() {},
      });
      for (let at = 0; at < bytes.length; at += piece) {
        section.take(bytes.subarray(at, at + piece));
        section.handOver();
      }
      section.end();
      if (section.length !== bytes.length) throw new Error(`${section.length} of ${bytes.length} bytes were taken`);
    } catch (thrown) {
      throw new Error(`mutated capture ${n} of seed ${seed}`, { cause: thrown });
    }
    longest = Math.max(longest, (process.threadCpuUsage().user - began) / 1000);
    done?.(n);
  }
  return { longest, records: told, warnings };
}
