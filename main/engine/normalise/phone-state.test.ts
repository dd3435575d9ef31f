import { describe, expect, it } from 'vitest';
import { columns } from './columns.ts';
import { type StateRecord, stateCells } from './phone-state.ts';

const records: StateRecord[] = [
  { kind: 'account', user: 0, type: 'com.xiaomi', name: '6601234567' },
  { kind: 'account keeper', user: 0, type: 'com.xiaomi', package: 'com.xiaomi.account', uid: 10_050 },
  { kind: 'setting', namespace: 'secure', user: 0, key: 'a', value: '1' },
  {
    kind: 'sync',
    user: 0,
    accountType: 'com.xiaomi',
    accountName: '6601234567',
    authority: 'sms',
    syncable: 1,
    enabled: true,
    lastSuccess: null,
    lastFailure: null,
  },
  {
    kind: 'app op',
    uid: 10_100,
    package: 'a.b',
    op: 'CAMERA',
    mode: 'allow',
    of: null,
    state: null,
    flag: null,
    local: null,
    agoUs: null,
    durationUs: null,
  },
];

describe('rows of the phone’s own state', () => {
  it('have a cell for each column behind id, section and line', () => {
    for (const record of records) {
      const { table, cells } = stateCells(record);
      expect(cells.length, record.kind).toBe(columns[table].length - 3);
    }
  });

  it('carry no name of an account whole', () => {
    expect(records.map((record) => JSON.stringify(stateCells(record).cells)).join(' ')).not.toContain('6601234567');
  });
});
