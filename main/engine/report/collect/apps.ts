import { isoOf } from '../../../../shared/base/time.ts';
import type { AppView } from '../../../../shared/types/app.ts';
import type { ReadCase } from '../../ports/case-handle.ts';
import type { NotCounted, ReportTotals } from '../report-data.ts';

interface SumRow {
  readonly uid: number;
  readonly sent: number;
  readonly received: number;
  readonly sentPackets: number;
  readonly receivedPackets: number;
  readonly sentBackground: number;
  readonly receivedBackground: number;
  readonly sentMobile: number;
  readonly sentRoaming: number;
  readonly events: number;
  readonly withoutFigure: number;
  readonly firstUs: number | null;
  readonly lastUs: number | null;
}
interface AppRow {
  readonly uid: number;
  readonly user: number | null;
  readonly name: string;
  readonly kind: AppView['kind'];
  readonly packages: string;
  readonly preinstalled: number | null;
  readonly installer: string | null;
  readonly first_install: string | null;
  readonly service_id: string | null;
  readonly service_name: string | null;
  readonly service_vendor: string | null;
  readonly service_optional: number | null;
}

const nothing: Omit<SumRow, 'uid'> = {
  sent: 0,
  received: 0,
  sentPackets: 0,
  receivedPackets: 0,
  sentBackground: 0,
  receivedBackground: 0,
  sentMobile: 0,
  sentRoaming: 0,
  events: 0,
  withoutFigure: 0,
  firstUs: null,
  lastUs: null,
};
const truth = (value: number | null) => (value === null ? null : value !== 0);
const USERS = 100_000;

async function readSums(read: ReadCase): Promise<SumRow[]> {
  return read.all<SumRow>(
    `SELECT s.uid AS uid, coalesce(sum(v.sent), 0) AS sent, coalesce(sum(v.received), 0) AS received,
       coalesce(sum(v.sent_packets), 0) AS sentPackets, coalesce(sum(v.received_packets), 0) AS receivedPackets,
       coalesce(sum(CASE WHEN s.foreground = 0 THEN v.sent END), 0) AS sentBackground,
       coalesce(sum(CASE WHEN s.foreground = 0 THEN v.received END), 0) AS receivedBackground,
       coalesce(sum(CASE WHEN n.type = 'mobile' THEN v.sent END), 0) AS sentMobile,
       coalesce(sum(CASE WHEN n.roaming = 1 THEN v.sent END), 0) AS sentRoaming,
       count(*) AS events, sum(v.sent IS NULL OR v.received IS NULL) AS withoutFigure,
       min(v.from_us) AS firstUs, max(v.to_us) AS lastUs
     FROM volume v JOIN series s ON s.id = v.series JOIN network n ON n.id = s.network
     WHERE v.counted = 1 GROUP BY s.uid`,
  );
}

export interface AppReading {
  readonly apps: AppView[];
  readonly totals: ReportTotals;
}

/** Every uid that the case knows or counted bytes for. `night` gives what each uid sent at night, or null: no zone. */
export async function readApps(read: ReadCase, night: ReadonlyMap<number, number> | null): Promise<AppReading> {
  const sums = new Map((await readSums(read)).map((row) => [row.uid, row]));
  const rows = new Map((await read.all<AppRow>(`SELECT * FROM app`)).map((row) => [row.uid, row]));
  const users = await read.all<{ id: number; name: string | null }>(`SELECT id, name FROM phone_user`);
  const userNames = new Map(users.map((user) => [user.id, user.name]));

  const apps = [...new Set([...sums.keys(), ...rows.keys()])].map((uid): AppView => {
    const row = rows.get(uid);
    const sum = sums.get(uid) ?? { uid, ...nothing };
    const user = row?.user ?? (uid < 0 ? 0 : Math.floor(uid / USERS));
    return {
      key: String(uid),
      uid,
      user,
      userName: userNames.get(user) ?? null,
      name: row?.name ?? `uid ${uid}`,
      packages: row ? (JSON.parse(row.packages) as string[]) : [],
      kind: row?.kind ?? 'unknown',
      preinstalled: truth(row?.preinstalled ?? null),
      installer: row?.installer ?? null,
      firstInstall: row?.first_install ?? null,
      service:
        row?.service_id && row.service_name
          ? {
              id: row.service_id,
              name: row.service_name,
              vendor: row.service_vendor ?? '',
              optional: truth(row.service_optional),
            }
          : null,
      sent: sum.sent,
      received: sum.received,
      sentPackets: sum.sentPackets,
      receivedPackets: sum.receivedPackets,
      sentBackground: sum.sentBackground,
      sentNight: night === null ? null : (night.get(uid) ?? 0),
      sentMobile: sum.sentMobile,
      sentRoaming: sum.sentRoaming,
      events: sum.events,
      first: sum.firstUs === null ? null : isoOf(sum.firstUs),
      last: sum.lastUs === null ? null : isoOf(sum.lastUs),
    };
  });
  apps.sort(
    (a, b) =>
      b.sent - a.sent || b.received - a.received || Number(b.events > 0) - Number(a.events > 0) || a.uid - b.uid,
  );
  return { apps, totals: totalsOf([...sums.values()]) };
}

function totalsOf(sums: readonly SumRow[]): ReportTotals {
  const add = (pick: (row: SumRow) => number) => sums.reduce((total, row) => total + pick(row), 0);
  const times = (pick: (row: SumRow) => number | null) => sums.map(pick).filter((us) => us !== null);
  const first = times((row) => row.firstUs);
  const last = times((row) => row.lastUs);
  return {
    sent: add((row) => row.sent),
    received: add((row) => row.received),
    sentBackground: add((row) => row.sentBackground),
    receivedBackground: add((row) => row.receivedBackground),
    sentMobile: add((row) => row.sentMobile),
    sentRoaming: add((row) => row.sentRoaming),
    intervals: add((row) => row.events),
    withoutFigure: add((row) => row.withoutFigure),
    firstUs: first.length === 0 ? null : Math.min(...first),
    lastUs: last.length === 0 ? null : Math.max(...last),
  };
}

/** Rows that stand in the case and enter no sum, with the phone's own figures for them. */
export async function readNotCounted(read: ReadCase): Promise<NotCounted[]> {
  return read.all<NotCounted>(
    `SELECT CASE WHEN v.superseded = 1 THEN 'superseded' ELSE coalesce(s.counted_as, 'other') END AS reason,
       count(*) AS rows, coalesce(sum(v.sent), 0) AS sent, coalesce(sum(v.received), 0) AS received
     FROM volume v JOIN series s ON s.id = v.series WHERE v.counted = 0 GROUP BY reason ORDER BY rows DESC, reason`,
  );
}
