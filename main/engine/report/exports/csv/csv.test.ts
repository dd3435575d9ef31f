import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventView } from '../../../../../shared/types/event.ts';
import { inBatches, plainEvent } from '../testing/events.ts';
import { columns } from './columns.ts';
import { cellText, csv } from './index.ts';

/** A strict reader of RFC 4180, independent of the writer: quoted cells may hold anything, `""` is a quote. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    let cell = '';
    if (text[at] === '"') {
      at += 1;
      for (;;) {
        if (at >= text.length) throw new Error('a quote is not closed');
        if (text[at] !== '"') cell += text[at++];
        else if (text[at + 1] === '"') {
          cell += '"';
          at += 2;
        } else break;
      }
      at += 1;
    } else while (at < text.length && text[at] !== ',' && text[at] !== '\r') cell += text[at++];
    row.push(cell);
    if (text[at] === ',') at += 1;
    else if (text.startsWith('\r\n', at)) {
      rows.push(row);
      row = [];
      at += 2;
    } else throw new Error(`a line ends wrongly at ${at}`);
  }
  return rows;
}

describe('cellText', () => {
  it('quotes what needs it', () => {
    expect(cellText('a,b')).toBe('"a,b"');
    expect(cellText('say "yes"')).toBe('"say ""yes"""');
    expect(cellText('two\nlines')).toBe('"two\nlines"');
    expect(cellText('微信 चैट')).toBe('微信 चैट');
  });
  it('keeps not known, empty and zero apart', () => {
    expect([cellText(null), cellText(''), cellText(0), cellText(false)]).toEqual(['', '""', '0', 'false']);
  });
  it('disarms formulas in texts, not numbers', () => {
    expect(cellText('=1+1')).toBe("'=1+1");
    expect(cellText('@SUM(A1)')).toBe("'@SUM(A1)");
    expect(cellText('+49')).toBe("'+49");
    expect(cellText('-cmd|calc,x')).toBe('"\'-cmd|calc,x"');
    expect(cellText('\t=1')).toBe("'\t=1");
    expect(cellText(-4)).toBe('-4');
  });
});

describe('columns', () => {
  it('hold every field of an event, flattened', () => {
    const wanted: string[] = [];
    type Shape = { shape?: Record<string, Shape>; unwrap?: () => Shape; element?: unknown };
    const walk = (shape: Record<string, Shape>, before: string) => {
      for (const [name, field] of Object.entries(shape)) {
        // A list is one column.
        const inner = field.element ? undefined : (field.shape ?? field.unwrap?.().shape);
        if (inner) walk(inner, `${before}${name}_`);
        else wanted.push(before + name);
      }
    };
    walk(eventView.shape as unknown as Record<string, Shape>, '');
    expect(columns.map(([name]) => name)).toEqual(wanted);
  });
});

describe('csv', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'csv-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('writes a header and one line an event that another reader reads back, with its hash', async () => {
    const out = join(folder, 'events.csv');
    const strange = plainEvent({
      id: 'v2',
      app: 'a "b", c\r\n=d',
      packages: ['org.a', 'org.b'],
      sent: 0,
      foreground: false,
      network: { type: 'wifi', name: '=HYPERLINK("http://x")', roaming: null, metered: true, vpn: false },
      remote: { ip: '2001:db8::1', port: 443, protocol: 'tcp', host: null, hostFrom: null },
    });
    const file = await csv.export(inBatches([plainEvent()], [], [strange]), out);
    const bytes = await readFile(out);
    expect(file).toEqual({ path: out, rows: 2, sha256: createHash('sha256').update(bytes).digest('hex') });
    const [head, first, second, ...rest] = readCsv(bytes.toString('utf8'));
    expect(rest).toEqual([]);
    const cell = (row: string[] | undefined, name: string) => row?.[head?.indexOf(name) ?? -1];
    expect(first).toHaveLength(columns.length);
    expect(cell(first, 'sent')).toBe('');
    expect(cell(second, 'sent')).toBe('0');
    expect(cell(second, 'app')).toBe('a "b", c\r\n=d');
    expect(cell(second, 'packages')).toBe('org.a org.b');
    expect(cell(second, 'network_name')).toBe('\'=HYPERLINK("http://x")');
    expect(cell(second, 'network_roaming')).toBe('');
    expect(cell(second, 'remote_port')).toBe('443');
    expect(cell(second, 'counted')).toBe('true');
  });
});
