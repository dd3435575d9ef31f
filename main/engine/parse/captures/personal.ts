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

interface Form {
  readonly kind: PersonalKind;
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
    hints: ['imei', 'device', 'did', 'meid'],
    pattern: pair('imei[0-9]?|device_?id|did|meid', '\\d{15}(?!\\d)'),
    holds: hasCheckDigit,
  },
  // Without a name only where the first digits are those under which phones are registered.
  {
    kind: 'IMEI',
    hints: ['35', '86', '99', '01'],
    pattern: /(?<![\w.-])()((?:35|86|99|01)\d{13})(?![\w.-])/g,
    holds: hasCheckDigit,
  },
  {
    kind: 'e-mail address',
    hints: ['@', '%40'],
    pattern:
      /(?:(?<![a-z0-9._+%-])|(?<=%[0-9a-f]{2}))()((?:[a-z0-9._+-]|%2b){1,64}(?:@|%40)[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,4}\.[a-z]{2,24})(?![a-z0-9])/gi,
    holds: (value) => !fileEnding.test(value),
  },
  {
    kind: 'phone number',
    hints: ['phone', 'mobile', 'msisdn', 'tel'],
    pattern: pair('phone(?:_?num(?:ber)?)?|mobile|msisdn|tel', '(?:\\+|%2b)?\\d{8,15}(?!\\d)'),
  },
  {
    kind: 'location',
    hints: ['lat', 'lon', 'lng'],
    pattern: pair('lat(?:itude)?|lon(?:gitude)?|lng', '-?\\d{1,3}\\.\\d{3,}'),
  },
  {
    kind: 'location',
    hints: ['ll', 'lat', 'loc', 'geo', 'coord', 'pos', 'gps'],
    pattern: pair(
      'll|lat_?l(?:on|ng)|loc(?:ation)?|geo|coord(?:inate)?s?|pos(?:ition)?|gps',
      '-?\\d{1,3}\\.\\d{3,}(?:,|%2c)\\s*-?\\d{1,3}\\.\\d{3,}',
    ),
  },
  {
    kind: 'advertising id',
    hints: ['ad', 'gaid', 'idfa', 'ifa', 'aaid', 'oaid', 'rdid'],
    pattern: pair('adid|ad_?id|gaid|google_ad(?:vertising)?_?id|idfa|ifa|aaid|oaid|advertising_?id|rdid', uuid),
  },
  { kind: 'Android id', hints: ['aid', 'android'], pattern: pair('android_?id|aid', '[0-9a-f]{16}(?![0-9a-f])') },
  {
    kind: 'MAC address',
    hints: ['mac', 'bssid'],
    pattern: pair('mac(?:_?addr(?:ess)?)?|bssid', '(?:[0-9a-f]{2}(?::|%3a)){5}[0-9a-f]{2}'),
  },
];

/** A copy: a piece of a string keeps the whole of it in memory. */
const own = (piece: string): string => Buffer.from(piece, 'latin1').toString('latin1');

/**
 * Finds what may identify somebody in text in the clear. A find says that the text has this form, not that it is one: ten
 * digits behind `tel=` may be anything.
 */
export function findPersonal(text: string): Personal[] {
  const found = new Map<string, Personal>();
  const lower = text.toLowerCase();
  for (const { kind, hints, pattern, holds } of forms) {
    if (!hints.some((hint) => lower.includes(hint))) continue;
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
