import { describe, expect, it } from 'vitest';
import { type DestinationBy, destinationGroups, type SourceView } from '../../../shared/types/destination.ts';
import { mockBridge } from '../../bridge/mock.ts';
import { sorted } from '../../ui/columns.ts';
import { chipsOf } from '../filters/chips.ts';
import { columnsBy } from './destination-columns.tsx';
import { firstOf } from './group-words.ts';
import { type DestinationsAddress, filterOf, readPlace, withoutOwn, writePlace } from './place-address.ts';
import { attributions } from './SourcesFoot.tsx';
import { bytesOf } from './sums.ts';

async function rowsBy(by: DestinationBy) {
  const { client } = mockBridge({ pace: 0, live: 'counters' });
  await client.cases.view({ case: 'c1' });
  return (await client.destinations.list({ case: 'c1', by, filter: {} })).rows;
}

describe('the address of the place', () => {
  it('of a fresh view is empty', () => {
    expect(writePlace(readPlace({}))).toEqual({});
  });

  it('brings everything back', () => {
    const view: DestinationsAddress = {
      by: 'host',
      filter: { country: 'SG', state: 'CN', optionalOnly: true, text: 'mi' },
      sorting: { by: 'contacts', down: false },
      measure: 'received',
      map: false,
      row: 'a.example',
      event: 'c3',
    };
    expect(readPlace(writePlace(view))).toEqual(view);
    expect(readPlace(writePlace({ ...view, row: null })).row).toBeNull();
    expect(readPlace(writePlace({ ...view, row: undefined })).row).toBeUndefined();
  });

  it('that was tampered with stands as a fresh view', () => {
    expect(readPlace({ by: 'colour', area: 'weight', country: 'Singapore' })).toEqual(readPlace({}));
  });
});

describe('filters of rows', () => {
  it('select a row by what it is about, and none selects what is not known or stays inside', () => {
    expect(filterOf('country', { key: 'SG' })).toEqual({ country: 'SG' });
    expect(filterOf('address', { key: '192.0.2.1' })).toEqual({ host: '192.0.2.1' });
    expect(filterOf('organisation', { key: 'AS64500' })).toEqual({
      organisation: 'AS64500',
      whose: 'first',
    });
    expect(filterOf('country', { key: null })).toBeNull();
    expect(filterOf('state', { key: 'inner' })).toBeNull();
    expect(withoutOwn('country', { country: 'SG', state: 'CN' })).toEqual({ state: 'CN' });
  });

  it('let through what the rows say', async () => {
    const { client } = mockBridge({ pace: 0, live: 'counters' });
    await client.cases.view({ case: 'c1' });
    for (const by of destinationGroups) {
      const { rows } = await client.destinations.list({ case: 'c1', by, filter: {} });
      const row = rows[0]!;
      const filter = filterOf(by, row)!;
      const again = await client.destinations.list({ case: 'c1', by: 'country', filter });
      const contacts = again.rows.reduce((sum, one) => sum + one.contacts, 0);
      expect(contacts, by).toBe(row.contacts);
    }
  });

  it('stand on chips in words', () => {
    const names = { organisation: (key: string) => key.toUpperCase() };
    const chips = chipsOf({ country: 'SG', state: 'US', organisation: 'amazon', optionalOnly: true, text: 'x' }, names);
    expect(chips.map(({ text }) => text)).toEqual([
      'holds “x”',
      'in Singapore',
      'state: United States (of owner or operator)',
      'organisation: AMAZON (of owner or operator)',
      'optional services only',
    ]);
  });
});

describe('the table', () => {
  it('sorts by every column that says so, either way, and loses no row', async () => {
    for (const by of destinationGroups) {
      const rows = await rowsBy(by);
      expect(rows.length).toBeGreaterThan(2);
      for (const column of columnsBy(by, true)) {
        if (!column.order) continue;
        const up = sorted(rows, [column], { by: column.key, down: false });
        const down = sorted(rows, [column], { by: column.key, down: true });
        expect(column.order(up[0]!, up.at(-1)!)).toBeLessThanOrEqual(0);
        expect(column.order(down[0]!, down.at(-1)!)).toBeGreaterThanOrEqual(0);
        expect(new Set(down)).toEqual(new Set(rows));
      }
    }
  });

  it('has no columns of bytes where no source tells bytes, and never sums the unknown to nothing', async () => {
    const rows = await rowsBy('country');
    expect(bytesOf(rows, 'sent')).toBeNull();
    expect(columnsBy('country', false).map(({ key }) => key)).not.toContain('sent');
    expect(bytesOf([{ ...rows[0]!, sent: 5 }, ...rows], 'sent')).toBe(5);
  });

  it('names the first and counts the rest', () => {
    expect([firstOf([]), firstOf(['a']), firstOf(['a', 'b', 'c'])]).toEqual([null, 'a', 'a + 2']);
  });
});

it('the words that licences ask for stand once each', () => {
  const source = (key: string, attribution: string | null) => ({ key, attribution }) as SourceView;
  expect(attributions([source('a', 'By A'), source('b', null), source('c', 'By A'), source('d', 'By D')])).toEqual([
    'By A',
    'By D',
  ]);
});
