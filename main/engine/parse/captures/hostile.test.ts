import { describe, expect, it } from 'vitest';
import { CaptureRun } from './capture-run.ts';
import { CaptureSection } from './capture-section.ts';
import { keepOpen } from './flow-facts.ts';
import { findPersonal } from './personal.ts';
import { block, type Ends, ethernet, option, pcap, pcapng, tcp, udp } from './testing/capture-writer.ts';

const ends: Ends = { from: '192.168.1.20', to: '203.0.113.9', fromPort: 40_001, toPort: 443 };

/** Takes the same piece many times behind a beginning, as an import does. */
function taken(begin: Uint8Array, piece: Uint8Array, times: number): { records: number; warnings: string[] } {
  let records = 0;
  const warnings: string[] = [];
  const section = new CaptureSection({
    record: () => (records += 1),
    warn: ({ reason }) => warnings.push(reason),
    cut() {},
  });
  section.take(begin);
  for (let n = 0; n < times; n += 1) {
    section.take(piece);
    section.handOver();
  }
  section.end();
  expect(section.length).toBe(begin.length + piece.length * times);
  return { records, warnings };
}

describe('a capture that is made to harm', () => {
  it('of half a million comments tells a hundred', () => {
    const packet = { atUs: 1, bytes: tcp(ends), options: option(1, Buffer.from('c')) };
    const head = pcapng([]);
    const one = pcapng([packet]).subarray(head.length);
    const { records } = taken(head, Buffer.concat(Array<Buffer>(5_000).fill(one)), 100);
    expect(records).toBeLessThan(150);
  });

  it('of a block that says two gigabytes waits for no more than may be, and says so', () => {
    const said = Buffer.alloc(12);
    said.writeUInt32LE(6, 0);
    said.writeUInt32LE(0x7ffffffc, 4);
    const { warnings } = taken(Buffer.concat([pcapng([]), said]), Buffer.alloc(1 << 20), 64);
    expect(warnings.length).toBeGreaterThan(0);
  });

  it('of empty records and empty blocks is read to its end', () => {
    expect(taken(pcap([]), Buffer.alloc(16 * 10_000), 20).warnings).toHaveLength(1);
    const blocks = Buffer.concat(Array<Buffer>(10_000).fill(block(0xbad, Buffer.alloc(0))));
    expect(taken(pcapng([]), blocks, 20).records).toBeLessThan(50);
  });

  it('of names that point to themselves is read to its end', () => {
    const looped = Buffer.concat([
      Buffer.from('004d81800001ffff00000000c00c00010001', 'hex'),
      Buffer.alloc(1400, 0xc0),
    ]);
    const frame = ethernet(udp({ ...ends, fromPort: 53 }, looped));
    const records = pcap([{ atUs: 1, bytes: frame }]).subarray(24);
    expect(taken(pcap([]), Buffer.concat(Array<Buffer>(1_000).fill(records)), 10).records).toBeLessThan(50);
  });

  it('begins greetings and ends none: few of them are waited for, the latest', () => {
    const open = new Map<number, string>();
    for (let flow = 0; flow < 5_000; flow += 1) keepOpen(open, flow, 'begun');
    expect(open.size).toBe(1_024);
    expect(open.has(4_999)).toBe(true);
    expect(open.has(0)).toBe(false);
    const begun = Buffer.from('1603010200010001fc0303', 'hex');
    const packets = Array.from({ length: 5_000 }, (_, n) => ({
      atUs: n,
      bytes: ethernet(tcp({ ...ends, from: `10.1.${n >> 8}.${n & 255}` }, begun)),
    }));
    expect(taken(pcap([]), pcap(packets).subarray(24), 1).records).toBeGreaterThanOrEqual(5_000);
  });

  it('says much of every flow: flows are handed over before it weighs too much', () => {
    let flows = 0;
    const run = new CaptureRun({ flow: () => (flows += 1), lookUp() {}, note() {}, warn() {} });
    const source = { id: 0, link: 101, snapLength: 0, name: null };
    const request = Buffer.from(`GET /${'a'.repeat(1400)} HTTP/1.1\r\nHost: example.org\r\n\r\n`);
    const packet = tcp({ ...ends, toPort: 80 }, request);
    for (let n = 0; n < 45_000; n += 1) {
      packet.writeUInt32BE(n, 12);
      run.packet(packet, 0, packet.length, packet.length, n, source, n * 1700);
    }
    run.handOver(Number.POSITIVE_INFINITY);
    expect(flows).toBeGreaterThan(20_000);
    run.end();
    expect(flows).toBe(45_000);
  });
});

it('flows that are due come a few at a time, each once and in order, whatever comes between', () => {
  const seen: number[] = [];
  const run = new CaptureRun({ flow: ({ offset }) => seen.push(offset), lookUp() {}, note() {}, warn() {} });
  const source = { id: 0, link: 101, snapLength: 0, name: null };
  const packet = udp({ ...ends, toPort: 9 }, Buffer.alloc(4));
  const count = 600_000;
  for (let n = 0; n < count; n += 1) {
    packet.writeUInt32BE(n, 16);
    run.packet(packet, 0, packet.length, packet.length, n, source, n);
    if (n % 1000 === 0) {
      const before = seen.length;
      run.handOver(1500);
      expect(seen.length - before).toBeLessThanOrEqual(1500);
    }
  }
  expect(seen.length).toBeGreaterThan(100_000);
  run.end();
  expect(seen).toEqual(Array.from({ length: count }, (_, n) => n));
});

it('a connection that is only silent stays one flow while many others come and are over', () => {
  const flows: { port: number; packets: number }[] = [];
  const run = new CaptureRun({
    flow: ({ otherPort, openerPackets }) => flows.push({ port: otherPort, packets: openerPackets }),
    lookUp() {},
    note() {},
    warn() {},
  });
  const source = { id: 0, link: 101, snapLength: 0, name: null };
  const push = tcp({ ...ends, toPort: 5228 }, Buffer.from('ping'));
  const question = udp({ ...ends, toPort: 9 }, Buffer.alloc(4));
  const closed = tcp({ ...ends, toPort: 443 }, Buffer.alloc(0));
  closed[33] = 0x11;
  const take = (packet: Buffer, atUs: number) =>
    run.packet(packet, 0, packet.length, packet.length, atUs, source, atUs);
  take(push, 0);
  const count = 200_000;
  for (let n = 1; n <= count; n += 1) {
    const packet = n % 2 === 0 ? question : closed;
    packet.writeUInt32BE(n, 16);
    take(packet, n * 10_000);
  }
  take(push, count * 10_000);
  run.end();
  expect(flows).toHaveLength(count + 1);
  expect(flows.filter(({ port }) => port === 5228)).toEqual([{ port: 5228, packets: 2 }]);
});

it('no text makes the search for what may identify somebody wander', () => {
  for (const unit of [
    'imei ',
    'imei',
    ' ',
    'a@',
    'a.',
    'lat=1.',
    'mac=aa:bb:cc:',
    '35123456789012 ',
    'ad_id=aaaaaaaa-',
  ]) {
    for (const text of [
      unit.repeat(4096 / unit.length),
      `imei${unit.repeat(4096 / unit.length)}`,
      `@${unit.repeat(4096 / unit.length)}`,
    ])
      expect(findPersonal(text)).toEqual([]);
  }
});
