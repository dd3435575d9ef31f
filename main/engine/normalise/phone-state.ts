import { masked } from '../../../shared/text/masked.ts';
import type { AccountKeeperRecord, AccountRecord, AppOpRecord, SettingRecord, SyncRecord } from '../model/record.ts';
import type { Cell, TableName } from './columns.ts';

/** Records of the phone's own state. */
export type StateRecord = AccountRecord | AccountKeeperRecord | AppOpRecord | SettingRecord | SyncRecord;

/** Which table takes a record, and its cells behind id, section and line. Names of accounts come with their middle hidden. */
export function stateCells(record: StateRecord): { readonly table: TableName; readonly cells: Cell[] } {
  switch (record.kind) {
    case 'account':
      return { table: 'phone_account', cells: [record.user, record.type, masked(record.name), null, null] };
    case 'account keeper':
      return { table: 'phone_account', cells: [record.user, record.type, null, record.package, record.uid] };
    case 'setting':
      return { table: 'setting', cells: [record.namespace, record.user, record.key, record.value] };
    case 'sync':
      return {
        table: 'sync_state',
        cells: [
          record.user,
          record.accountType,
          masked(record.accountName),
          record.authority,
          record.syncable,
          record.enabled === null ? null : Number(record.enabled),
          record.lastSuccess,
          record.lastFailure,
        ],
      };
    case 'app op':
      return {
        table: 'app_op',
        cells: [
          record.uid,
          record.package,
          record.op,
          record.mode,
          record.of,
          record.state,
          record.flag,
          record.local,
          record.agoUs,
          record.durationUs,
          null,
          null,
        ],
      };
  }
}
