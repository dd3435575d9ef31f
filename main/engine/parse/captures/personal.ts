/** What may identify a person or a device, in text that anybody on the way could read. */
export const personalKinds = [
  'IMEI',
  'phone number',
  'e-mail address',
  'location',
  'advertising id',
  'Android id',
  'MAC address',
] as const;
export type PersonalKind = (typeof personalKinds)[number];

export interface Personal {
  readonly kind: PersonalKind;
  readonly value: string;
  /** The name that stands before it, where one does. */
  readonly key: string | null;
}

const MOST = 20;

/** The check digit that every IMEI ends with. */
function hasCheckDigit(digits: string): boolean {
  let sum = 0;
  for (let n = 0; n < digits.length; n += 1) {
    let digit = digits.charCodeAt(digits.length - 1 - n) - 48;
    if (n % 2 === 1) {
      digit *= 2;
      if (digit > 9) digit -= 9;
    }
    sum += digit;
  }
  return sum % 10 === 0;
}

/** `key=value`, `"key":"value"`, `key: value`; the value may be quoted, and marks written as `%22` and the like. */
const pair = (keys: string, value: string) =>
  new RegExp(
    `(?:(?<![a-z0-9])|(?<=%[0-9a-f]{2}))(${keys})(?:["']|%22)?\\s*(?:=|:|%3[da])\\s*(?:["']|%22)?(${value})`,
    'gi',
  );

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';

/** What stands in a text, as far as one walk over its letters tells. */
const LONG_DIGITS = 1;
const FIFTEEN_DIGITS = 2;
const FRACTION = 4;
const LONG_HEX = 8;
const AT_SIGN = 16;
const PAIRS = 32;

const DIGIT = 1;
const HEX = 2;
const letters = new Uint8Array(256);
for (const letter of '0123456789') letters[letter.charCodeAt(0)] = DIGIT | HEX;
for (const letter of 'abcdefABCDEF') letters[letter.charCodeAt(0)] = HEX;

/** Which of these stand in a text. Most texts have none, and need not be searched for words. */
export function traitsOf(bytes: Uint8Array, at: number, end: number): number {
  let traits = 0;
  let digits = 0;
  let hex = 0;
  let pairs = 0;
  /** The run of digits that goes on stands behind a digit and a point. */
  let behindPoint = false;
  for (let place = at; place < end; place += 1) {
    const code = bytes[place]!;
    const letter = letters[code]!;
    if (letter === 0) {
      behindPoint = code === 46 && digits > 0;
      if (code === 64) traits |= AT_SIGN;
      else if (code === 37) {
        if (bytes[place + 1] === 52) traits |= AT_SIGN;
        if (hex > 1) pairs += 1;
      } else if (code === 58 && hex > 1) pairs += 1;
      digits = 0;
      hex = 0;
      continue;
    }
    hex += 1;
    if (hex === 12) traits |= LONG_HEX;
    if (letter === HEX) {
      digits = 0;
      behindPoint = false;
      continue;
    }
    digits += 1;
    if (digits === 3 && behindPoint) traits |= FRACTION;
    else if (digits === 8) traits |= LONG_DIGITS;
    else if (digits === 15) traits |= FIFTEEN_DIGITS;
  }
  return pairs > 4 ? traits | PAIRS : traits;
}

interface Form {
  readonly kind: PersonalKind;
  /** The trait without which nothing can match. */
  readonly needs: number;
  /** One of these stands in every text that the pattern can match: finding it is far cheaper. */
  readonly hints: readonly string[];
  readonly pattern: RegExp;
  readonly holds?: (value: string) => boolean;
}

/** Pictures for dense screens are named `logo@2x.png`. */
const fileEnding = /\.(?:png|jpe?g|gif|webp|svg|ico|css|js|json|html?|mp[34]|woff)$/i;

const forms: readonly Form[] = [
  {
    kind: 'IMEI',
    needs: FIFTEEN_DIGITS,
    hints: ['imei', 'device', 'did', 'meid'],
    pattern: pair('imei[0-9]?|device_?id|did|meid', '\\d{15}(?!\\d)'),
    holds: hasCheckDigit,
  },
  // Without a name only where the first digits are those under which phones are registered.
  {
    kind: 'IMEI',
    needs: FIFTEEN_DIGITS,
    hints: ['35', '86', '99', '01'],
    pattern: /(?<![\w.-])()((?:35|86|99|01)\d{13})(?![\w.-])/g,
    holds: hasCheckDigit,
  },
  {
    kind: 'e-mail address',
    needs: AT_SIGN,
    hints: ['@', '%40'],
    pattern:
      /(?:(?<![a-z0-9._+%-])|(?<=%[0-9a-f]{2}))()((?:[a-z0-9._+-]|%2b){1,64}(?:@|%40)[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,4}\.[a-z]{2,24})(?![a-z0-9])/gi,
    holds: (value) => !fileEnding.test(value),
  },
  {
    kind: 'phone number',
    needs: LONG_DIGITS,
    hints: ['phone', 'mobile', 'msisdn', 'tel'],
    pattern: pair('phone(?:_?num(?:ber)?)?|mobile|msisdn|tel', '(?:\\+|%2b)?\\d{8,15}(?!\\d)'),
  },
  {
    kind: 'location',
    needs: FRACTION,
    hints: ['lat', 'lon', 'lng'],
    pattern: pair('lat(?:itude)?|lon(?:gitude)?|lng', '-?\\d{1,3}\\.\\d{3,}'),
  },
  {
    kind: 'location',
    needs: FRACTION,
    hints: ['ll', 'lat', 'loc', 'geo', 'coord', 'pos', 'gps'],
    pattern: pair(
      'll|lat_?l(?:on|ng)|loc(?:ation)?|geo|coord(?:inate)?s?|pos(?:ition)?|gps',
      '-?\\d{1,3}\\.\\d{3,}(?:,|%2c)\\s*-?\\d{1,3}\\.\\d{3,}',
    ),
  },
  {
    kind: 'advertising id',
    needs: LONG_HEX,
    hints: ['ad', 'gaid', 'idfa', 'ifa', 'aaid', 'oaid', 'rdid'],
    pattern: pair('adid|ad_?id|gaid|google_ad(?:vertising)?_?id|idfa|ifa|aaid|oaid|advertising_?id|rdid', uuid),
  },
  {
    kind: 'Android id',
    needs: LONG_HEX,
    hints: ['aid', 'android'],
    pattern: pair('android_?id|aid', '[0-9a-f]{16}(?![0-9a-f])'),
  },
  {
    kind: 'MAC address',
    needs: PAIRS,
    hints: ['mac', 'bssid'],
    pattern: pair('mac(?:_?addr(?:ess)?)?|bssid', '(?:[0-9a-f]{2}(?::|%3a)){5}[0-9a-f]{2}'),
  },
];

/** A copy: a piece of a string keeps the whole of it in memory. */
const own = (piece: string): string => Buffer.from(piece, 'latin1').toString('latin1');

function hasOne(text: string, words: readonly string[]): boolean {
  for (const word of words) if (text.includes(word)) return true;
  return false;
}

const textTraits = (text: string): number => {
  const bytes = Buffer.from(text, 'latin1');
  return traitsOf(bytes, 0, bytes.length);
};

/**
 * Finds what may identify somebody in text in the clear, of whose letters `traits` are known. A find says that the text has this
 * form, not that it is one: ten digits behind `tel=` may be anything.
 */
export function findPersonal(text: string, traits = textTraits(text)): Personal[] {
  const found = new Map<string, Personal>();
  let lower: string | null = null;
  for (const { kind, needs, hints, pattern, holds } of forms) {
    if ((traits & needs) === 0) continue;
    lower ??= text.toLowerCase();
    if (!hasOne(lower, hints)) continue;
    for (const match of text.matchAll(pattern)) {
      const value = match[2]!.replace(/%40/i, '@').replace(/%3a/gi, ':').replace(/%2b/i, '+').replace(/%2c/i, ',');
      if (holds && !holds(value)) continue;
      const name = `${kind} ${value}`;
      if (!found.has(name)) found.set(name, { kind, value: own(value), key: match[1] ? own(match[1]) : null });
      if (found.size >= MOST) return [...found.values()];
    }
  }
  return [...found.values()];
}

/** Whether bytes are text that may be read: pictures and packed bodies are not searched. */
export function isReadable(bytes: Uint8Array, at: number, end: number): boolean {
  const last = Math.min(end, at + 128);
  for (let place = at; place < last; place += 1) {
    const byte = bytes[place]!;
    if (byte < 9 || (byte > 13 && byte < 32) || byte === 127 || byte > 0xf4) return false;
  }
  return true;
}
