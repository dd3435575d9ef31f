import { describe, expect, it } from 'vitest';
import type { Flow } from './capture-output.ts';
import { CaptureSection } from './capture-section.ts';
import {
  block,
  clientHello,
  dns,
  type Ends,
  ethernet,
  option,
  packetOf,
  pcap,
  pcapng,
  records,
  tcp,
  udp,
  udpInPieces,
} from './testing/capture-writer.ts';
import { back, resolved, sixInPieces } from './testing/greetings.ts';
import { readWhole, type WholeCapture } from './testing/read-whole.ts';

const start = 1_767_600_000_000_000;
const ends: Ends = { from: '192.168.1.20', to: '203.0.113.9', fromPort: 40_001, toPort: 4000 };
const six: Ends = { ...ends, from: '2001:db8:0:0:0:0:0:1', to: '2001:db8:0:0:0:0:0:2' };
const read = (frames: readonly Uint8Array[], link = 1): WholeCapture =>
  readWhole(
    pcap(
      frames.map((bytes, n) => ({ atUs: start + n * 1000, bytes })),
      { link },
    ),
  );
const bare = (packets: readonly Uint8Array[]) => read(packets, 101);
/** Packets and bytes each way: `opener>other ports: packets/bytes packets/bytes`. */
const sums = (flows: readonly Flow[]) =>
  flows.map(
    (one) =>
      `${one.protocol} ${one.openerPort}>${one.otherPort} ${one.openerPackets}/${one.openerBytes} ${one.otherPackets}/${one.otherBytes}`,
  );
const patched = (bytes: Uint8Array, at: number, ...values: number[]) => {
  const copy = Buffer.from(bytes);
  copy.set(values, at);
  return copy;
};

describe('packets in pieces', () => {
  const whole = Buffer.alloc(2000, 0x41);

  it('that overlap are counted each, and none is put together', () => {
    const [first, second] = udpInPieces(ends, whole, 1208, 7);
    // The same place of the packet a second time, shorter, and with other ports in it: what teardrop and its kin send.
    const over = patched(second.subarray(0, 120), 2, 0, 120, 0, 7, 0, 1);
    const contrary = patched(first, 20, 0xff, 0xff, 0xff, 0xfe);
    expect(sums(bare([first, over, second]).flows)).toEqual([
      `17 40001>4000 3/${first.length + over.length + second.length} 0/0`,
    ]);
    const { flows } = bare([first, contrary, second]);
    expect(flows.reduce((sum, one) => sum + one.openerPackets, 0)).toBe(3);
    expect(flows.map((one) => one.openerPort).sort()).toEqual([40_001, 65_535]);
  });

  it('of IPv6 that overlap are counted each', () => {
    const pieces = sixInPieces({ ...six, toPort: 4000 }, whole, 1208);
    const [first, second] = [pieces[0]!, pieces[1]!];
    // The offset lies before the end of the first piece (RFC 5722 forbids it).
    const over = patched(second, 42, 0, 8);
    expect(sums(bare([first, over, second]).flows)).toEqual([
      `17 40001>4000 3/${first.length + over.length + second.length} 0/0`,
    ]);
  });

  it('of which a later one comes first stand in a flow without ports until the first tells them', () => {
    const [first, second] = udpInPieces(ends, whole, 1208, 9);
    const third = udpInPieces(ends, whole, 1208, 9)[1];
    expect(sums(bare([second, first, third]).flows)).toEqual([
      `17 0>0 1/${second.length} 0/0`,
      `17 40001>4000 2/${first.length + third.length} 0/0`,
    ]);
  });

  it('of which ten thousand begin and none ends take no memory that stays', () => {
    const first = udpInPieces(ends, whole, 1208, 1)[0];
    const many = Array.from({ length: 10_000 }, (_, n) => patched(first, 4, n >> 8, n & 255));
    expect(sums(bare(many).flows)).toEqual([`17 40001>4000 10000/${first.length * 10_000} 0/0`]);
  });
});

describe('lengths that lie', () => {
  const hello = records(clientHello({ name: 'a.example.org' }));
  const segment = tcp({ ...ends, toPort: 443 }, hello);
  const one = (packet: Uint8Array) => {
    const { flows } = bare([packet]);
    expect(sums(flows)).toEqual([`6 40001>443 1/${packet.length} 0/0`]);
    return flows[0]!;
  };

  it('of IP: none, where a card will cut the packet, and more than the frame has', () => {
    expect(one(patched(segment, 2, 0, 0)).host).toBe('a.example.org');
    expect(one(patched(segment, 2, 0xff, 0xff)).host).toBe('a.example.org');
    const long = tcp({ ...six, toPort: 443 }, hello);
    expect(one(patched(long, 4, 0, 0)).host).toBe('a.example.org');
    expect(one(patched(long, 4, 0xff, 0xff)).host).toBe('a.example.org');
  });

  it('of IP: less than its own header has', () => {
    expect(one(patched(segment, 2, 0, 3)).host).toBe('a.example.org');
    expect(bare([patched(segment, 0, 0x44)]).totals.unreadable).toBe(1);
    // A header that is longer than the packet leaves nothing for ports.
    const { flows } = bare([patched(tcp(ends), 0, 0x4f)]);
    expect(sums(flows)).toEqual(['6 0>0 1/40 0/0']);
  });

  it('of TCP: data behind the end, or inside the header', () => {
    expect(one(patched(segment, 32, 0xf0)).openerPackets).toBe(1);
    expect(one(patched(tcp({ ...ends, toPort: 443 }), 32, 0xf0)).facts).toBeNull();
    expect(one(patched(segment, 32, 0x10)).host).toBeNull();
  });

  it('of UDP: none, and more than there is', () => {
    const asked = udp({ ...ends, toPort: 53 }, dns('example.org', 1));
    for (const length of [
      [0, 0],
      [0xff, 0xff],
    ]) {
      const { lookUps, flows } = bare([patched(asked, 24, ...length)]);
      expect(lookUps.map(({ message }) => message.name)).toEqual(['example.org']);
      expect(sums(flows)).toEqual([`17 40001>53 1/${asked.length} 0/0`]);
    }
  });

  it('of TLS and DNS: more than all that comes, which is waited for in little room', () => {
    // The record's length lies, the hello's own does not; then the other way round.
    expect(one(patched(segment, 43, 0xff, 0xff)).host).toBe('a.example.org');
    expect(one(patched(segment, 46, 0, 0x7f, 0xff)).facts).toBeNull();
    expect(one(patched(segment, 46, 0xff, 0xff, 0xff)).facts).toBeNull();
    const message = patched(dns('example.org', 1, { addresses: ['203.0.113.9'] }), 6, 0xff, 0xff);
    const { lookUps } = bare([udp({ ...ends, fromPort: 53 }, message)]);
    expect(lookUps[0]!.message.answers).toHaveLength(1);
  });

  it('of headers of IPv6: a chain without end, and one that leads out of the packet', () => {
    const chain = Array.from({ length: 40 }, () => Buffer.from([60, 0, 0, 0, 0, 0, 0, 0]));
    const endless = packetOf(six, 60, Buffer.alloc(0), chain, 60);
    expect(sums(bare([endless]).flows)).toEqual([`60 0>0 1/${endless.length} 0/0`]);
    const out = packetOf(six, 17, Buffer.alloc(8), [Buffer.from([17, 255, 0, 0, 0, 0, 0, 0])], 60);
    expect(sums(bare([out]).flows)).toEqual([`17 0>0 1/${out.length} 0/0`]);
    const auth = packetOf(ends, 51, Buffer.alloc(600, 51));
    expect(bare([auth]).flows).toHaveLength(1);
  });

  it('of VLANs: four of them are gone through, more are no IP', () => {
    const stacked = (count: number) => read([ethernet(udp(ends, Buffer.alloc(4)), Array<number>(count).fill(5))]);
    expect(stacked(3).flows).toHaveLength(1);
    expect(stacked(200)).toMatchObject({ flows: [], totals: { packets: 1, notIp: 1 } });
    const cut = ethernet(udp(ends, Buffer.alloc(4)), [5, 6]).subarray(0, 19);
    expect(read([cut]).totals.cutFrames).toBe(1);
  });
});

describe('blocks of the newer form that lie', () => {
  const frames = [{ atUs: start, bytes: udp(ends, Buffer.alloc(4)) }];
  const good = pcapng(frames);

  it('about their own length end the reading there, and all before counts', () => {
    const at = good.length;
    for (const length of [0, 8, 13, 0x7fffffff, 0xfffffffc]) {
      const bad = patched(good, at - 4, 0, 0, 0, 0).subarray(0, at);
      bad.writeUInt32LE(bad.readUInt32LE(good.length - 4), good.length - 4);
      const next = Buffer.from(pcapng(frames).subarray(pcapng([]).length));
      next.writeUInt32LE(length >>> 0, 4);
      const { flows, warnings } = readWhole(Buffer.concat([good, next, next]));
      expect(sums(flows)).toEqual([`17 40001>4000 1/32 0/0`]);
      expect(warnings).toHaveLength(1);
      expect(warnings[0]!.offset).toBe(good.length);
    }
  });

  it('about the packet in them lose that packet alone', () => {
    const body = (kept: number) => {
      const bytes = Buffer.alloc(20 + 32);
      bytes.writeUInt32LE(kept, 12);
      bytes.writeUInt32LE(32, 16);
      bytes.set(frames[0]!.bytes, 20);
      return block(6, bytes);
    };
    for (const kept of [53, 0x7fffffff, 0xffffffff]) {
      const { flows, warnings, totals } = readWhole(Buffer.concat([good, body(kept), body(32)]));
      expect(sums(flows)).toEqual(['17 40001>4000 2/64 0/0']);
      expect(totals.packets).toBe(2);
      expect(warnings.map(({ reason }) => reason)).toEqual(['A packet is longer than its block.']);
    }
  });

  it('about an option or a name read none of it', () => {
    const long = patched(option(1, Buffer.from('text')), 2, 0xff, 0xff);
    expect(readWhole(pcapng([{ ...frames[0]!, options: long }])).flows).toHaveLength(1);
    const names = patched(resolved('203.0.113.9', ['a.example']), 2, 0xff, 0xff);
    const { notes, flows } = readWhole(Buffer.concat([good, block(4, names)]));
    expect(notes.filter(({ kind }) => kind === 'resolved name')).toEqual([]);
    expect(flows).toHaveLength(1);
  });
});

it('a capture that names a hundred thousand apps and addresses is not remembered without end', () => {
  const apps = new Set<string>();
  let told = 0;
  const section = new CaptureSection({
    record: (record) => {
      if (record.kind === 'flow' && record.app !== null) apps.add(record.app);
      if (record.kind === 'property' && record.key.startsWith('capture app ')) told += 1;
    },
    warn() {},
    cut() {},
  });
  const appOf = (uid: number) => {
    const own = Buffer.alloc(14 + 12);
    own.writeUInt32LE(62_652, 0);
    own.set([1], 6);
    own.writeInt32LE(uid, 8);
    own.set([6, 6], 12);
    own.write(`pkg${String(uid % 1000).padStart(3, '0')}app${String(uid % 1000).padStart(3, '0')}`, 14, 'latin1');
    return block(0xbad, own);
  };
  section.take(pcapng([]));
  for (let n = 0; n < 100; n += 1)
    section.take(Buffer.concat(Array.from({ length: 1000 }, (_, m) => appOf(10_000 + n * 1000 + m))));
  const packet = (uid: number, port: number) =>
    pcapng([
      {
        atUs: start,
        bytes: udp({ ...ends, fromPort: port }, Buffer.alloc(4)),
        options: option(1, Buffer.from(`u-${uid}`)),
      },
    ]).subarray(pcapng([]).length);
  section.take(packet(10_007, 1));
  section.take(packet(99_007, 2));
  section.end();
  expect(told).toBe(100);
  // The first ten thousand have a name, what came after has none.
  expect([...apps]).toEqual(['app007']);
});

it('answers that come back along the chain of names are read once each', () => {
  // Name at 12 points to 14, which points to 12: each pointer must lead further back.
  const looped = Buffer.from('000181800001000100000000c00ec00c00010001c00c0001000100000001000401020304', 'hex');
  expect(bare([udp(back({ ...ends, toPort: 53 }), looped)]).lookUps).toEqual([]);
});
