import { HOUR, isoOf } from '../../../shared/base/time.ts';
import { offsetsOf, sinceMidnight } from '../../../shared/base/zone.ts';
import type { AppView } from '../../../shared/types/app.ts';
import type { ReadCase } from '../ports/case-handle.ts';
import { certificatesByPackage } from './certificates.ts';
import type { AppRow } from './dictionary.ts';
import { phoneZone } from './phone.ts';

const NIGHT_ENDS_US = 6 * HOUR;

interface Totals {
  readonly uid: number;
  readonly sent: number;
  readonly received: number;
  readonly sent_packets: number;
  readonly received_packets: number;
  readonly sent_bg: number;
  readonly sent_mobile: number;
  readonly sent_roaming: number;
  readonly sent_night: number;
  readonly n: number;
  readonly first: number;
  readonly last: number;
}

/** Middles of the counted intervals that lie between midnight and six by the zone, truncated to whole microseconds. */
async function nightMiddles(read: ReadCase, zone: string): Promise<number[]> {
  const offsetAt = offsetsOf(zone);
  if (!offsetAt) return [];
  const rows = await read.all<{ middle: number }>(
    `SELECT DISTINCT (from_us + to_us) / 2 middle FROM volume WHERE counted = 1`,
  );
  return rows.map((row) => row.middle).filter((middle) => sinceMidnight(middle + offsetAt(middle)) < NIGHT_ENDS_US);
}

/**
 * All apps that are installed or have traffic, each uid once, largest sender first, those without a counted interval
 * last. Totals are counted rows only.
 */
export async function appList(read: ReadCase): Promise<AppView[]> {
  const zone = await phoneZone(read);
  const night = zone ? await nightMiddles(read, zone) : [];
  const totals = await read.all<Totals>(
    `SELECT s.uid uid, total(v.sent) sent, total(v.received) received, total(v.sent_packets) sent_packets,
       total(v.received_packets) received_packets,
       total(CASE WHEN s.foreground = 0 THEN v.sent END) sent_bg,
       total(CASE WHEN n.type = 'mobile' THEN v.sent END) sent_mobile,
       total(CASE WHEN n.roaming = 1 THEN v.sent END) sent_roaming,
       total(CASE WHEN (v.from_us + v.to_us) / 2 IN (SELECT value FROM json_each(?)) THEN v.sent END) sent_night,
       count(*) n, min(v.from_us) first, max(v.to_us) last
     FROM volume v JOIN series s ON s.id = v.series JOIN network n ON n.id = s.network WHERE v.counted = 1 GROUP BY s.uid`,
    [JSON.stringify(night)],
  );
  const byUid = new Map(totals.map((row) => [row.uid, row]));
  const apps = await read.all<AppRow>(`SELECT * FROM app ORDER BY uid`);
  const users = new Map(
    (await read.all<{ id: number; name: string | null }>(`SELECT id, name FROM phone_user`)).map((row) => [
      row.id,
      row.name,
    ]),
  );
  const certificates = await certificatesByPackage(read);
  return apps
    .map((app): AppView => {
      const sum = byUid.get(app.uid);
      const packages = JSON.parse(app.packages) as string[];
      const signed = packages.flatMap((name) => certificates.get(name) ?? []);
      return {
        key: String(app.uid),
        uid: app.uid,
        user: app.user ?? 0,
        userName: app.user === null ? null : (users.get(app.user) ?? null),
        name: app.name,
        packages,
        kind: app.kind as AppView['kind'],
        preinstalled: app.preinstalled === null ? null : app.preinstalled === 1,
        installer: app.installer,
        firstInstall: app.first_install,
        service:
          app.service_id && app.service_name
            ? {
                id: app.service_id,
                name: app.service_name,
                vendor: app.service_vendor ?? '',
                optional: app.service_optional === null ? null : app.service_optional === 1,
              }
            : null,
        sent: sum?.sent ?? 0,
        received: sum?.received ?? 0,
        sentPackets: sum?.sent_packets ?? 0,
        receivedPackets: sum?.received_packets ?? 0,
        sentBackground: sum?.sent_bg ?? 0,
        sentNight: zone ? (sum?.sent_night ?? 0) : null,
        sentMobile: sum?.sent_mobile ?? 0,
        sentRoaming: sum?.sent_roaming ?? 0,
        events: sum?.n ?? 0,
        first: sum ? isoOf(sum.first) : null,
        last: sum ? isoOf(sum.last) : null,
        ...(signed.length > 0 && { certificates: signed }),
      };
    })
    .sort(
      (a, b) =>
        b.sent - a.sent || b.received - a.received || Number(b.events > 0) - Number(a.events > 0) || a.uid - b.uid,
    );
}
