import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Flow, LookUp } from './capture-output.ts';
import { CaptureRun } from './capture-run.ts';
import type { CaptureNote } from './packet-sink.ts';
import { CaptureBytes } from './read-capture.ts';
import {
  addressBytes,
  block,
  clientHello,
  dns,
  type Ends,
  ethernet,
  type Frame,
  option,
  pcap,
  pcapng,
  quicInitial,
  records,
  tcp,
  udp,
  udpInPieces,
} from './testing/capture-writer.ts';

const start = Date.UTC(2026, 0, 5, 12) * 1000;
const ends: Ends = { from: '192.168.1.20', to: '203.0.113.9', fromPort: 40_001, toPort: 443 };
const back: Ends = { from: ends.to, to: ends.from, fromPort: ends.toPort, toPort: ends.fromPort };

interface Read {
  readonly flows: Flow[];
  readonly lookUps: LookUp[];
  readonly notes: CaptureNote[];
  readonly warnings: { offset: number; reason: string }[];
  readonly totals: CaptureRun['totals'];
}

function read(bytes: Uint8Array, piece = bytes.length): Read {
  const out = {
    flows: [] as Flow[],
    lookUps: [] as LookUp[],
    notes: [] as CaptureNote[],
    warnings: [] as Read['warnings'],
  };
  const run = new CaptureRun({
    flow: (flow) => out.flows.push(flow),
    lookUp: (one) => out.lookUps.push(one),
    note: (note) => out.notes.push(note),
    warn: (offset, reason) => out.warnings.push({ offset, reason }),
  });
  const capture = new CaptureBytes(run);
  for (let at = 0; at < bytes.length; at += Math.max(1, piece)) capture.take(bytes.subarray(at, at + piece));
  capture.end();
  return { ...out, totals: run.totals };
}

const at = (packets: readonly Uint8Array[], wrap: (packet: Uint8Array) => Uint8Array = ethernet): Frame[] =>
  packets.map((packet, n) => ({ atUs: start + n * 1000, bytes: wrap(packet) }));

const hello = records(clientHello({ name: 'Api.Example.ORG', alpn: ['h2', 'http/1.1'] }));
const talk = [
  tcp(ends, undefined, 1, 2),
  tcp(back, undefined, 9, 18),
  tcp(ends, hello, 2),
  tcp(back, new Uint8Array(900), 10),
];

describe('what a capture holds', () => {
  it('is the same in every form', () => {
    const wanted = {
      openerIp: ends.from,
      openerPort: 40_001,
      otherIp: ends.to,
      otherPort: 443,
      protocol: 6,
      host: 'api.example.org',
      hostFrom: 'tls',
      openerPackets: 2,
      otherPackets: 2,
      firstUs: start,
      lastUs: start + 3000,
    };
    const bare = (packet: Uint8Array) => packet;
    const forms = [
      pcap(at(talk)),
      pcap(at(talk), { big: true }),
      pcap(at(talk), { nanoseconds: true }),
      pcap(at(talk, bare), { link: 101 }),
      pcap(at(talk, (packet) => ethernet(packet, [5, 7]))),
      pcap(
        at(talk, (packet) => Buffer.concat([Buffer.from([2, 0, 0, 0]), packet])),
        { link: 0 },
      ),
      pcap(
        at(talk, (packet) => Buffer.concat([Buffer.alloc(14), Buffer.from([8, 0]), packet])),
        { link: 113 },
      ),
      pcap(
        at(talk, (packet) => Buffer.concat([Buffer.from([8, 0]), Buffer.alloc(18), packet])),
        { link: 276 },
      ),
      pcap(
        at(talk, (packet) => Buffer.concat([Buffer.from([0xff, 3, 0, 0x21]), packet])),
        { link: 9 },
      ),
      pcapng(at(talk, bare)),
      pcapng(at(talk, bare), { big: true }),
      pcapng(at(talk, bare), { resolution: 9 }),
      pcapng(at(talk), { link: 1, resolution: 9, big: true }),
    ];
    for (const bytes of forms) {
      const { flows, warnings } = read(bytes);
      expect(flows).toHaveLength(1);
      expect(flows[0]).toMatchObject(wanted);
      expect(flows[0]!.facts).toMatchObject({ service: 'TLS', alpn: ['h2', 'http/1.1'] });
      expect(warnings).toEqual([]);
    }
  });

  it('is the same however the bytes come', () => {
    const bytes = pcapng(at(talk, (packet) => packet));
    const whole = read(bytes);
    for (const piece of [1, 2, 3, 5, 7, 64, 1000]) expect(read(bytes, piece)).toEqual(whole);
  });

  it('gives all before a cut, and says where it is', () => {
    const bytes = pcap(at(talk));
    const cut = read(bytes.subarray(0, bytes.length - 5));
    expect(cut.flows[0]!.otherPackets).toBe(1);
    expect(cut.warnings).toHaveLength(1);
    expect(cut.warnings[0]!.offset).toBe(bytes.length - 16 - (14 + 40 + 900));
    for (let length = 24; length < bytes.length; length += 11) {
      const { flows, totals } = read(bytes.subarray(0, length));
      expect(flows.reduce((sum, one) => sum + one.openerPackets + one.otherPackets, 0)).toBe(totals.packets);
    }
  });

  it('stops at a length that no packet has', () => {
    const bytes = Buffer.concat([pcap(at(talk.slice(0, 2))), Buffer.alloc(16, 255), Buffer.alloc(64)]);
    const { flows, warnings } = read(bytes);
    expect(flows).toHaveLength(1);
    expect(warnings[0]!.reason).toMatch(/damaged from here on/);
  });

  it('wireless data in the clear is read, and what is encrypted is counted', () => {
    const radiotap = Buffer.from([0, 0, 8, 0, 0, 0, 0, 0]);
    const data = (flags: number) =>
      Buffer.concat([radiotap, Buffer.from([0x08, flags]), Buffer.alloc(22), Buffer.from('aaaa030000000800', 'hex')]);
    const frames = [1, 0x41].map((flags, n) => ({ atUs: start + n, bytes: Buffer.concat([data(flags), talk[0]!]) }));
    const { flows, totals } = read(pcap(frames, { link: 127 }));
    expect(flows).toHaveLength(1);
    expect(totals).toMatchObject({ packets: 2, encryptedFrames: 1 });
  });

  it('blocks of the newer form that carry no packet are told', () => {
    const own = Buffer.concat([
      Buffer.from('bcf40000', 'hex'),
      Buffer.from([1, 0, 1, 0]),
      Buffer.from([0x7b, 0x27, 0, 0]),
      Buffer.from([7, 4]),
      Buffer.from('org.appApp1'),
    ]);
    const names = Buffer.concat([
      Buffer.from([1, 0, 9, 0, 203, 0, 113, 9]),
      Buffer.from('a.b\0'),
      Buffer.from([0]),
      Buffer.alloc(3),
    ]);
    const frames = [{ atUs: start, bytes: talk[0]!, options: option(1, Buffer.from('u-10107')) }];
    const bytes = Buffer.concat([
      pcapng(frames),
      block(0xbad, own),
      block(4, names),
      block(10, Buffer.from('4b534c5404000000abcdefgh', 'hex')),
    ]);
    const { flows, notes } = read(bytes);
    expect(flows[0]!.uid).toBe(10_107);
    expect(notes).toMatchObject([
      { kind: 'capture', form: 'pcapng' },
      { kind: 'app of uid', uid: 10_107, package: 'org.app', app: 'App1' },
      { kind: 'resolved name', names: ['a.b'] },
      { kind: 'secrets', bytes: 4 },
    ]);
  });
});

describe('what a flow is', () => {
  it('has its opener by SYN and ACK, even where the first packet was missed', () => {
    const { flows } = read(pcap(at([talk[1]!, talk[2]!])));
    expect(flows[0]).toMatchObject({ openerIp: ends.from, openerPackets: 1, otherPackets: 1 });
  });

  it('keeps pieces of a packet together', () => {
    const [first, second] = udpInPieces({ ...ends, toPort: 4000 }, Buffer.alloc(2000), 1208, 42);
    const { flows } = read(pcap(at([first, second])));
    expect(flows).toHaveLength(1);
    expect(flows[0]).toMatchObject({ openerPackets: 2, otherPort: 4000 });
  });

  it('is found behind headers of IPv6', () => {
    const six: Ends = { from: '2001:db8:0:0:0:0:0:1', to: '2001:db8:0:0:0:0:0:2', fromPort: 5000, toPort: 53 };
    const hop = Buffer.from([60, 0, 0, 0, 0, 0, 0, 0]);
    const destination = Buffer.from([17, 0, 0, 0, 0, 0, 0, 0]);
    const { flows, lookUps } = read(pcap(at([udp(six, dns('example.org', 28), [hop, destination], 0)])));
    expect(flows[0]).toMatchObject({
      version: 6,
      openerIp: '2001:db8::1',
      otherIp: '2001:db8::2',
      otherPort: 53,
      protocol: 17,
    });
    expect(lookUps[0]!.message).toMatchObject({ name: 'example.org', type: 'AAAA', isResponse: false });
  });

  it('gets the name that was looked up before it, until it says one itself', () => {
    const asked = { ...ends, to: '192.168.1.1', toPort: 53 };
    const answered = { from: asked.to, to: asked.from, fromPort: 53, toPort: asked.fromPort };
    const answer = dns('push.example.org', 1, { aliases: ['edge.cdn.example.net'], addresses: [ends.to] });
    const packets = [udp(asked, dns('push.example.org', 1)), udp(answered, answer), tcp({ ...ends, toPort: 5222 })];
    const { flows, lookUps } = read(pcap(at(packets)));
    expect(flows[1]).toMatchObject({ host: 'push.example.org', hostFrom: 'look-up before' });
    expect(lookUps[1]).toMatchObject({ clientIp: ends.from, serverIp: '192.168.1.1' });
    const named = read(pcap(at([...packets, tcp({ ...ends, toPort: 5222 }, hello, 1)])));
    expect(named.flows[1]).toMatchObject({ host: 'api.example.org', hostFrom: 'tls' });
  });
});

describe('greetings', () => {
  const oneName = (packets: readonly Uint8Array[]) => read(pcap(at(packets))).flows[0]!;

  it('are put together from segments in any order, doubled, and from several records', () => {
    const spread = records(
      clientHello({ name: 'long.example.org', extensions: Array.from({ length: 300 }, (_, n) => 0x5000 + n) }),
      500,
    );
    const segment = (from: number, to: number) => tcp(ends, spread.subarray(from, to), 100 + from);
    const flow = oneName([
      segment(0, 400),
      segment(900, spread.length),
      segment(300, 700),
      segment(300, 700),
      segment(600, 900),
    ]);
    expect(flow).toMatchObject({ host: 'long.example.org', hostFrom: 'tls' });
  });

  it('across the end of the sequence numbers', () => {
    const first = 0xffffffff - 49;
    const flow = oneName([tcp(ends, hello.subarray(0, 60), first), tcp(ends, hello.subarray(60), (first + 60) >>> 0)]);
    expect(flow.host).toBe('api.example.org');
  });

  it('have the fingerprint that JA4 describes', () => {
    // The worked example of the method’s own document.
    const said = clientHello({
      name: 'example.com',
      alpn: ['h2', 'http/1.1'],
      ciphers: [
        0x4a4a, 0x1301, 0x1302, 0x1303, 0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8, 0xc013, 0xc014, 0x9c, 0x9d,
        0x2f, 0x35,
      ],
      versions: [0x0a0a, 0x0304, 0x0303],
      signatures: [0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601],
      extensions: [0x1a1a, 0x1b, 0x33, 0x4469, 0x17, 0x2d, 0x05, 0x23, 0x12, 0xff01, 0x0b, 0x0a, 0x15],
    });
    expect(oneName([tcp(ends, records(said))]).facts!.ja4).toBe('t13d1516h2_8daaf6152771_e5627efa2ab1');
  });

  it('of QUIC are decrypted, also in two packets whose pieces are mixed', () => {
    const id = Buffer.from('8394c8f03e515708', 'hex');
    const whole = clientHello({
      name: 'quic.example.org',
      alpn: ['h3'],
      extensions: Array.from({ length: 400 }, (_, n) => 0x6000 + n),
    });
    for (const version of [1, 0x6b3343cf, 0xff00001d]) {
      const packets = [
        quicInitial(version, id, 0, [
          { at: 900, bytes: whole.subarray(900, 1200) },
          { at: 0, bytes: whole.subarray(0, 500) },
        ]),
        quicInitial(version, id, 1, [
          { at: 1200, bytes: whole.subarray(1200) },
          { at: 500, bytes: whole.subarray(500, 900) },
        ]),
      ];
      const flow = oneName(packets.map((packet) => udp(ends, packet)));
      expect(flow).toMatchObject({ host: 'quic.example.org', hostFrom: 'quic' });
      expect(flow.facts).toMatchObject({ service: 'QUIC', alpn: ['h3'] });
      expect(flow.facts!.ja4).toMatch(/^q13d02/);
    }
  });

  it('of QUIC with a byte changed are not believed', () => {
    const packet = quicInitial(1, Buffer.from('8394c8f03e515708', 'hex'), 0, [
      { at: 0, bytes: clientHello({ name: 'a.example' }) },
    ]);
    packet[200]! ^= 1;
    expect(oneName([udp(ends, packet)]).host).toBeNull();
  });

  it('of Mi Push say host, model and software', () => {
    const text = (number: number, value: string) =>
      Buffer.concat([Buffer.from([number * 8 + 2, value.length]), Buffer.from(value)]);
    const body = Buffer.concat([
      Buffer.from([8, 106]),
      text(2, 'Redmi Note 8'),
      text(3, 'V12.5.1.0'),
      Buffer.from([40, 38]),
      text(6, 'wifi'),
      text(7, 'app.chat.example.net'),
      text(8, 'de_DE'),
      Buffer.from([80, 30]),
    ]);
    const head = Buffer.from([8, 0, 26, 4, 67, 79, 78, 78]);
    const inner = Buffer.concat([Buffer.from([0, 2, 0, head.length, 0, 0, 0, body.length]), head, body]);
    const blob = Buffer.concat([Buffer.from([0xc2, 0xfe, 0, 5, 0, 0, 0, inner.length]), inner, Buffer.alloc(4)]);
    const flow = oneName([tcp({ ...ends, toPort: 5222 }, blob)]);
    expect(flow).toMatchObject({ host: 'app.chat.example.net', hostFrom: 'push' });
    expect(flow.facts).toMatchObject({ service: 'Mi Push' });
    expect(flow.facts!.said).toEqual(
      expect.arrayContaining(['model: Redmi Note 8', 'sdk: 38', 'android: 30', 'locale: de_DE']),
    );
  });

  it('in the clear point out what may identify somebody', () => {
    const request =
      'POST /v1/track?imei=490154203237518&lat=52.52001 HTTP/1.1\r\nHost: Track.Example.org\r\nUser-Agent: App/1\r\n\r\nemail=jane%40example.org';
    const flow = oneName([tcp({ ...ends, toPort: 80 }, Buffer.from(request))]);
    expect(flow).toMatchObject({ host: 'track.example.org', hostFrom: 'http' });
    expect(flow.facts).toMatchObject({ service: 'HTTP', userAgent: 'App/1' });
    expect(flow.facts!.requests).toEqual(['POST track.example.org/v1/track?imei=490154203237518&lat=52.52001']);
    expect(flow.facts!.personal.map(({ kind, value }) => `${kind} ${value}`)).toEqual([
      'IMEI 490154203237518',
      'e-mail address jane@example.org',
      'location 52.52001',
    ]);
  });
});

describe('hostile captures', () => {
  it('names that point in circles, forwards or at themselves end', () => {
    const message = Buffer.concat([
      Buffer.from('000001000001000000000000', 'hex'),
      Buffer.from([0xc0, 12, 0, 1, 0, 1]),
    ]);
    const { lookUps } = read(pcap(at([udp({ ...ends, toPort: 53 }, message)])));
    expect(lookUps).toEqual([]);
  });

  it('no bytes make it throw, and its sums hold', () => {
    const bytes = pcap(at([...talk, udp({ ...ends, toPort: 53 }, dns('example.org', 1))]));
    const changes = fc.array(fc.record({ at: fc.nat(bytes.length - 1), to: fc.nat(255) }), { maxLength: 12 });
    fc.assert(
      fc.property(changes, fc.nat(bytes.length), (all, length) => {
        const damaged = Buffer.from(bytes.subarray(0, length));
        for (const change of all) if (change.at < damaged.length) damaged[change.at] = change.to;
        const { flows, totals } = read(damaged, 97);
        const counted = flows.reduce((sum, one) => sum + one.openerPackets + one.otherPackets, 0);
        const { packets, notIp, cutFrames, encryptedFrames, unknownLink, unreadable } = totals;
        expect(counted).toBe(packets - notIp - cutFrames - encryptedFrames - unknownLink - unreadable);
      }),
      { numRuns: 2000 },
    );
  });

  it('a million flows of one packet keep memory flat', () => {
    let flows = 0;
    const run = new CaptureRun({ flow: () => (flows += 1), lookUp() {}, note() {}, warn() {} });
    const packet = udp({ ...ends, toPort: 9 }, Buffer.alloc(4));
    const source = { id: 0, link: 101, snapLength: 0, name: null };
    const before = process.memoryUsage().arrayBuffers;
    for (let n = 0; n < 1_000_000; n += 1) {
      packet.writeUInt32BE(n, 16);
      run.packet(packet, 0, packet.length, packet.length, start + n, source, n);
    }
    run.end();
    expect(flows).toBe(1_000_000);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(150e6);
  });
});

it('an address is written in its short form', () => {
  const six = (text: string) =>
    read(pcap(at([udp({ ...ends, from: text, to: '2001:db8:0:0:0:0:0:2' }, Buffer.alloc(1))]))).flows[0]!.openerIp;
  expect(six('2001:db8:0:1:0:0:0:1')).toBe('2001:db8:0:1::1');
  expect(six('0:0:0:0:0:ffff:c0a8:101')).toBe('::ffff:192.168.1.1');
  expect(six('fe80:0:1:0:0:0:0:1')).toBe('fe80:0:1::1');
  expect(addressBytes('10.0.0.1')).toHaveLength(4);
});
