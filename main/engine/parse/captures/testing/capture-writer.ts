import { createCipheriv } from 'node:crypto';
import { clientKeys } from '../quic-initial.ts';

/** Writes captures for tests, from the documents of the formats; what it writes, Wireshark reads. */

const u8 = (...values: number[]) => Buffer.from(values);
const u16 = (value: number) => u8((value >> 8) & 255, value & 255);
const u32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
};

/** A value with its length in two bytes before it. */
const sized = (...parts: Uint8Array[]) => {
  const body = Buffer.concat(parts);
  return Buffer.concat([u16(body.length), body]);
};

/** IPv4 `a.b.c.d` or full IPv6 `1:2:3:4:5:6:7:8` as bytes. */
export function addressBytes(text: string): Buffer {
  if (text.includes('.')) return Buffer.from(text.split('.').map(Number));
  return Buffer.concat(text.split(':').map((group) => u16(Number.parseInt(group, 16))));
}

export interface Ends {
  readonly from: string;
  readonly to: string;
  readonly fromPort: number;
  readonly toPort: number;
}

const ipv4 = (ends: Ends, protocol: number, body: Uint8Array, piece = 0, identification = 1) =>
  Buffer.concat([
    u8(0x45, 0),
    u16(20 + body.length),
    u16(identification),
    u16(piece),
    u8(64, protocol, 0, 0),
    addressBytes(ends.from),
    addressBytes(ends.to),
    body,
  ]);

const ipv6 = (
  ends: Ends,
  protocol: number,
  body: Uint8Array,
  extensions: readonly Uint8Array[] = [],
  first = protocol,
) =>
  Buffer.concat([
    u8(0x60, 0, 0, 0),
    u16(body.length + extensions.reduce((sum, one) => sum + one.length, 0)),
    u8(first, 64),
    addressBytes(ends.from),
    addressBytes(ends.to),
    ...extensions,
    body,
  ]);

const isSix = (ends: Ends) => ends.from.includes(':');

/** A segment of TCP in its IP packet. Flags: 2 SYN, 16 ACK, 24 ACK and PSH, 17 ACK and FIN. */
export function tcp(ends: Ends, payload: Uint8Array = u8(), sequence = 1, flags = 24): Buffer {
  const body = Buffer.concat([
    u16(ends.fromPort),
    u16(ends.toPort),
    u32(sequence),
    u32(0),
    u8(0x50, flags),
    u16(1024),
    u16(0),
    u16(0),
    payload,
  ]);
  return isSix(ends) ? ipv6(ends, 6, body) : ipv4(ends, 6, body);
}

/** Any transport in its IP packet; `extensions` are headers of IPv6 before it, the first of type `first`. */
export function packetOf(
  ends: Ends,
  protocol: number,
  body: Uint8Array,
  extensions: readonly Uint8Array[] = [],
  first = protocol,
): Buffer {
  return isSix(ends) ? ipv6(ends, protocol, body, extensions, first) : ipv4(ends, protocol, body);
}

/** A datagram of UDP in its IP packet; `extensions` are headers of IPv6 before it, the first of type `first`. */
export function udp(ends: Ends, payload: Uint8Array, extensions: readonly Uint8Array[] = [], first = 17): Buffer {
  const body = Buffer.concat([u16(ends.fromPort), u16(ends.toPort), u16(8 + payload.length), u16(0), payload]);
  return isSix(ends) ? ipv6(ends, 17, body, extensions, first) : ipv4(ends, 17, body);
}

/** The same datagram in two pieces. */
export function udpInPieces(ends: Ends, payload: Uint8Array, at: number, identification: number): [Buffer, Buffer] {
  const body = Buffer.concat([u16(ends.fromPort), u16(ends.toPort), u16(8 + payload.length), u16(0), payload]);
  return [
    ipv4(ends, 17, body.subarray(0, at), 0x2000, identification),
    ipv4(ends, 17, body.subarray(at), at / 8, identification),
  ];
}

export const ethernet = (packet: Uint8Array, tags: readonly number[] = []): Buffer =>
  Buffer.concat([
    Buffer.from('020000000002020000000001', 'hex'),
    ...tags.map((tag) => Buffer.concat([u16(0x8100), u16(tag)])),
    u16(packet[0]! >> 4 === 6 ? 0x86dd : 0x0800),
    packet,
  ]);

export interface Frame {
  readonly atUs: number;
  readonly bytes: Uint8Array;
  /** Length on the wire, where it was longer than what was kept. */
  readonly wire?: number;
}

/** A capture of the classic form. */
export function pcap(
  frames: readonly Frame[],
  form: { link?: number; big?: boolean; nanoseconds?: boolean } = {},
): Buffer {
  const { link = 1, big = false, nanoseconds = false } = form;
  const word = (value: number) => (big ? u32(value) : u32(value).reverse());
  const short = (value: number) => (big ? u16(value) : u16(value).reverse());
  return Buffer.concat([
    word(nanoseconds ? 0xa1b23c4d : 0xa1b2c3d4),
    short(2),
    short(4),
    word(0),
    word(0),
    word(262_144),
    word(link),
    ...frames.flatMap(({ atUs, bytes, wire }) => [
      word(Math.floor(atUs / 1e6)),
      word((atUs % 1e6) * (nanoseconds ? 1000 : 1)),
      word(bytes.length),
      word(wire ?? bytes.length),
      bytes,
    ]),
  ]);
}

/** One block of the newer form. */
export function block(type: number, body: Uint8Array, big = false): Buffer {
  const word = (value: number) => (big ? u32(value) : u32(value).reverse());
  const padded = Buffer.concat([body, Buffer.alloc((4 - (body.length & 3)) & 3)]);
  return Buffer.concat([word(type), word(padded.length + 12), padded, word(padded.length + 12)]);
}

export const option = (code: number, value: Uint8Array, big = false): Buffer => {
  const short = (number: number) => (big ? u16(number) : u16(number).reverse());
  return Buffer.concat([short(code), short(value.length), value, Buffer.alloc((4 - (value.length & 3)) & 3)]);
};

/** A section, an interface and its packets in the newer form. */
export function pcapng(
  frames: readonly (Frame & { readonly options?: Uint8Array })[],
  form: { link?: number; big?: boolean; resolution?: number; interfaceOptions?: Uint8Array } = {},
): Buffer {
  const { link = 101, big = false, resolution, interfaceOptions = u8() } = form;
  const word = (value: number) => (big ? u32(value) : u32(value).reverse());
  const short = (value: number) => (big ? u16(value) : u16(value).reverse());
  const ticks = resolution === undefined ? 1n : 10n ** BigInt(resolution) / 1_000_000n;
  const options =
    resolution === undefined ? interfaceOptions : Buffer.concat([option(9, u8(resolution), big), interfaceOptions]);
  return Buffer.concat([
    block(0x0a0d0d0a, Buffer.concat([word(0x1a2b3c4d), short(1), short(0), Buffer.alloc(8, 255)]), big),
    block(1, Buffer.concat([short(link), short(0), word(0), options]), big),
    ...frames.map(({ atUs, bytes, wire, options: own = u8() }) => {
      const at = BigInt(atUs) * ticks;
      const padding = Buffer.alloc((4 - (bytes.length & 3)) & 3);
      const head = [
        word(0),
        word(Number(at >> 32n)),
        word(Number(at & 0xffffffffn)),
        word(bytes.length),
        word(wire ?? bytes.length),
      ];
      return block(6, Buffer.concat([...head, bytes, padding, own]), big);
    }),
  ]);
}

export interface HelloSaid {
  readonly name?: string | null;
  readonly alpn?: readonly string[];
  readonly ciphers?: readonly number[];
  readonly extensions?: readonly number[];
  readonly signatures?: readonly number[];
  readonly versions?: readonly number[];
}

/** A ClientHello with its head of four bytes, for a record or for QUIC. */
export function clientHello(said: HelloSaid): Buffer {
  const {
    name = null,
    alpn = [],
    ciphers = [0x1301, 0x1302],
    extensions = [],
    signatures = [0x0403],
    versions = [0x0304],
  } = said;
  const extension = (type: number, body: Uint8Array) => Buffer.concat([u16(type), sized(body)]);
  const own: Buffer[] = [];
  if (name !== null) own.push(extension(0, sized(u8(0), sized(Buffer.from(name)))));
  if (alpn.length > 0)
    own.push(extension(16, sized(...alpn.map((one) => Buffer.concat([u8(one.length), Buffer.from(one)])))));
  if (signatures.length > 0) own.push(extension(13, sized(...signatures.map(u16))));
  if (versions.length > 0) own.push(extension(43, Buffer.concat([u8(versions.length * 2), ...versions.map(u16)])));
  for (const type of extensions) own.push(extension(type, u8()));
  const body = Buffer.concat([
    u16(0x0303),
    Buffer.alloc(32, 7),
    u8(0),
    sized(...ciphers.map(u16)),
    u8(1, 0),
    sized(...own),
  ]);
  return Buffer.concat([u8(1, 0), u16(body.length), body]);
}

/** A handshake in records of at most `most` bytes. */
export function records(handshake: Uint8Array, most = 16_384): Buffer {
  const pieces: Buffer[] = [];
  for (let at = 0; at < handshake.length; at += most) {
    pieces.push(Buffer.concat([u8(22, 3, 1), sized(handshake.subarray(at, at + most))]));
  }
  return Buffer.concat(pieces);
}

/** A name of a DNS message. */
const labels = (name: string) =>
  Buffer.concat([...name.split('.').flatMap((label) => [u8(label.length), Buffer.from(label)]), u8(0)]);

/** A question, or its answer with addresses behind a chain of other names. */
export function dns(
  name: string,
  type: number,
  answer: { aliases?: readonly string[]; addresses: readonly string[] } | null = null,
): Buffer {
  const { aliases = [], addresses = [] } = answer ?? {};
  const head = [u16(77), u16(answer ? 0x8180 : 0x0100), u16(1), u16(aliases.length + addresses.length), u16(0), u16(0)];
  const rows: Buffer[] = [];
  let owner = name;
  for (const alias of aliases) {
    rows.push(labels(owner), u16(5), u16(1), u32(60), sized(labels(alias)));
    owner = alias;
  }
  for (const address of addresses) {
    const bytes = addressBytes(address);
    rows.push(labels(owner), u16(bytes.length === 4 ? 1 : 28), u16(1), u32(60), sized(bytes));
  }
  return Buffer.concat([...head, labels(name), u16(type), u16(1), ...rows]);
}

/** An initial packet of QUIC with pieces of a handshake in it, encrypted as a client would. */
export function quicInitial(
  version: number,
  connectionId: Uint8Array,
  number: number,
  pieces: readonly { at: number; bytes: Uint8Array }[],
): Buffer {
  const keys = clientKeys(version, connectionId)!;
  const long = (value: number) => u16(0x4000 | value);
  const frames = Buffer.concat(pieces.flatMap(({ at, bytes }) => [u8(6), long(at), long(bytes.length), bytes]));
  const body = Buffer.concat([frames, Buffer.alloc(Math.max(0, 1100 - frames.length))]);
  const first = 0xc1 | (keys.version.initial << 4);
  const head = Buffer.concat([
    u8(first),
    u32(version),
    u8(connectionId.length),
    connectionId,
    u8(0),
    u8(0),
    long(body.length + 16 + 2),
    u16(number),
  ]);
  const nonce = Buffer.from(keys.iv);
  nonce[10]! ^= number >> 8;
  nonce[11]! ^= number & 255;
  const cipher = createCipheriv('aes-128-gcm', keys.key, nonce);
  cipher.setAAD(head);
  const sealed = Buffer.concat([cipher.update(body), cipher.final(), cipher.getAuthTag()]);
  const packet = Buffer.concat([head, sealed]);
  const numberAt = head.length - 2;
  const mask = createCipheriv('aes-128-ecb', keys.hp, null)
    .setAutoPadding(false)
    .update(packet.subarray(numberAt + 4, numberAt + 20));
  packet[0]! ^= mask[0]! & 0x0f;
  packet[numberAt]! ^= mask[1]!;
  packet[numberAt + 1]! ^= mask[2]!;
  return packet;
}
