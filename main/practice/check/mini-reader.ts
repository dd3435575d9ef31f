/**
 * A second, separate way to read what the practice phone says: regular expressions and nothing of the renderers.
 * It exists so that a mistake in a renderer is seen; it is not a parser for real phones.
 */
export interface MiniRow {
  readonly table: 'dev' | 'xt' | 'uid' | 'uid_tag';
  readonly history: string;
  readonly ident: string;
  readonly uid: number;
  readonly set: string;
  readonly tag: number;
  readonly startS: number;
  readonly lastsS: number;
  readonly received: number;
  readonly receivedPackets: number;
  readonly sent: number;
  readonly sentPackets: number;
}

const tables: Readonly<Record<string, MiniRow['table']>> = {
  'Dev stats:': 'dev',
  'Xt stats:': 'xt',
  'UID stats:': 'uid',
  'UID tag stats:': 'uid_tag',
};

/** Buckets of a netstats dump in any of its forms. Throws where a line between headers has no known form. */
export function readDump(text: string): MiniRow[] {
  const rows: MiniRow[] = [];
  let table: MiniRow['table'] | null = null;
  let history = '';
  let key: { ident: string; uid: number; set: string; tag: number } | null = null;
  let lastsS = 0;
  for (const line of text.split('\n')) {
    if (line in tables) {
      table = tables[line]!;
      key = null;
      continue;
    }
    if (/^\S/.test(line)) table = null;
    if (table === null || line === '') continue;
    let m = /^ {2}ident=(\[.*\]) uid=(-?\d+) set=(\w+) tag=0x([0-9a-f]+)$/.exec(line);
    if (m) {
      key = { ident: m[1]!, uid: Number(m[2]), set: m[3]!, tag: Number.parseInt(m[4]!, 16) };
      continue;
    }
    m = /^ {4}NetworkStatsHistory: bucketDuration=(\d+)$/.exec(line);
    if (m) {
      lastsS = Number(m[1]) >= 1_000_000 ? Number(m[1]) / 1000 : Number(m[1]);
      continue;
    }
    m = /^ {2}(Complete history|History since boot):$/.exec(line);
    if (m) {
      history = m[1]!;
      continue;
    }
    if (/^ {2}Pending bytes: \d*$/.test(line)) continue;
    m =
      /^ {6}st=(\d+) rb=(\d+) rp=(\d+) tb=(\d+) tp=(\d+) op=\d+$/.exec(line) ??
      /^ {6}bucketStart=(\d+)000 activeTime=\d+ rxBytes=(\d+) rxPackets=(\d+) txBytes=(\d+) txPackets=(\d+) operations=\d+$/.exec(
        line,
      );
    if (!m || key === null) throw new Error(`no known form: ${line}`);
    const [startS, received, receivedPackets, sent, sentPackets] = m.slice(1).map(Number) as [
      number,
      number,
      number,
      number,
      number,
    ];
    rows.push({ table, history, ...key, startS, lastsS, received, receivedPackets, sent, sentPackets });
  }
  return rows;
}

/** Whether an identity set is the tunnel of a VPN. */
export function isTunnel(ident: string): boolean {
  return /type=(VPN|17)\b/.test(ident);
}

export interface MiniSum {
  sent: number;
  received: number;
  sentPackets: number;
  receivedPackets: number;
}

export function sumOf(rows: readonly MiniSum[]): MiniSum {
  const sum = { sent: 0, received: 0, sentPackets: 0, receivedPackets: 0 };
  for (const row of rows) {
    sum.sent += row.sent;
    sum.received += row.received;
    sum.sentPackets += row.sentPackets;
    sum.receivedPackets += row.receivedPackets;
  }
  return sum;
}

/** Rows of the UID table that are traffic of the phone. */
export function countedRows(rows: readonly MiniRow[]): MiniRow[] {
  return rows.filter(
    (row) => row.table === 'uid' && row.tag === 0 && /^(DEFAULT|FOREGROUND)$/.test(row.set) && !isTunnel(row.ident),
  );
}

/** One series of a binary file, with the sums of its buckets. */
export interface MiniSeries extends MiniSum {
  readonly uid: number;
  readonly set: number;
  readonly tag: number;
  readonly types: readonly number[];
  readonly identityVersion: number;
  readonly starts: readonly number[];
}

/** Reads a netstats file of version 16 by its description alone. Throws when bytes are left or missing. */
export function readFileBytes(bytes: Uint8Array): MiniSeries[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const int = (): number => {
    at += 4;
    return view.getInt32(at - 4);
  };
  const byte = (): number => bytes[at++]!;
  const text = (): string | null => {
    if (byte() === 0) return null;
    const length = view.getUint16(at);
    at += 2 + length;
    return Buffer.from(bytes.subarray(at - length, at)).toString('latin1');
  };
  const column = (): number[] =>
    Array.from({ length: int() }, () => {
      let value = 0;
      for (let scale = 1; ; scale *= 128) {
        const next = byte();
        value += (next & 127) * scale;
        if (next < 128) return value;
      }
    });
  const total = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);
  if (int() !== 0x414e4554 || int() !== 16) throw new Error('not ANET 16');
  const out: MiniSeries[] = [];
  for (let idents = int(); idents > 0; idents--) {
    const identityVersion = int();
    const types: number[] = [];
    for (let members = int(); members > 0; members--) {
      types.push(int());
      int();
      text();
      text();
      at += identityVersion >= 5 ? 3 : identityVersion >= 4 ? 2 : 1;
      if (identityVersion >= 6) at += 4;
      if (identityVersion >= 7) at += 4;
      if (identityVersion >= 8) at += 8;
    }
    for (let keys = int(); keys > 0; keys--) {
      const [uid, set, tag] = [int(), int(), int()];
      if (int() !== 3) throw new Error('not history 3');
      at += 8;
      const starts = column();
      column();
      const [received, receivedPackets, sent, sentPackets] = [
        total(column()),
        total(column()),
        total(column()),
        total(column()),
      ];
      column();
      out.push({ uid, set, tag, types, identityVersion, starts, received, receivedPackets, sent, sentPackets });
    }
  }
  if (at !== bytes.length) throw new Error(`${bytes.length - at} bytes left`);
  return out;
}
