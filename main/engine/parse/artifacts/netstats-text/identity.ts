/**
 * The identity set of a netstats key line: a Java set printed as `[{…}, {…}]` (Android 5.1 and later) or `[[…], […]]`.
 * A Wi-Fi name may hold any character, the separators among them, so the end of a quoted name is found by trying:
 * the first quote after which all the rest of the set reads in good order.
 */
import type { NetworkIdentity } from '../../../model/record.ts';
import { networkNameOf, networkTypeOf, oemManagedOf } from '../../netstats/network-words.ts';

/** Keys that this program knows, with the values that they take. */
const known: Readonly<Record<string, RegExp>> = {
  type: /^[\w-]{1,40}$/,
  subType: /^[\w-]{1,40}$/,
  ratType: /^[\w-]{1,40}$/,
  subscriberId: /^[^,{}[\]"]{0,80}$/,
  networkId: /^/,
  wifiNetworkKey: /^/,
  metered: /^(?:true|false)$/,
  defaultNetwork: /^(?:true|false)$/,
  oemManaged: /^(?:\d{1,10}|OEM_\w+(?:, ?OEM_\w+)*|Invalid\(-?\d{1,10}\))$/,
  subId: /^-?\d{1,10}$/,
  transports: /^\{(?:\d{1,3}(?:, ?\d{1,3})*)?\}$/,
};

/** Whether this program knows the key, whatever value it was said with. */
export const isKnownKey = (key: string): boolean => Object.hasOwn(known, key);

type Fields = Map<string, string>;
/** A Wi-Fi name has at most 32 bytes; the suffix and what stands in its place may be longer. */
const longestName = 256;
const mostIdentities = 64;

class SetReader {
  private readonly text: string;
  /** Only known keys with values that they take; else every key with the nearest end of its value. */
  private readonly strict: boolean;
  /** Tries left: hostile texts must not cost more than a look. */
  private tries = 2_000;

  constructor(text: string, strict: boolean) {
    this.text = text;
    this.strict = strict;
  }

  read(): Fields[] | null {
    const { text } = this;
    if (text === '[]') return [];
    if (text.length < 4 || text[0] !== '[' || !text.endsWith(']')) return null;
    return this.element(1, []);
  }

  private element(at: number, before: readonly Fields[]): Fields[] | null {
    const opener = this.text[at];
    if ((opener !== '{' && opener !== '[') || before.length >= mostIdentities) return null;
    return this.fields(at + 1, opener === '{' ? '}' : ']', new Map(), before);
  }

  /** Reads from one field on to the end of the whole set; null where that leads nowhere. */
  private fields(at: number, closer: string, fields: Fields, before: readonly Fields[]): Fields[] | null {
    if (this.tries <= 0) return null;
    this.tries -= 1;
    const { text } = this;
    if (text.startsWith('ROAMING', at) && !fields.has('ROAMING')) {
      return this.after(at + 7, closer, new Map(fields).set('ROAMING', 'true'), before);
    }
    const name = /^(\w{1,40})=/.exec(text.slice(at, at + 42));
    const key = name?.[1];
    if (key === undefined || fields.has(key) || (this.strict && !isKnownKey(key))) return null;
    const from = at + key.length + 1;
    const quoted = text[from] === '"' && (key === 'networkId' || key === 'wifiNetworkKey');
    for (const end of quoted ? this.quotedEnds(from) : this.plainEnds(from, key, closer)) {
      const said = text.slice(from, end);
      if (this.strict && !known[key]!.test(said)) continue;
      const rest = this.after(end, closer, new Map(fields).set(key, said), before);
      if (rest) return rest;
    }
    return null;
  }

  private after(at: number, closer: string, fields: Fields, before: readonly Fields[]): Fields[] | null {
    const { text } = this;
    if (text.startsWith(', ', at)) return this.fields(at + 2, closer, fields, before);
    if (text[at] !== closer) return null;
    const all = [...before, fields];
    if (at + 2 === text.length) return all;
    return text.startsWith(', ', at + 1) ? this.element(at + 3, all) : null;
  }

  /** Possible ends of a quoted name with its suffix, nearest first. */
  private *quotedEnds(from: number): Generator<number> {
    const limit = Math.min(this.text.length, from + longestName);
    for (let quote = this.text.indexOf('"', from + 1); quote > 0 && quote < limit; ) {
      let end = quote + 1;
      while (/[\w-]/.test(this.text[end] ?? '')) end += 1;
      yield end;
      quote = this.text.indexOf('"', quote + 1);
    }
  }

  private *plainEnds(from: number, key: string, closer: string): Generator<number> {
    const { text } = this;
    if (text[from] === '{') {
      const brace = text.indexOf('}', from);
      if (brace > 0) yield brace + 1;
      return;
    }
    const limit = Math.min(text.length, from + longestName);
    for (let i = from; i < limit; i += 1) {
      if (text[i] === closer) yield i;
      if (text[i] !== ',' || text[i + 1] !== ' ') continue;
      // `oemManaged=OEM_PAID, OEM_PRIVATE`: some builds put a blank into the value.
      if (key === 'oemManaged' && /^, OEM_\w+/.test(text.slice(i, i + 40))) continue;
      yield i;
    }
  }
}

const booleanOf = (said: string | undefined): boolean | null =>
  said === 'true' ? true : said === 'false' ? false : null;

function identityOf(fields: Fields): NetworkIdentity {
  const unknown: Record<string, string> = {};
  for (const [key, value] of fields) if (!isKnownKey(key) && key !== 'ROAMING') unknown[key] = value;
  const keep = <T>(key: string, value: T | null): T | null => {
    const said = fields.get(key);
    if (value === null && said !== undefined) unknown[key] = said;
    return value;
  };
  const whole = (key: string): number | null => {
    const said = fields.get(key);
    return keep(key, said !== undefined && /^-?\d{1,10}$/.test(said) ? Number(said) : null);
  };
  const flag = (key: string): boolean | null => keep(key, booleanOf(fields.get(key)));
  const rat = fields.get('ratType') ?? fields.get('subType') ?? null;
  const key = fields.get('wifiNetworkKey');
  const id = fields.get('networkId');
  const name = key !== undefined ? networkNameOf(key) : id !== undefined ? networkNameOf(id) : null;
  const type = fields.get('type');
  const transports = fields.get('transports');
  const list = transports === undefined ? null : /^\{(\d{1,3}(?:, ?\d{1,3})*)?\}$/.exec(transports);
  return {
    type: keep('type', type === undefined ? null : networkTypeOf(type)),
    rat: rat === 'COMBINED' ? '-1' : rat,
    subscriber: fields.get('subscriberId') ?? null,
    networkName: name?.name ?? null,
    security: name?.security ?? null,
    roaming: fields.has('ROAMING'),
    metered: flag('metered'),
    defaultNetwork: flag('defaultNetwork'),
    oemManaged: oemManagedOf(fields.get('oemManaged') ?? null),
    subId: whole('subId'),
    transports: keep('transports', list ? (list[1] ?? '').split(/, ?/).filter(Boolean).map(Number) : null),
    unknown,
  };
}

/** Reads an identity set; null where it is not in good order. */
export function readIdentities(text: string): NetworkIdentity[] | null {
  const fields = new SetReader(text, true).read() ?? new SetReader(text, false).read();
  return fields ? fields.map(identityOf) : null;
}
