import { parseIp } from '../../model/ip-address.ts';

interface Prefix<T> {
  readonly first: bigint;
  readonly last: bigint;
  readonly value: T;
}

/** `13.126.0.0/15` as first and last address. Null where it is no prefix. */
function boundsOf(prefix: string): { family: 4 | 6; first: bigint; last: bigint } | null {
  const [address, bits] = prefix.split('/');
  const ip = parseIp(address ?? '');
  const length = Number(bits);
  const width = ip?.family === 4 ? 32 : 128;
  if (!ip || bits === undefined || !/^\d{1,3}$/.test(bits) || length > width) return null;
  const value = numberOf(ip);
  const host = (1n << BigInt(width - length)) - 1n;
  return { family: ip.family, first: value & ~host, last: value | host };
}

function numberOf(ip: NonNullable<ReturnType<typeof parseIp>>): bigint {
  if (ip.family === 4) return BigInt(ip.value);
  return ip.words.reduce((sum, word) => (sum << 32n) | BigInt(word), 0n);
}

/** Prefixes with a value each; the narrowest that holds an address answers. For some ten thousand prefixes. */
export class RangeTable<T> {
  /** Cut so that no two overlap, in their order. IPv4 in numbers, since most of what is asked is that. */
  readonly #rows4: readonly { readonly first: number; readonly last: number; readonly value: T }[];
  readonly #rows6: readonly Prefix<T>[];

  /** Leaves out what is no prefix. */
  constructor(prefixes: Iterable<readonly [prefix: string, value: T]>) {
    const all = { 4: [] as Prefix<T>[], 6: [] as Prefix<T>[] };
    for (const [text, value] of prefixes) {
      const bounds = boundsOf(text);
      if (bounds) all[bounds.family].push({ first: bounds.first, last: bounds.last, value });
    }
    this.#rows4 = flattened(all[4]).map(({ first, last, value }) => ({
      first: Number(first),
      last: Number(last),
      value,
    }));
    this.#rows6 = flattened(all[6]);
  }

  get size(): number {
    return this.#rows4.length + this.#rows6.length;
  }

  of(ip: string): T | null {
    const parsed = parseIp(ip);
    if (!parsed) return null;
    return parsed.family === 4 ? within(this.#rows4, parsed.value) : within(this.#rows6, numberOf(parsed));
  }
}

function within<N extends number | bigint, T>(
  rows: readonly { readonly first: N; readonly last: N; readonly value: T }[],
  asked: N,
): T | null {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const row = rows[middle];
    if (row && row.first <= asked) low = middle + 1;
    else high = middle;
  }
  const row = rows[low - 1];
  return row && asked <= row.last ? row.value : null;
}

/** Prefixes lie apart or within each other; each inner one cuts a hole into the outer. */
function flattened<T>(prefixes: readonly Prefix<T>[]): Prefix<T>[] {
  const sorted = [...prefixes].sort((a, b) =>
    a.first === b.first ? (a.last > b.last ? -1 : a.last < b.last ? 1 : 0) : a.first < b.first ? -1 : 1,
  );
  const rows: Prefix<T>[] = [];
  const open: Prefix<T>[] = [];
  let from = 0n;
  const close = (last: bigint, value: T) => {
    const before = rows.at(-1);
    if (from > last) return;
    if (before && before.value === value && before.last + 1n === from) rows[rows.length - 1] = { ...before, last };
    else rows.push({ first: from, last, value });
  };
  const closeUntil = (first: bigint | null) => {
    for (let top = open.at(-1); top && (first === null || top.last < first); top = open.at(-1)) {
      close(top.last, top.value);
      if (from <= top.last) from = top.last + 1n;
      open.pop();
    }
  };
  for (const one of sorted) {
    closeUntil(one.first);
    const outer = open.at(-1);
    if (outer) close(one.first - 1n, outer.value);
    from = one.first;
    open.push(one);
  }
  closeUntil(null);
  return rows;
}
