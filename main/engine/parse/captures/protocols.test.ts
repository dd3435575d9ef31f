import { describe, expect, it } from 'vitest';
import type { Flow } from './capture-output.ts';
import {
  clientHello,
  dns,
  type Ends,
  ethernet,
  packetOf,
  pcap,
  quicInitial,
  records,
  tcp,
  udp,
} from './testing/capture-writer.ts';
import {
  authenticated,
  back,
  dtls,
  earlyQuic,
  inStream,
  namelessTls,
  netbios,
  renegotiatedQuic,
  retriedQuic,
  sixInPieces,
  throughProxy,
  upgraded,
} from './testing/greetings.ts';
import { readWhole } from './testing/read-whole.ts';

const ends: Ends = { from: '192.168.1.20', to: '203.0.113.9', fromPort: 40_001, toPort: 443 };
const six: Ends = { ...ends, from: '2001:db8:0:0:0:0:0:1', to: '2001:db8:0:0:0:0:0:2' };
const read = (packets: readonly Uint8Array[]) =>
  readWhole(pcap(packets.map((packet, n) => ({ atUs: 1_767_600_000_000_000 + n * 1000, bytes: ethernet(packet) }))));
const one = (packets: readonly Uint8Array[]): Flow => {
  const { flows } = read(packets);
  expect(flows).toHaveLength(1);
  return flows[0]!;
};

describe('DNS over TCP', () => {
  const to: Ends = { ...ends, toPort: 53 };
  const asked = inStream(dns('one.example.org', 1), dns('two.example.org', 28));
  const answered = inStream(
    dns('one.example.org', 1, { addresses: ['203.0.113.77'] }),
    dns('two.example.org', 28, { addresses: ['2001:db8:0:0:0:0:0:9'] }),
  );

  it('is read with several messages in one segment, and one message in many, in any order and doubled', () => {
    const pieces = Array.from({ length: Math.ceil(answered.length / 7) }, (_, n) =>
      tcp(back(to), answered.subarray(n * 7, n * 7 + 7), 500 + n * 7),
    );
    const [first, second, third, ...rest] = pieces;
    const { flows, lookUps } = read([tcp(to, asked, 9), first!, third!, second!, second!, ...rest]);
    expect(flows[0]).toMatchObject({ host: 'one.example.org', hostFrom: 'dns', facts: { service: 'DNS' } });
    expect(lookUps.map(({ message, clientIp }) => [message.name, message.isResponse, clientIp])).toEqual([
      ['one.example.org', false, ends.from],
      ['two.example.org', false, ends.from],
      ['one.example.org', true, ends.from],
      ['two.example.org', true, ends.from],
    ]);
  });

  it('leads to names of later contacts, and goes on in a long connection', () => {
    const filler = Array.from({ length: 400 }, (_, n) =>
      inStream(dns(`n${n}.example.org`, 1, { addresses: ['192.0.2.1'] })),
    );
    let sequence = 1;
    const packets = filler.map((message) => {
      const packet = tcp(back(to), message, sequence);
      sequence += message.length;
      return packet;
    });
    const { flows, lookUps } = read([
      ...packets,
      tcp(back(to), answered, sequence),
      tcp({ ...ends, to: '203.0.113.77' }),
    ]);
    expect(lookUps).toHaveLength(402);
    expect(flows.find(({ otherIp }) => otherIp === '203.0.113.77')).toMatchObject({
      host: 'one.example.org',
      hostFrom: 'look-up before',
    });
  });
});

describe('encrypted services', () => {
  const tls = (to: Partial<Ends>, said: Parameters<typeof clientHello>[0]) =>
    one([tcp({ ...ends, ...to }, records(clientHello(said)))]).facts!.service;
  const quic = (to: Partial<Ends>, said: Parameters<typeof clientHello>[0]) =>
    one([udp({ ...ends, ...to }, quicInitial(1, Buffer.alloc(8, 3), 0, [{ at: 0, bytes: clientHello(said) }]))]).facts!
      .service;

  it('are told by protocol, port and published name', () => {
    expect(tls({ toPort: 853 }, { name: 'dns.example.org' })).toBe('DNS over TLS');
    expect(tls({}, { name: 'dns.example.org', alpn: ['dot'] })).toBe('DNS over TLS');
    expect(quic({ toPort: 853 }, { alpn: ['doq'] })).toBe('DNS over QUIC');
    expect(quic({ toPort: 8853 }, { alpn: ['doq-i02'] })).toBe('DNS over QUIC');
    expect(tls({}, { name: 'cloudflare-dns.com', alpn: ['h2'] })).toBe('DNS over HTTPS');
    expect(quic({}, { name: 'dns.google', alpn: ['h3'] })).toBe('DNS over HTTPS');
    expect(tls({ toPort: 5228 }, {})).toBe('FCM');
    expect(tls({}, { name: 'alt3-mtalk.google.com' })).toBe('FCM');
    expect(tls({ toPort: 5223 }, { name: '12-courier.push.apple.com' })).toBe('APNs');
    expect(tls({}, { name: 'mtalk.google.com.example.org' })).toBe('TLS');
    expect(quic({}, { name: 'example.org', alpn: ['h3'] })).toBe('QUIC');
  });

  it('are told by the port alone where the connection was there before the capture, and that is said', () => {
    const payload = Buffer.alloc(40, 9);
    expect(one([tcp({ ...ends, toPort: 5228 }, payload)]).facts!.service).toBe('FCM, by its port');
    expect(one([tcp(back({ ...ends, toPort: 853 }), payload)]).facts!.service).toBe('DNS over TLS, by its port');
    expect(one([tcp({ ...ends, toPort: 5229 }, Buffer.from('17030300200000', 'hex'))]).facts!.service).toBe('FCM');
    expect(one([tcp(ends, payload)]).facts).toBeNull();
  });

  it('that name no server are told by the names in its certificate, which are no host', () => {
    for (const most of [16_384, 100]) {
      const flow = one(namelessTls(ends, most));
      expect(flow.facts).toMatchObject({
        service: 'TLS',
        said: ['names in the server’s certificate: push.example.org, *.cdn.example.org'],
      });
      expect(flow.host).toBeNull();
    }
    expect(one(namelessTls(ends, 16_384, true)).facts!.said).toEqual([]);
    expect(one(namelessTls(ends).slice(1)).facts!.said).toHaveLength(1);
  });
});

describe('requests in the clear', () => {
  const web: Ends = { ...ends, toPort: 80 };

  it('have their host also where it comes in a later segment', () => {
    const text = 'GET /a/long/path HTTP/1.1\r\nAccept: */*\r\nHost: Late.Example.org\r\nUser-Agent: App/2\r\n\r\n';
    const segments = [text.slice(0, 30), text.slice(30, 50), text.slice(50)];
    let at = 1;
    const flow = one(
      segments.map((part) => {
        const packet = tcp(web, Buffer.from(part), at);
        at += part.length;
        return packet;
      }),
    );
    expect(flow).toMatchObject({ host: 'late.example.org', hostFrom: 'http' });
    expect(flow.facts).toMatchObject({ requests: ['GET late.example.org/a/long/path'], userAgent: 'App/2' });
  });

  it('are found behind a long answer, and where the capture began in the middle', () => {
    const data = Array.from({ length: 100 }, (_, n) => tcp(back(web), Buffer.alloc(1000, 200), 1 + n * 1000));
    const ask = (path: string, sequence: number) =>
      tcp(web, Buffer.from(`GET ${path} HTTP/1.1\r\nHost: a.example.org\r\n\r\n`), sequence);
    expect(one([ask('/1', 1), ...data, ask('/2', 100)]).facts!.requests).toEqual([
      'GET a.example.org/1',
      'GET a.example.org/2',
    ]);
    expect(one([...data.slice(0, 20), ask('/3', 1)]).host).toBe('a.example.org');
  });

  it('go on as HTTP/2 where both agree', () => {
    const flow = one(upgraded(web));
    expect(flow.facts).toMatchObject({
      service: 'HTTP/2',
      requests: ['GET h2c.example.org/first', 'GET h2c.example.org/second'],
    });
  });

  it('to a proxy name the peer, and what comes through it its own', () => {
    const flow = one(throughProxy({ ...ends, toPort: 8080 }, 'inside.example.org'));
    expect(flow).toMatchObject({ host: 'inside.example.org', hostFrom: 'tls' });
    expect(flow.facts).toMatchObject({
      service: 'TLS',
      requests: ['CONNECT 198.51.100.4:443 (host inside.example.org:443)'],
    });
  });
});

describe('QUIC', () => {
  it('is opened after a retry, under another version, and with early data in between', () => {
    for (const packets of [retriedQuic, renegotiatedQuic, earlyQuic]) {
      expect(one(packets(ends, 'q.example.org'))).toMatchObject({
        host: 'q.example.org',
        hostFrom: 'quic',
        facts: { service: 'QUIC', alpn: ['h3'] },
      });
    }
  });

  it('is recognised also where the greeting was before the capture', () => {
    expect(one(retriedQuic(ends, 'x.example').slice(1, 2)).facts).toMatchObject({ service: 'QUIC', host: null });
  });

  it('of all versions in use has the keys of its own', () => {
    for (const version of [1, 0x6b3343cf, 0xff00001d, 0xff000020, 0xff000022, 0xff00001b, 0xfaceb002]) {
      const packet = quicInitial(version, Buffer.alloc(8, 5), 0, [
        { at: 0, bytes: clientHello({ name: 'v.example' }) },
      ]);
      expect(one([udp(ends, packet)]).host).toBe('v.example');
    }
  });
});

describe('datagrams', () => {
  it('of DTLS have a name and a fingerprint', () => {
    const flow = one([dtls({ ...ends, toPort: 5684 }, 'coap.example.org')]);
    expect(flow).toMatchObject({ host: 'coap.example.org', facts: { service: 'DTLS' } });
    expect(flow.facts!.ja4).toMatch(/^dd2d/);
  });

  it('of NetBIOS have the name that is asked for', () => {
    expect(one([netbios(ends, 'OFFICE-PC')])).toMatchObject({ host: 'office-pc<20>', hostFrom: 'netbios' });
  });
});

describe('what stands between IP and the transport', () => {
  it('is an authentication header, in both versions', () => {
    for (const of of [ends, six]) {
      const flow = one([authenticated(of, records(clientHello({ name: 'ah.example.org' })))]);
      expect(flow).toMatchObject({ protocol: 6, otherPort: 443, host: 'ah.example.org' });
    }
  });

  it('is encrypted, or nothing at all: a flow without ports', () => {
    expect(one([packetOf(six, 50, Buffer.alloc(40, 1))])).toMatchObject({
      protocol: 50,
      otherPort: 0,
      openerPackets: 1,
    });
    expect(one([packetOf(ends, 50, Buffer.alloc(40, 1))])).toMatchObject({ protocol: 50 });
    expect(one([packetOf(six, 59, Buffer.alloc(0))])).toMatchObject({ protocol: 59, openerPackets: 1 });
  });

  it('is a tunnel: it has its name, and what is in it is not opened', () => {
    const inside = tcp({ ...ends, from: '10.0.0.1', to: '198.51.100.4' }, records(clientHello({ name: 'in.example' })));
    const insideSix = udp(six, Buffer.alloc(20));
    const gre = Buffer.concat([Buffer.from('00000800', 'hex'), inside]);
    const gtp = Buffer.concat([Buffer.from([0x30, 0xff, inside.length >> 8, inside.length & 255, 0, 0, 0, 1]), inside]);
    const wrapped: readonly (readonly [string, Uint8Array])[] = [
      ['GRE', packetOf(ends, 47, gre)],
      ['IPv4 in IP', packetOf(ends, 4, inside)],
      ['IPv4 in IP', packetOf(six, 4, inside)],
      ['IPv6 in IP', packetOf(ends, 41, insideSix)],
      ['IPsec (ESP)', packetOf(ends, 50, Buffer.alloc(40, 1))],
      ['GTP-U', udp({ ...ends, fromPort: 2152, toPort: 2152 }, gtp)],
      ['Teredo', udp({ ...ends, toPort: 3544 }, insideSix)],
      [
        'Teredo',
        udp({ ...ends, toPort: 3544 }, Buffer.concat([Buffer.from('0001000000000000000000000000', 'hex'), insideSix])),
      ],
    ];
    for (const [service, packet] of wrapped) {
      const flow = one([packet]);
      expect(flow, service).toMatchObject({ openerBytes: packet.length + 14, host: null, facts: { service } });
      expect([ends.to, '2001:db8::2']).toContain(flow.otherIp);
    }
    expect(one([udp({ ...ends, toPort: 2152 }, Buffer.alloc(40, 9))]).facts).toBeNull();
    expect(one([udp({ ...ends, toPort: 3544 }, Buffer.alloc(40, 9))]).facts).toBeNull();
  });

  it('is a piece of IPv6: both pieces are one flow', () => {
    expect(one(sixInPieces({ ...six, toPort: 4000 }, Buffer.alloc(2000), 1208))).toMatchObject({
      protocol: 17,
      otherPort: 4000,
      openerPackets: 2,
    });
  });
});
