import { hash, X509Certificate } from 'node:crypto';
import { half } from './wire-numbers.ts';

const three = (bytes: Uint8Array, at: number): number => (bytes[at]! << 16) | half(bytes, at + 1);

const HANDSHAKE = 22;
const SERVER_HELLO = 2;
const CERTIFICATE = 11;
const SUPPORTED_VERSIONS = 43;
const MOST_NAMES = 8;

/** Whether these bytes begin a server's side of TLS. */
export function beginsServerTls(bytes: Uint8Array, at: number, end: number): boolean {
  return (
    end - at >= 6 &&
    bytes[at] === HANDSHAKE &&
    bytes[at + 1] === 3 &&
    bytes[at + 2]! <= 4 &&
    bytes[at + 5] === SERVER_HELLO
  );
}

/** Whether these bytes begin a record of TLS that is encrypted already: the connection began before the capture did. */
export function beginsSealedTls(bytes: Uint8Array, at: number, end: number): boolean {
  if (end - at < 5 || bytes[at] !== 23 || bytes[at + 1] !== 3 || bytes[at + 2]! > 4) return false;
  const length = half(bytes, at + 3);
  return length >= 16 && length <= 18_432;
}

/**
 * Names in the first certificate of a server (TLS up to 1.2, RFC 5246 §7.4.2; RFC 5280): those it stands for, else its common
 * name. `more`: it goes on behind what is there; `none`: no certificate is sent in the clear.
 */
export function certificateNames(stream: Uint8Array): readonly string[] | 'more' | 'none' {
  const said: Uint8Array[] = [];
  let cut = false;
  for (let at = 0; ; ) {
    if (at + 5 > stream.length) {
      cut = true;
      break;
    }
    if (stream[at] !== HANDSHAKE || stream[at + 1] !== 3) break;
    const end = at + 5 + half(stream, at + 3);
    said.push(stream.subarray(at + 5, Math.min(end, stream.length)));
    if (end > stream.length) {
      cut = true;
      break;
    }
    at = end;
  }
  const handshake = said.length === 1 ? said[0]! : Buffer.concat(said);
  for (let at = 0; ; ) {
    if (at + 4 > handshake.length) return cut ? 'more' : 'none';
    const type = handshake[at]!;
    const end = at + 4 + three(handshake, at + 1);
    if (type !== SERVER_HELLO && type !== CERTIFICATE) return 'none';
    if (end > handshake.length) return cut ? 'more' : 'none';
    if (type === CERTIFICATE) return namesOf(handshake, at + 4, end);
    if (hidesCertificate(handshake, at + 4, end)) return 'none';
    at = end;
  }
}

/** From TLS 1.3 on the certificate is encrypted. */
function hidesCertificate(bytes: Uint8Array, from: number, end: number): boolean {
  let at = from + 34;
  if (at >= end) return false;
  at += 1 + bytes[at]! + 3;
  if (at + 2 > end) return false;
  const last = Math.min(end, at + 2 + half(bytes, at));
  for (at += 2; at + 4 <= last; at += 4 + half(bytes, at + 2)) {
    if (half(bytes, at) === SUPPORTED_VERSIONS) return true;
  }
  return false;
}

function namesOf(bytes: Uint8Array, from: number, end: number): readonly string[] | 'none' {
  if (from + 6 > end) return 'none';
  const length = three(bytes, from + 3);
  if (from + 6 + length > end) return 'none';
  const bare = bytes.subarray(from + 6, from + 6 + length);
  const key = hash('sha256', bare, 'base64');
  let names = knownNames.get(key);
  if (!names) {
    names = readNames(bare);
    if (knownNames.size >= MOST_KNOWN) knownNames.clear();
    knownNames.set(key, names);
  }
  return names;
}

const MOST_KNOWN = 1_000;
/** Servers are met again and again, and reading a certificate is dear. */
const knownNames = new Map<string, readonly string[] | 'none'>();

function readNames(bytes: Uint8Array): readonly string[] | 'none' {
  try {
    const certificate = new X509Certificate(bytes);
    const names = (certificate.subjectAltName ?? '')
      .split(', ')
      .filter((one) => one.startsWith('DNS:'))
      .map((one) => one.slice(4).toLowerCase());
    const common = /(?:^|\n)CN=([^\n]+)/.exec(certificate.subject)?.[1]?.toLowerCase();
    if (names.length === 0 && common) names.push(common);
    const printable = names.filter((one) => /^[\x21-\x7e]{1,255}$/.test(one));
    return printable.length === 0 ? 'none' : printable.slice(0, MOST_NAMES);
  } catch {
    return 'none';
  }
}
