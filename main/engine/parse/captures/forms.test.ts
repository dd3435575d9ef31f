import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  block,
  clientHello,
  type Ends,
  ethernet,
  type Frame,
  option,
  pcap,
  pcapng,
  records,
  tcp,
  udp,
} from './testing/capture-writer.ts';
import { back, resolved } from './testing/greetings.ts';
import { readWhole } from './testing/read-whole.ts';

const start = Date.UTC(2026, 0, 5, 12) * 1000;
const ends: Ends = { from: '192.168.1.20', to: '203.0.113.9', fromPort: 40_001, toPort: 443 };
const six: Ends = { ...ends, from: '2001:db8:0:0:0:0:0:1', to: '2001:db8:0:0:0:0:0:2' };
const packet = tcp(ends, records(clientHello({ name: 'a.example.org' })));
const at = (bytes: Uint8Array, n = 0): Frame => ({ atUs: start + n * 1000, bytes });

describe('links', () => {
  const hex = (text: string) => Buffer.from(text, 'hex');
  const framed = (head: string, of: Uint8Array) => Buffer.concat([hex(head), of]);
  const sixPacket = tcp(six, Buffer.alloc(3));
  // Frame control, 22 bytes of addresses and numbers; data, QoS data, data between two bridges; then LLC and SNAP.
  const wireless = (control: string, extra = '') => `${control}${'00'.repeat(22)}${extra}aaaa030000000800`;

  it.each([
    ['raw IPv4', 228, packet],
    ['raw IPv6', 229, sixPacket],
    ['raw of either version, IPv6', 101, sixPacket],
    ['null, IPv6 of a Mac', 0, framed('1e000000', sixPacket)],
    ['loop', 108, framed('00000002', packet)],
    ['PPP with its address left out', 9, framed('21', packet)],
    ['PPP, IPv6', 9, framed('ff030057', sixPacket)],
    ['PPP in frames of HDLC', 50, framed('ff030021', packet)],
    ['PPP over Ethernet', 1, framed(`${'02'.repeat(12)}886411000001${'0000'}0021`, packet)],
    ['cooked, version 1, with a VLAN', 113, framed(`${'00'.repeat(14)}810000050800`, packet)],
    ['cooked, version 2, IPv6', 276, framed(`86dd${'00'.repeat(18)}`, sixPacket)],
    ['cooked, version 2, with a VLAN', 276, framed(`8100${'00'.repeat(18)}00050800`, packet)],
    ['802.11 without radiotap', 105, framed(wireless('0801'), packet)],
    ['802.11, QoS', 105, framed(wireless('8801', '0000'), packet)],
    ['802.11, between bridges', 105, framed(wireless('0803', '000000000000'), packet)],
    ['802.11 with radiotap of 12 bytes', 127, framed(`00000c0000000000${'00'.repeat(4)}${wireless('0802')}`, packet)],
  ] as const)('%s', (_what, link, frame) => {
    const { flows, totals } = readWhole(pcap([at(frame)], { link }));
    expect(flows).toHaveLength(1);
    expect([ends.from, '2001:db8::1']).toContain(flows[0]!.openerIp);
    expect(totals).toMatchObject({ packets: 1, notIp: 0, unreadable: 0 });
  });

  it('that carry no IP, or that nobody knows, are counted', () => {
    const arp = framed(`${'ff'.repeat(6)}${'02'.repeat(6)}0806`, Buffer.alloc(28));
    expect(readWhole(pcap([at(arp)])).totals.notIp).toBe(1);
    expect(readWhole(pcap([at(framed(wireless('8000'), packet))], { link: 105 })).totals.notIp).toBe(1);
    expect(readWhole(pcap([at(packet)], { link: 147 })).totals.unknownLink).toBe(1);
  });
});

describe('sections of the newer form', () => {
  it('each have their own byte order, interfaces and clocks; names, comments and keys are told', () => {
    const second = pcapng([at(ethernet(tcp(ends, undefined, 500)), 2)], { link: 1, big: true, resolution: 9 });
    const first = Buffer.concat([
      pcapng([{ ...at(packet), options: option(1, Buffer.from('looked odd')) }]),
      block(1, Buffer.concat([Buffer.from([1, 0, 0, 0, 0, 0, 0, 0]), option(2, Buffer.from('wlan0'))])),
      block(
        6,
        Buffer.concat([
          Buffer.from([1, 0, 0, 0]),
          timed(start + 1000),
          sizes(14 + packet.length),
          pad(ethernet(packet)),
        ]),
      ),
    ]);
    const { flows, notes, totals, warnings } = readWhole(Buffer.concat([first, second]), 50);
    expect(totals.packets).toBe(3);
    expect(warnings).toEqual([]);
    expect(flows[0]).toMatchObject({ openerPackets: 3, firstUs: start, lastUs: start + 2000 });
    expect(notes.map(({ kind }) => kind)).toEqual(['capture', 'comment', 'capture']);
    expect(notes[1]).toMatchObject({ text: 'looked odd' });
  });

  it('name addresses: written as addresses are, and hosts of contacts that have no other name', () => {
    const names = block(
      4,
      Buffer.concat([
        resolved('203.0.113.9', ['Four.Example.org']),
        resolved(six.to, ['six.example.org', 'alias']),
        Buffer.alloc(4),
      ]),
    );
    const packets = [
      at(tcp(ends)),
      at(tcp(six)),
      at(tcp({ ...ends, fromPort: 9 }, records(clientHello({ name: 'own.example' })))),
    ];
    const { flows, notes } = readWhole(Buffer.concat([pcapng(packets), names]));
    expect(notes.filter(({ kind }) => kind === 'resolved name')).toMatchObject([
      { address: '203.0.113.9', names: ['Four.Example.org'] },
      { address: '2001:db8::2', names: ['six.example.org', 'alias'] },
    ]);
    expect(flows.map(({ host, hostFrom }) => [host, hostFrom])).toEqual([
      ['four.example.org', 'named by the capture'],
      ['six.example.org', 'named by the capture'],
      ['own.example', 'tls'],
    ]);
  });

  it('lost packets by the interface’s own count are told', () => {
    const lost = Buffer.alloc(8);
    lost.writeUInt32LE(7);
    const statistics = block(5, Buffer.concat([Buffer.alloc(12), option(5, lost)]));
    const { notes } = readWhole(Buffer.concat([pcapng([at(packet)]), statistics]));
    expect(notes.at(-1)).toMatchObject({ kind: 'dropped', packets: 7 });
  });
});

const pad = (bytes: Uint8Array) => Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length & 3)) & 3)]);
const sizes = (length: number) => {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32LE(length, 0);
  bytes.writeUInt32LE(length, 4);
  return bytes;
};
const timed = (us: number) => {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32LE(Math.floor(us / 2 ** 32), 0);
  bytes.writeUInt32LE(us % 2 ** 32, 4);
  return bytes;
};

describe('PCAPdroid’s trailer', () => {
  const trailed = (of: Uint8Array, uid: number, name: string, wrong = false): Buffer => {
    const frame = Buffer.concat([Buffer.alloc(12), Buffer.from(of[0]! >> 4 === 6 ? '86dd' : '0800', 'hex'), of]);
    const tail = Buffer.alloc(28);
    tail.writeUInt32BE(0x01072021, 0);
    tail.writeInt32BE(uid, 4);
    tail.write(name, 8, 19);
    const whole = Buffer.concat([pad(frame), tail]);
    const sum = Buffer.alloc(4);
    sum.writeUInt32LE((crc32(whole) ^ (wrong ? 1 : 0)) >>> 0);
    return Buffer.concat([whole, sum]);
  };

  it('names the app, and what it adds is not counted', () => {
    for (const of of [packet, tcp(six, Buffer.alloc(5))]) {
      const { flows } = readWhole(pcap([at(trailed(of, 10_123, 'Browser'))]));
      expect(flows[0]).toMatchObject({ uid: 10_123, openerBytes: of.length });
    }
  });

  it('with a wrong sum, or where it does not know the app, names none', () => {
    expect(readWhole(pcap([at(trailed(packet, 10_123, 'Browser', true))])).flows[0]!.uid).toBeNull();
    expect(readWhole(pcap([at(trailed(packet, -1, ''))])).flows[0]!.uid).toBeNull();
  });

  it('is left out near the snap length, and so is the frame', () => {
    const long = tcp(ends, Buffer.alloc(1400));
    const { flows, totals } = readWhole(pcap([at(long), at(trailed(packet, 10_123, 'Browser'), 1)]));
    expect(totals.unreadable + totals.notIp).toBe(0);
    expect(flows).toHaveLength(1);
    expect(flows[0]).toMatchObject({ uid: 10_123, openerPackets: 2, openerBytes: long.length + packet.length });
  });
});

it('a stream of tcpdump that was ended in a packet gives all before it', () => {
  const packets = [udp(ends, Buffer.alloc(9)), udp(back(ends), Buffer.alloc(20)), udp(ends, Buffer.alloc(50))];
  const cooked = (of: Uint8Array) => Buffer.concat([Buffer.from('0800', 'hex'), Buffer.alloc(18), of]);
  const bytes = pcap(
    packets.map((one, n) => at(cooked(one), n)),
    { link: 276 },
  );
  const { flows, warnings } = readWhole(bytes.subarray(0, -7), 1000);
  expect(flows[0]).toMatchObject({ openerPackets: 1, otherPackets: 1 });
  expect(warnings).toMatchObject([{ offset: bytes.length - 16 - 20 - packets[2]!.length }]);
});
