import type { PermissionBook } from '../enrich/permissions.ts';
import type { ReadCase, SqlValue } from '../ports/case-handle.ts';

interface UsedRow {
  readonly uid: number;
  readonly op: string;
  readonly state: string | null;
  readonly at_us: number;
  readonly error_us: number | null;
  readonly section: number;
  readonly line: number | null;
  readonly app: string | null;
}

/** Uses of one app that lie no further apart are one mark. */
const TOGETHER_US = 60_000_000;
/** Uids below are the system’s own; what it does all day tells nothing. */
const FIRST_APP = 10_000;

/**
 * Marks for the last time at which each app used what opens a person’s data: one mark an app and minute, naming the kinds of data.
 * Rows are those of the table `context`.
 */
export async function permissionMarks(read: ReadCase, permissions: PermissionBook): Promise<SqlValue[][]> {
  const rows = await read.all<UsedRow>(
    `SELECT o.uid, o.op, o.state, max(o.at_us) at_us, o.error_us, o.section, o.line, a.name app
     FROM app_op o LEFT JOIN app a ON a.uid = o.uid
     WHERE o.told = 'access' AND o.at_us IS NOT NULL AND o.package IS NOT NULL AND o.uid % 100000 >= ${FIRST_APP}
     GROUP BY o.uid, o.op ORDER BY o.uid, at_us, o.op`,
  );
  const known = rows.flatMap((row) => {
    const permission = permissions.ofOp(row.op);
    return permission?.relevance === 'high' ? [{ row, category: permission.category }] : [];
  });
  return [...Map.groupBy(known, ({ row }) => row.uid).values()].flatMap((own) => {
    const marks: (typeof known)[] = [];
    for (const one of own) {
      const last = marks.at(-1);
      if (last && one.row.at_us - last[0]!.row.at_us <= TOGETHER_US) last.push(one);
      else marks.push([one]);
    }
    return marks.map((mark): SqlValue[] => {
      const { row } = mark[0]!;
      const kinds = [...new Set(mark.map(({ category }) => category))].sort();
      const to = Math.max(...mark.map((one) => one.row.at_us));
      const name = `${row.app ?? `uid ${row.uid}`} last used: ${kinds.join(', ')}`;
      const detail = `${mark.map((one) => one.row.op).join(', ')}. The phone notes the last time only, and not what was read.`;
      return ['permission', row.at_us, to, row.error_us, row.uid, name, detail, row.section, null, row.line, null];
    });
  });
}
