import { half } from './wire-numbers.ts';

/** Where the IP packet begins in a frame, or why there is none. Negative numbers are reasons. */
export const NOT_IP = -1;
export const CUT = -2;
export const UNKNOWN_LINK = -3;
export const ENCRYPTED = -4;

const isIp = (type: number): boolean => type === 0x0800 || type === 0x86dd;
const isTag = (type: number): boolean => type === 0x8100 || type === 0x88a8 || type === 0x9100;

/** Goes over VLAN tags (802.1Q, 802.1ad) and PPPoE to the IP packet. `at` is the place of the type. */
function behindType(bytes: Uint8Array, at: number, end: number): number {
  let place = at;
  for (let tags = 0; tags < 4; tags += 1) {
    if (place + 2 > end) return CUT;
    const type = half(bytes, place);
    if (isIp(type)) return place + 2;
    if (isTag(type)) {
      place += 4;
      continue;
    }
    // PPPoE session: six bytes of its own, then the protocol of PPP.
    if (type === 0x8864) return ppp(bytes, place + 8, end);
    return NOT_IP;
  }
  return NOT_IP;
}

function ppp(bytes: Uint8Array, at: number, end: number): number {
  let place = at;
  if (place + 1 < end && bytes[place] === 0xff && bytes[place + 1] === 0x03) place += 2;
  if (place >= end) return CUT;
  const short = (bytes[place]! & 1) === 1;
  if (!short && place + 2 > end) return CUT;
  const protocol = short ? bytes[place]! : half(bytes, place);
  if (protocol !== 0x21 && protocol !== 0x57) return NOT_IP;
  return place + (short ? 1 : 2);
}

function ethernet(bytes: Uint8Array, start: number, end: number): number {
  if (start + 14 > end) return CUT;
  return behindType(bytes, start + 12, end);
}

/** 802.11 data in the clear, with LLC and SNAP. Source: IEEE 802.11, frame control in the first two bytes. */
function wireless(bytes: Uint8Array, start: number, end: number): number {
  if (start + 24 > end) return CUT;
  const control = bytes[start]!;
  const flags = bytes[start + 1]!;
  if ((control & 0x0c) !== 0x08) return NOT_IP;
  if ((flags & 0x40) !== 0) return ENCRYPTED;
  const subtype = control >> 4;
  if ((subtype & 0x4) !== 0) return NOT_IP;
  let place = start + 24;
  if ((flags & 0x03) === 0x03) place += 6;
  if ((subtype & 0x8) !== 0) place += 2 + ((flags & 0x80) !== 0 ? 4 : 0);
  if (place + 8 > end) return CUT;
  if (bytes[place] !== 0xaa || bytes[place + 1] !== 0xaa) return NOT_IP;
  return behindType(bytes, place + 6, end);
}

/** The IP packet in a frame of 802.11 behind a radiotap header. Source: radiotap.org, length in the third and fourth byte. */
function radiotap(bytes: Uint8Array, start: number, end: number): number {
  if (start + 4 > end) return CUT;
  const length = bytes[start + 2]! | (bytes[start + 3]! << 8);
  return length < 8 ? NOT_IP : wireless(bytes, start + length, end);
}

/** Cooked, version 2: the type comes first, and what a VLAN tag goes on with behind the header. */
function cooked(bytes: Uint8Array, start: number, end: number): number {
  if (start + 20 > end) return CUT;
  const type = half(bytes, start);
  if (isIp(type)) return start + 20;
  return isTag(type) ? behindType(bytes, start + 22, end) : NOT_IP;
}

/** Null and loop: four bytes of address family, of a byte order that nobody says. */
function loopback(bytes: Uint8Array, start: number, end: number): number {
  if (start + 5 > end) return CUT;
  const version = bytes[start + 4]! >> 4;
  return version === 4 || version === 6 ? start + 4 : NOT_IP;
}

function bare(bytes: Uint8Array, start: number, end: number): number {
  if (start >= end) return CUT;
  const version = bytes[start]! >> 4;
  return version === 4 || version === 6 ? start : NOT_IP;
}

/**
 * Where in `bytes` the IP packet of a frame begins, by the link type of its interface (tcpdump.org, LINKTYPE_), or one of
 * the negative reasons. `end` is the first byte behind the frame.
 */
export function ipPlace(link: number, bytes: Uint8Array, start: number, end: number): number {
  switch (link) {
    case 1:
      return ethernet(bytes, start, end);
    case 12:
    case 14:
    case 101:
    case 228:
    case 229:
      return bare(bytes, start, end);
    case 0:
    case 108:
      return loopback(bytes, start, end);
    case 113:
      return start + 16 > end ? CUT : behindType(bytes, start + 14, end);
    case 276:
      return cooked(bytes, start, end);
    case 9:
    case 50:
      return ppp(bytes, start, end);
    case 51:
      return start + 8 > end ? CUT : ppp(bytes, start + 6, end);
    case 105:
      return wireless(bytes, start, end);
    case 127:
      return radiotap(bytes, start, end);
    default:
      return UNKNOWN_LINK;
  }
}
