import { addressBytes, clientHello, type Ends, packetOf, quicInitial, records, tcp, udp } from './capture-writer.ts';
import { certificate } from './certificate.ts';

/** Greetings for tests, from the documents of the protocols. Clients call from `ends.from`. */

const bytesOf = (...values: number[]) => Buffer.from(values);
const u16 = (value: number) => bytesOf((value >> 8) & 255, value & 255);
const u24 = (value: number) => bytesOf((value >> 16) & 255, (value >> 8) & 255, value & 255);

export const back = ({ from, to, fromPort, toPort }: Ends): Ends => ({
  from: to,
  to: from,
  fromPort: toPort,
  toPort: fromPort,
});

/** One DNS message or more as they stand in a stream of TCP. */
export const inStream = (...messages: readonly Uint8Array[]): Buffer =>
  Buffer.concat(messages.flatMap((one) => [u16(one.length), one]));

/** A hello in TLS 1.2, without a name, and the server's answer with a certificate, in records of at most `most` bytes. */
export function namelessTls(ends: Ends, most = 16_384, sealed = false): Buffer[] {
  const ask = records(clientHello({ versions: [], signatures: [] }));
  const versions = sealed ? Buffer.from('0006002b00020304', 'hex') : bytesOf();
  const hello = Buffer.concat([bytesOf(3, 3), Buffer.alloc(32, 9), bytesOf(0), bytesOf(0xc0, 0x2f, 0), versions]);
  const list = Buffer.concat([u24(certificate.length), certificate]);
  const handshake = Buffer.concat([
    bytesOf(2),
    u24(hello.length),
    hello,
    bytesOf(11),
    u24(list.length + 3),
    u24(list.length),
    list,
  ]);
  const answer = records(handshake, most);
  const half = answer.length >> 1;
  return [
    tcp(ends, ask, 10),
    tcp(back(ends), answer.subarray(0, half), 700),
    tcp(back(ends), answer.subarray(half), 700 + half),
  ];
}

/** A request that goes on as HTTP/2 in the clear, then a second one. */
export function upgraded(ends: Ends): Buffer[] {
  const first =
    'GET /first HTTP/1.1\r\nHost: h2c.example.org\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n';
  const text = (value: string) => Buffer.concat([bytesOf(value.length), Buffer.from(value)]);
  // Method GET, scheme http, a literal authority and path (RFC 7541, 6.2.2).
  const block = Buffer.concat([bytesOf(0x82, 0x86, 0x01), text('h2c.example.org'), bytesOf(0x04), text('/second')]);
  const second = Buffer.concat([
    Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
    Buffer.from('000000040000000000', 'hex'),
    u24(block.length),
    bytesOf(1, 5, 0, 0, 0, 3),
    block,
  ]);
  const agreed = 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n';
  return [
    tcp(ends, Buffer.from(first), 1),
    tcp(back(ends), Buffer.from(agreed), 1),
    tcp(ends, second, 1 + first.length),
  ];
}

/** TLS through a proxy, which was asked to connect first. */
export function throughProxy(ends: Ends, name: string): Buffer[] {
  const ask = `CONNECT 198.51.100.4:443 HTTP/1.1\r\nHost: ${name}:443\r\n\r\n`;
  return [
    tcp(ends, Buffer.from(ask), 1),
    tcp(back(ends), Buffer.from('HTTP/1.1 200 OK\r\n\r\n'), 1),
    tcp(ends, records(clientHello({ name })), 1 + ask.length),
  ];
}

const clientId = Buffer.from('8394c8f03e515708', 'hex');
const serverId = Buffer.from('f067a5502a4262b5', 'hex');

const longHeader = (first: number, version: number, target: Uint8Array, source: Uint8Array) => {
  const number = Buffer.alloc(4);
  number.writeUInt32BE(version);
  return Buffer.concat([bytesOf(first), number, bytesOf(target.length), target, bytesOf(source.length), source]);
};

/** A client that is told to try again under an id of the server's; only its second greeting tells the name. */
export function retriedQuic(ends: Ends, name: string): Buffer[] {
  const hello = clientHello({ name, alpn: ['h3'] });
  const retry = Buffer.concat([longHeader(0xf5, 1, bytesOf(), serverId), Buffer.from('token'), Buffer.alloc(16, 4)]);
  return [
    udp(ends, quicInitial(1, clientId, 0, [{ at: 0, bytes: hello.subarray(0, 20) }])),
    udp(back(ends), retry),
    udp(ends, quicInitial(1, serverId, 1, [{ at: 0, bytes: hello }])),
  ];
}

/** A client that is told which versions there are, and takes another. */
export function renegotiatedQuic(ends: Ends, name: string): Buffer[] {
  const hello = clientHello({ name, alpn: ['h3'] });
  const list = Buffer.concat([longHeader(0x80, 0, bytesOf(), clientId), Buffer.from('000000016b3343cf', 'hex')]);
  return [
    udp(ends, quicInitial(0x1a2a3a4a, clientId, 0, [{ at: 0, bytes: hello.subarray(0, 20) }])),
    udp(back(ends), list),
    udp(ends, quicInitial(1, clientId, 1, [{ at: 0, bytes: hello }])),
  ];
}

/** A greeting in two initial packets, with early data before and between them. */
export function earlyQuic(ends: Ends, name: string): Buffer[] {
  const hello = clientHello({ name, alpn: ['h3'], extensions: Array.from({ length: 400 }, (_, n) => 0x6000 + n) });
  const early = Buffer.concat([longHeader(0xd1, 1, clientId, bytesOf()), u16(0x4000 | 50), Buffer.alloc(50, 7)]);
  const initial = (from: number, to: number, number: number) =>
    quicInitial(1, clientId, number, [{ at: from, bytes: hello.subarray(from, to) }]);
  return [
    udp(ends, Buffer.concat([initial(0, 900, 0), early])),
    ...Array.from({ length: 8 }, () => udp(ends, early)),
    udp(ends, Buffer.concat([early, initial(900, hello.length, 1)])),
  ];
}

/** A hello over datagrams. */
export function dtls(ends: Ends, name: string): Buffer {
  const hello = clientHello({ name, versions: [] });
  const body = Buffer.concat([bytesOf(0xfe, 0xfd), hello.subarray(6, 39), bytesOf(0), hello.subarray(39)]);
  const handshake = Buffer.concat([bytesOf(1), u24(body.length), u16(0), u24(0), u24(body.length), body]);
  return udp(ends, Buffer.concat([bytesOf(22, 0xfe, 0xfd), Buffer.alloc(8), u16(handshake.length), handshake]));
}

/** A question for a name of NetBIOS, of kind 0x20. */
export function netbios(ends: Ends, name: string): Buffer {
  const letters = Buffer.from([...Buffer.from(name.toUpperCase().padEnd(15)), 0x20]);
  const coded = Buffer.from([...letters].flatMap((byte) => [0x41 + (byte >> 4), 0x41 + (byte & 15)]));
  const head = Buffer.from('123401100001000000000000', 'hex');
  return udp(
    { ...ends, fromPort: 137, toPort: 137 },
    Buffer.concat([head, bytesOf(32), coded, bytesOf(0, 0, 0x20, 0, 1)]),
  );
}

/** A segment behind an authentication header (RFC 4302). */
export function authenticated(ends: Ends, payload: Uint8Array): Buffer {
  const inner = tcp(ends, payload).subarray(ends.from.includes(':') ? 40 : 20);
  const header = Buffer.concat([bytesOf(6, 4, 0, 0), Buffer.alloc(20, 1)]);
  return packetOf(ends, 51, Buffer.concat([header, inner]));
}

/** A datagram of IPv6 in two pieces (RFC 8200 §4.5). */
export function sixInPieces(ends: Ends, payload: Uint8Array, at: number): Buffer[] {
  const whole = udp(ends, payload).subarray(40);
  const header = (offset: number, more: number) =>
    Buffer.concat([bytesOf(17, 0), u16(offset | more), bytesOf(0, 0, 0, 42)]);
  return [
    packetOf(ends, 17, whole.subarray(0, at), [header(0, 1)], 44),
    packetOf(ends, 17, whole.subarray(at), [header(at, 0)], 44),
  ];
}

/** An address as the block of names has it: kind, length, address, names. */
export function resolved(address: string, names: readonly string[]): Buffer {
  const value = Buffer.concat([addressBytes(address), ...names.map((one) => Buffer.from(`${one}\0`))]);
  const kind = address.includes('.') ? 1 : 2;
  return Buffer.concat([
    bytesOf(kind, 0),
    u16(value.length).reverse(),
    value,
    Buffer.alloc((4 - (value.length & 3)) & 3),
  ]);
}
