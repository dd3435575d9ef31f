import { fitOf } from '../../../shared/text/search-words.ts';
import { parseIp, wordsOf } from '../model/ip-address.ts';
import type { ReadCase } from '../ports/case-handle.ts';
import { like } from './clauses.ts';

/** So many that fit are looked at; more are told as “at least”. */
const LOOKED_AT = 300;

/** Names that fit, the best first. */
export interface Fitting {
  readonly names: readonly string[];
  readonly more: boolean;
}

const none: Fitting = { names: [], more: false };

/** Values of an indexed column in lower case that hold all words: those that begin with the first of them come before all others. */
async function holding(read: ReadCase, table: 'host' | 'address', column: 'name' | 'ip', words: readonly string[]) {
  const [first = ''] = words;
  const all = words.map(() => `${column} LIKE ? ESCAPE '\\'`).join(' AND ');
  const ask = (more: string, params: readonly string[]) =>
    read.all<{ value: string }>(`SELECT ${column} value FROM ${table} WHERE ${all}${more} LIMIT ${LOOKED_AT + 1}`, [
      ...words.map(like),
      ...params,
    ]);
  const begin = await ask(` AND ${column} >= ? AND ${column} < ?`, [first, `${first}\u{10ffff}`]);
  const anywhere = begin.length > LOOKED_AT ? [] : await ask('', []);
  return [...new Set([...begin, ...anywhere].map(({ value }) => value))];
}

/**
 * Hosts whose name holds all of the words. Only the index of names is read: 100,000 of them take some 20 ms, so that no table of
 * its own, such as a trigram index, has to be written at every import.
 */
export async function hostsWith(read: ReadCase, words: readonly string[]): Promise<Fitting> {
  const names = await holding(read, 'host', 'name', words);
  return best(names, (name) => fitOf(name, words) * 1000 + name.length);
}

/** A network as `52.74.0.0/16` or `2001:db8::/32`; null for any other text. */
export function networkOf(text: string): { readonly of: string; readonly bits: number } | null {
  const match = /^([0-9a-f.:]+)\/(\d{1,3})$/i.exec(text);
  const ip = match ? parseIp(match[1]!) : null;
  const bits = Number(match?.[2]);
  return ip && bits <= (ip.family === 4 ? 32 : 128) ? { of: match![1]!, bits } : null;
}

/** Whether an address lies in a network. */
export function liesIn(address: string, network: { readonly of: string; readonly bits: number }): boolean {
  const one = parseIp(address);
  const other = parseIp(network.of);
  if (!one || !other || one.family !== other.family) return false;
  const words = wordsOf(other);
  return wordsOf(one).every((word, at) => {
    const bits = Math.min(32, Math.max(0, network.bits - at * 32));
    return bits === 0 || (word ^ (words[at] ?? 0)) >>> (32 - bits) === 0;
  });
}

/** How every address of a network begins as a text: its whole numbers; of IPv6, whose others may be shortened, the first. */
function beginningOf({ of, bits }: { readonly of: string; readonly bits: number }): string {
  const six = of.includes(':');
  const parts = of
    .split(six ? ':' : '.')
    .slice(0, six ? Math.min(1, Math.floor(bits / 16)) : Math.min(3, Math.floor(bits / 8)));
  return parts.length === 0 || parts[0] === '' ? '' : `${parts.join(six ? ':' : '.')}${six ? ':' : '.'}`;
}

/** Addresses that hold what was typed, that begin with it, or that lie in the network that it names. */
export async function addressesWith(read: ReadCase, words: readonly string[]): Promise<Fitting> {
  const [word = ''] = words;
  // Letters beyond those of an address are a name.
  if (words.length !== 1 || !/^[0-9a-f.:/[\]]+$/i.test(word)) return none;
  const network = networkOf(word);
  if (network) {
    const begin = beginningOf(network);
    const rows = await read.all<{ ip: string }>('SELECT ip FROM address WHERE ip >= ? AND ip < ?', [
      begin,
      `${begin}\u{10ffff}`,
    ]);
    const inside = rows.map(({ ip }) => ip).filter((ip) => liesIn(ip, network));
    return best(inside, () => 0);
  }
  const bare = word.replace(/[[\]]/g, '');
  if (bare === '' || bare.includes('/')) return none;
  const ips = await holding(read, 'address', 'ip', [bare]);
  return best(ips, (ip) => fitOf(ip, [bare]) * 1000 + ip.length);
}

function best(names: readonly string[], rank: (name: string) => number): Fitting {
  const ranked = names.slice(0, LOOKED_AT).map((name) => ({ name, rank: rank(name) }));
  ranked.sort((a, b) => a.rank - b.rank || inOrder.compare(a.name, b.name));
  return { names: ranked.map(({ name }) => name), more: names.length > LOOKED_AT };
}

const inOrder = new Intl.Collator('en', { numeric: true });
