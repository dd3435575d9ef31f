import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { atStakeOf } from './at-stake.ts';
import { loadLists } from './lists.ts';
import { faultsOfPermissions, PermissionBook, type PermissionList } from './permissions.ts';

const { permissions } = await loadLists(fileURLToPath(new URL('../../../resources', import.meta.url)));
const READ = 'android.permission.READ_CONTACTS';
const use = (op: string, atUs: number | null) => ({ op, atUs, evidence: 'E4' });

describe('data at stake', () => {
  it('keeps granted, not granted and not said apart', () => {
    const rows = atStakeOf(
      {
        permissions: [
          { name: READ, granted: true, evidence: 'E3' },
          { name: 'android.permission.READ_SMS', granted: false, evidence: 'E3' },
        ],
        uses: [use('CAMERA', 5_000_000)],
        followed: new Map(),
      },
      permissions,
    );
    const granted = Object.fromEntries(rows.map((row) => [row.category, row.granted]));
    expect(granted).toEqual({ contacts: true, messages: false, camera: null });
    expect(rows[0]).toMatchObject({ category: 'camera', lastUsed: '1970-01-01T00:00:05.000000Z', evidence: 'E4' });
  });

  it('takes a refused or undated use for no time, and hands on what followed', () => {
    const followed = new Map([['READ_CONTACTS', { event: 'v9', seconds: 12, sent: 345 }]]);
    const [row] = atStakeOf({ permissions: [], uses: [use('READ_CONTACTS', null)], followed: new Map() }, permissions);
    expect(row).toMatchObject({ lastUsed: null, followedBy: null });
    const [next] = atStakeOf({ permissions: [], uses: [use('READ_CONTACTS', 1)], followed }, permissions);
    expect(next?.followedBy).toEqual({ event: 'v9', seconds: 12, sent: 345 });
  });

  it('leaves out what opens no data, and what nobody said anything of', () => {
    const said = [
      { name: 'android.permission.INTERNET', granted: true, evidence: 'E3' },
      { name: 'android.permission.WRITE_CONTACTS', granted: true, evidence: 'E3' },
      { name: 'com.example.OWN', granted: true, evidence: 'E3' },
    ];
    expect(atStakeOf({ permissions: said, uses: [use('WAKE_LOCK', 1)], followed: new Map() }, permissions)).toEqual([]);
  });
});

describe('the list of permissions', () => {
  it('names 56, and which of them were checked in a source', () => {
    const all = permissions.all();
    expect(all.length).toBe(56);
    expect(all.filter((one) => one.checked).length).toBe(33);
    for (const one of all.filter(({ checked }) => !checked)) expect(one.sources).toContain('general-knowledge');
    expect(permissions.ofOp('FINE_LOCATION')?.permission).toBe('android.permission.ACCESS_FINE_LOCATION');
  });

  it('is refused where a source is missing or a name stands twice', () => {
    const row = { ...permissions.of(READ)!, ops: [...permissions.of(READ)!.ops] };
    const list: PermissionList = {
      list: 'permissions',
      title: 't',
      date: '2026-01-01',
      version: 1,
      sources: [],
      permissions: [row, row],
    };
    expect(faultsOfPermissions(list).join(' ')).toMatch(/unknown source .* stands twice/);
    expect(new PermissionBook(list).of('x')).toBeNull();
  });
});
