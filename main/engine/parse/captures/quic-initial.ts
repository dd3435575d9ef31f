import { createCipheriv, createDecipheriv, hash } from 'node:crypto';
import { word } from './wire-numbers.ts';

interface Version {
  readonly salt: Buffer;
  readonly labels: 'quic' | 'quicv2';
  /** Bits of the type field that mean an initial packet. */
  readonly initial: number;
  /** Google's own versions carry their greeting in another form. */
  readonly google: boolean;
}

const salt = (text: string): Buffer => Buffer.from(text, 'hex');
const ietf = (text: string): Version => ({ salt: salt(text), labels: 'quic', initial: 0, google: false });

const one = ietf('38762cf7f55934b34d179ae6a4c80cadccbb7f0a');
const draft29 = ietf('afbfec289993d24c9e9786f19c6111e04390a899');
const draft23 = ietf('c3eef712c72ebb5a11a7d2432bb46365bef9f502');
const two: Version = {
  salt: salt('0dede3def700a6db819381be6e269dcbf9bd2ed9'),
  labels: 'quicv2',
  initial: 1,
  google: false,
};
const q050: Version = {
  salt: salt('504574efd066fe2f9d945cfcdbd3a7f0d3b56b45'),
  labels: 'quic',
  initial: 0,
  google: true,
};
const t050 = ietf('7ff579e5acd072915580304c43a2367c60488310');
const t051 = ietf('7a4edef4e7ccee5fa4506c19124fc8ccda6e033d');

/** The version with its keys, or null where it is not known. Sources: RFC 9001 §5.2, RFC 9369 §3.3, the drafts, Chromium. */
function versionOf(number: number): Version | null {
  if (number === 1) return one;
  if (number === 0x6b3343cf) return two;
  if (number === 0xff000021 || number === 0xff000022) return one;
  if (number >= 0xff00001d && number <= 0xff000020) return draft29;
  if (number >= 0xff000017 && number <= 0xff00001c) return draft23;
  if (number === 0x51303530) return q050;
  if (number === 0x54303530) return t050;
  if (number === 0x54303531) return t051;
  // Facebook's mvfst follows draft 27, two of its numbers version 1.
  if (number === 0xfaceb002 || number === 0xfaceb00e) return draft23;
  if (number === 0xfaceb003 || number === 0xfaceb004) return one;
  // Versions that clients make up to see whether servers are tolerant: the keys of a draft.
  if ((number & 0x0f0f0f0f) >>> 0 === 0x0a0a0a0a) return draft29;
  return null;
}

export interface QuicKeys {
  readonly version: Version;
  readonly key: Buffer;
  readonly iv: Buffer;
  readonly hp: Buffer;
}

const BLOCK = 64;

/** HMAC with SHA-256 (RFC 2104) for keys that are no longer than a block: two hashes cost far less than an object with a key. */
function hmac(key: Uint8Array, data: Uint8Array): Buffer {
  const inner = Buffer.alloc(BLOCK + data.length, 0x36);
  const outer = Buffer.alloc(BLOCK + 32, 0x5c);
  for (let n = 0; n < key.length; n += 1) {
    inner[n]! ^= key[n]!;
    outer[n]! ^= key[n]!;
  }
  inner.set(data, BLOCK);
  outer.set(hash('sha256', inner, 'buffer'), BLOCK);
  return hash('sha256', outer, 'buffer');
}

/** What is expanded for a label (RFC 8446 §7.1), with the number of the only block behind it (RFC 5869 §2.3). */
function labelled(label: string, length: number): Buffer {
  const full = `tls13 ${label}`;
  return Buffer.concat([Buffer.from([0, length, full.length]), Buffer.from(full), Buffer.from([0, 1])]);
}

const CLIENT = labelled('client in', 32);
const ofLabels = (name: Version['labels']) => ({
  key: labelled(`${name} key`, 16),
  iv: labelled(`${name} iv`, 12),
  hp: labelled(`${name} hp`, 16),
});
const infos = { quic: ofLabels('quic'), quicv2: ofLabels('quicv2') };

/** Keys of the client's first packets, which follow from the connection id that it chose. */
export function clientKeys(versionNumber: number, connectionId: Uint8Array): QuicKeys | null {
  const version = versionOf(versionNumber);
  if (!version) return null;
  const client = hmac(hmac(version.salt, connectionId), CLIENT);
  const { key, iv, hp } = infos[version.labels];
  return {
    version,
    key: hmac(client, key).subarray(0, 16),
    iv: hmac(client, iv).subarray(0, 12),
    hp: hmac(client, hp).subarray(0, 16),
  };
}

/** Whether a version's packets can be opened. */
export const isKnownVersion = (number: number): boolean => versionOf(number) !== null;

/** Whether a head is that of an initial packet, of a version that can be opened. */
export const isInitial = (head: LongHead): boolean => ((head.first >> 4) & 3) === versionOf(head.version)?.initial;

/** The head of a packet in the long form, as far as it can be read without a key. Null where it is none. */
export interface LongHead {
  readonly version: number;
  readonly first: number;
  readonly connectionId: Uint8Array;
  /** Behind the source's connection id. */
  readonly at: number;
}

/** Reads the head of a long packet (RFC 8999). */
export function longHead(bytes: Uint8Array, at: number, end: number): LongHead | null {
  if (end - at < 20 || (bytes[at]! & 0xc0) !== 0xc0) return null;
  const idLength = bytes[at + 5]!;
  if (idLength > 20 || at + 7 + idLength > end) return null;
  const sourceLength = bytes[at + 6 + idLength]!;
  if (sourceLength > 20 || at + 7 + idLength + sourceLength > end) return null;
  return {
    version: word(bytes, at + 1),
    first: bytes[at]!,
    connectionId: bytes.subarray(at + 6, at + 6 + idLength),
    at: at + 7 + idLength + sourceLength,
  };
}

let numberEnd = 0;

/** A number of variable length (RFC 9000 §16); NaN where it is cut. */
function variable(bytes: Uint8Array, at: number, end: number): number {
  if (at >= end) return Number.NaN;
  const length = 1 << (bytes[at]! >> 6);
  if (at + length > end) return Number.NaN;
  let value = bytes[at]! & 0x3f;
  for (let n = 1; n < length; n += 1) value = value * 256 + bytes[at + n]!;
  numberEnd = at + length;
  return value;
}

/**
 * Where the next packet of a datagram begins behind one that is no initial packet (0-RTT, handshake), or −1: a retry and a list of
 * versions have no length and nothing behind them (RFC 9000 §12.2, §17.2).
 */
export function behindOther(head: LongHead, bytes: Uint8Array, end: number): number {
  const version = versionOf(head.version);
  if (!version) return -1;
  const type = ((head.first >> 4) - version.initial) & 3;
  if (type !== 1 && type !== 2) return -1;
  const length = variable(bytes, head.at, end);
  return Number.isNaN(length) || length < 4 || numberEnd + length >= end ? -1 : numberEnd + length;
}

export interface Opened {
  /** Decrypted frames. */
  readonly frames: Uint8Array;
  /** Behind this packet in the datagram: another may follow. */
  readonly next: number;
}

/**
 * Decrypts one initial packet of the client (RFC 9001 §5). Null where it is another kind of packet, is damaged, or its
 * proof of integrity does not hold: then it is not what it seems.
 */
export function openInitial(
  head: LongHead,
  keys: QuicKeys,
  bytes: Uint8Array,
  start: number,
  end: number,
): Opened | null {
  if (((head.first >> 4) & 3) !== keys.version.initial) return null;
  const tokenLength = variable(bytes, head.at, end);
  if (Number.isNaN(tokenLength) || numberEnd + tokenLength > end) return null;
  const length = variable(bytes, numberEnd + tokenLength, end);
  if (Number.isNaN(length)) return null;
  const numberAt = numberEnd;
  const packetEnd = numberAt + length;
  if (packetEnd > end || length < 20) return null;
  const mask = createCipheriv('aes-128-ecb', keys.hp, null)
    .setAutoPadding(false)
    .update(bytes.subarray(numberAt + 4, numberAt + 20));
  const first = head.first ^ (mask[0]! & 0x0f);
  const numberLength = (first & 3) + 1;
  const aad = Buffer.from(bytes.subarray(start, numberAt + numberLength));
  aad[0] = first;
  const nonce = Buffer.from(keys.iv);
  for (let n = 0; n < numberLength; n += 1) {
    const byte = bytes[numberAt + n]! ^ mask[1 + n]!;
    aad[numberAt - start + n] = byte;
    nonce[12 - numberLength + n]! ^= byte;
  }
  const from = numberAt + numberLength;
  if (packetEnd - from < 17) return null;
  const decipher = createDecipheriv('aes-128-gcm', keys.key, nonce);
  decipher.setAAD(aad);
  decipher.setAuthTag(bytes.subarray(packetEnd - 16, packetEnd));
  const frames = decipher.update(bytes.subarray(from, packetEnd - 16));
  try {
    decipher.final();
  } catch {
    return null;
  }
  return { frames, next: packetEnd };
}

/** Hands over the pieces of the handshake that stand in the frames: PADDING, PING, ACK and CRYPTO are all an initial packet holds. */
export function cryptoPieces(frames: Uint8Array, take: (at: number, piece: Uint8Array) => void): void {
  const end = frames.length;
  for (let at = 0; at < end; ) {
    const type = frames[at]!;
    if (type === 0 || type === 1) {
      at += 1;
      continue;
    }
    if (type === 2 || type === 3) {
      variable(frames, at + 1, end);
      variable(frames, numberEnd, end);
      const ranges = variable(frames, numberEnd, end);
      if (!(ranges < 1000)) return;
      let ok = variable(frames, numberEnd, end);
      for (let n = 0; n < ranges * 2 + (type === 3 ? 3 : 0); n += 1) ok += variable(frames, numberEnd, end);
      if (Number.isNaN(ok)) return;
      at = numberEnd;
      continue;
    }
    if (type !== 6) return;
    const offset = variable(frames, at + 1, end);
    const length = variable(frames, numberEnd, end);
    if (Number.isNaN(offset + length) || numberEnd + length > end) return;
    take(offset, frames.subarray(numberEnd, numberEnd + length));
    at = numberEnd + length;
  }
}
