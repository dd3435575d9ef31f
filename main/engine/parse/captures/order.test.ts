import { describe, expect, it } from 'vitest';
import { clientHello, type Ends, ethernet, pcap, quicInitial, records, tcp, udp } from './testing/capture-writer.ts';
import { back } from './testing/greetings.ts';
import { readWhole } from './testing/read-whole.ts';

/** Greetings whose parts come in another order than they were written in. */

const ends: Ends = { from: '192.168.1.20', to: '203.0.113.9', fromPort: 40_001, toPort: 443 };
const read = (packets: readonly Uint8Array[]) =>
  readWhole(pcap(packets.map((packet, n) => ({ atUs: 1_767_600_000_000_000 + n, bytes: ethernet(packet) })))).flows;
/** Like that of a browser with keys that withstand quantum computers: longer than a segment. */
const hello = clientHello({
  name: 'big.example.org',
  alpn: ['h2'],
  extensions: Array.from({ length: 450 }, (_, n) => 0x5000 + n),
});
const stream = records(hello);
const part = (from: number, to = stream.length) => tcp(ends, stream.subarray(from, to), 1001 + from);
const syn = tcp(ends, undefined, 1000, 2);
const ack = tcp(back(ends), undefined, 77, 18);
const wanted = { host: 'big.example.org', hostFrom: 'tls', facts: { service: 'TLS', alpn: ['h2'] } };

describe('a hello of TLS', () => {
  it.each([
    ['the second segment first', [part(1400), part(0, 1400)]],
    ['the second first, the first sent twice', [part(1400), part(0, 1400), part(0, 1400)]],
    ['the first sent twice, then the second', [part(0, 1400), part(0, 1400), part(1400)]],
    ['all sent anew in other pieces', [part(1400), part(0, 700), part(300, 1500), part(1200)]],
    ['three segments, backwards', [part(1400), part(700, 1400), part(0, 700)]],
    ['three segments, the middle last', [part(0, 600), part(1300), part(600, 1300)]],
    ['five segments', [part(0, 400), part(400, 800), part(800, 1200), part(1200, 1600), part(1600)]],
    ['a first segment of one byte', [part(0, 1), part(1)]],
    ['a first segment of two bytes, after the rest', [part(2), part(0, 2)]],
  ])('%s', (_what, packets) => {
    const flows = read([syn, ack, ...packets]);
    expect(flows).toHaveLength(1);
    expect(flows[0]).toMatchObject(wanted);
    expect(flows[0]!.openerPackets).toBe(1 + packets.length);
  });

  it('has the fingerprint that it has in order', () => {
    const [inOrder, turned] = [
      [part(0, 1400), part(1400)],
      [part(1400), part(0, 1400)],
    ].map((packets) => read([syn, ack, ...packets])[0]!.facts!.ja4);
    expect(turned).toBe(inOrder);
  });

  it('is not made of what two sides say', () => {
    const flows = read([syn, ack, tcp(back(ends), stream.subarray(1400), 1001 + 1400), part(0, 1400)]);
    expect(flows[0]!.host).toBeNull();
  });

  it('begins behind the SYN where bytes come with it', () => {
    const fast = tcp(ends, stream.subarray(0, 1000), 1000, 2);
    expect(read([fast, ack, part(1000)])[0]).toMatchObject(wanted);
  });
});

describe('a hello of QUIC', () => {
  const id = Buffer.from('8394c8f03e515708', 'hex');
  const initial = (number: number, ...spans: (readonly [number, number])[]) =>
    udp(
      ends,
      quicInitial(
        1,
        id,
        number,
        spans.map(([at, to]) => ({ at, bytes: hello.subarray(at, to) })),
      ),
    );
  const all = hello.length;
  const named = { host: 'big.example.org', hostFrom: 'quic', facts: { service: 'QUIC', alpn: ['h2'] } };

  it.each([
    ['over two datagrams', [initial(0, [0, 1000]), initial(1, [1000, all])]],
    ['the second datagram first', [initial(1, [1000, all]), initial(0, [0, 1000])]],
    ['the first datagram twice', [initial(0, [0, 1000]), initial(2, [0, 1000]), initial(1, [1000, all])]],
    [
      'cut in many pieces and mixed, as browsers do on purpose',
      [initial(0, [700, 720], [20, 300], [0, 20], [720, 1000]), initial(1, [1500, all], [300, 700], [1000, 1500])],
    ],
    ['pieces that overlap', [initial(1, [500, all]), initial(0, [0, 900])]],
  ])('%s', (_what, packets) => {
    const flows = read(packets);
    expect(flows).toHaveLength(1);
    expect(flows[0]).toMatchObject(named);
  });

  it('with a server’s answer between its datagrams', () => {
    expect(
      read([initial(1, [1000, all]), udp(back(ends), Buffer.alloc(1200, 0xc1)), initial(0, [0, 1000])])[0],
    ).toMatchObject(named);
  });

  it('that was before the capture leaves the flow without a name: a short header has no mark of its own', () => {
    const short = (of: Ends, n: number) =>
      udp(of, Buffer.concat([Buffer.from([0x40 | ((n * 7) % 32)]), Buffer.alloc(60, n)]));
    const flows = read(Array.from({ length: 20 }, (_, n) => short(n % 2 ? back(ends) : ends, n)));
    expect(flows).toHaveLength(1);
    expect(flows[0]).toMatchObject({ host: null, facts: null, openerPackets: 10, otherPackets: 10 });
  });
});
