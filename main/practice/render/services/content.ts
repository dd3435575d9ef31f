import { accountsOf, type PracticeSync, syncsOf } from '../../world/accounts.ts';
import { localText } from '../../world/time.ts';
import type { World } from '../../world/world.ts';

const columnsNow = 'Authority Syncable Enabled Stats Loc Poll Per Feed User Othr Tot Fail Can Time Last_Sync Backoff';
const columnsBefore = 'Authority Syncable Enabled Delay Loc Poll Per Serv User Tot Time Last_Sync Periodic';

/** A table as PrintTable of SyncManager writes it: columns as wide as their widest cell, two spaces between. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, at) => Math.max(...rows.map((row) => row[at]!.length)));
  const [head, ...rest] = rows.map((row) =>
    row.map((cell, at) => `${at < row.length - 1 ? cell.padEnd(widths[at]!) : cell}  `).join(''),
  );
  const rule = '-'.repeat(widths.reduce((sum, width) => sum + width, 0) + (widths.length - 1) * 2);
  return [head!, rule, ...rest];
}

function rowsOf(world: World, sync: PracticeSync, columns: readonly string[]): string[][] {
  const last = sync.lastUs === null ? [] : ['PERIODIC SUCCESS', localText(world.wallUs(sync.lastUs), world.home.zone)];
  const labels = columns.includes('Stats') ? ['Total', 'Today', 'Yestr'] : [];
  return Array.from({ length: Math.max(1, labels.length, last.length) }, (_, line) =>
    columns.map((column) => {
      if (column === 'Last_Sync') return last[line] ?? '';
      if (column === 'Stats') return labels[line] ?? '';
      if (line > 0) return '';
      if (column === 'Authority') return sync.authority.slice(-50);
      if (column === 'Syncable') return sync.syncable ? '1' : '0';
      if (column === 'Enabled') return String(sync.enabled);
      return /^(?:Delay|Backoff|Periodic)$/.test(column) ? '' : column === 'Time' ? '12s' : '0';
    }),
  );
}

/** `dumpsys content`: what is kept in step with servers, account by account (SyncManager.dumpSyncState). */
export function contentText(world: World): string {
  const now = world.sdk >= 26;
  const columns = (now ? columnsNow : columnsBefore).split(' ');
  const heading = columns.map((column) => column.replace('_', ' '));
  const word = (text: string) => (now ? text : `${text[0]!.toLowerCase()}${text.slice(1)}`);
  const accounts = accountsOf(world);
  const syncs = syncsOf(world);
  const clock = localText(world.wallUs(world.nowUs), world.home.zone);
  const out = [
    word('Data connected: true'),
    word(`Auto sync: ${world.users.map((user) => `u${user.id}=true `).join('')}`),
    word('Memory low: false'),
    word(`Accounts: ${accounts.length}`),
    `${word('Now: ')}${Math.floor(world.wallUs(world.nowUs) / 1000)} (${clock})`,
    '',
    'Sync Status',
  ];
  for (const account of accounts) {
    out.push(`Account ${account.name} u${account.user} ${account.type}`, '='.repeat(71));
    const own = syncs.filter((one) => one.account.user === account.user && one.account.type === account.type);
    out.push(...table([heading, ...own.flatMap((sync) => rowsOf(world, sync, columns))]));
  }
  out.push('', now ? 'Per Adapter History' : 'Recent Sync History', '(SERVER is now split up to FEED and OTHER)');
  return `${out.join('\n')}\n`;
}
