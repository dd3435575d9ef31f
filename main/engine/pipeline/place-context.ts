import { microsOf } from '../../../shared/base/time.ts';
import type { PermissionBook } from '../enrich/permissions.ts';
import { joined } from '../normalise/intervals.ts';
import { localMicros } from '../normalise/zone.ts';
import type { SqlValue, WriteCase } from '../ports/case-handle.ts';
import { networkTitle } from '../query/dictionary.ts';
import { phoneZone } from '../query/phone.ts';
import { clockMarks } from './clock-marks.ts';
import { dateAppOps } from './date-app-ops.ts';
import { permissionMarks } from './permission-marks.ts';
import { type WatchedRow, watchedSpans } from './place-coverage.ts';

/** Image dates that phones give to preinstalled packages are no installs. */
const FIRST_CREDIBLE_US = Date.UTC(2010, 0, 1) * 1000;

interface BusyRow {
  readonly network: number;
  readonly from: number;
  readonly to: number;
  readonly section: number;
  readonly line: number | null;
  readonly offset: number | null;
}

/** Networks that carried something, from the interface totals, or from the apps' own rows where there are none. */
async function networkMarks(write: WriteCase): Promise<SqlValue[][]> {
  const totals = await write.get(`SELECT 1 FROM series WHERE recorder = 'xt' LIMIT 1`);
  const networks = await write.all<{
    id: number;
    key: string;
    type: string;
    name: string | null;
    roaming: number | null;
  }>(`SELECT id, key, type, name, roaming FROM network`);
  const rows = await write.all<BusyRow>(
    `SELECT s.network network, v.from_us "from", max(v.to_us) "to", s.section section, min(v.line) line, min(v.offset) offset
     FROM series s CROSS JOIN volume v ON v.series = s.id
     WHERE s.recorder = ? AND coalesce(v.sent, 0) + coalesce(v.received, 0) > 0 AND (s.recorder = 'xt' OR v.counted = 1)
     GROUP BY s.network, v.from_us, s.section ORDER BY v.from_us, s.network, s.section`,
    [totals ? 'xt' : 'uid'],
  );
  const titles = new Map(
    networks.map((one) => [one.id, { key: one.key, title: networkTitle({ ...one, metered: null, vpn: 0 }) }]),
  );
  const byKey = Map.groupBy(rows, (row) => titles.get(row.network)?.key ?? '');
  return [...byKey.values()].flatMap((own) =>
    joined(own).map(({ from, to, first }): SqlValue[] => [
      'network',
      from,
      to,
      null,
      null,
      titles.get(first.network)?.title ?? 'Network',
      null,
      first.section,
      null,
      first.line,
      first.offset,
    ]),
  );
}

interface InstallRow {
  readonly uid: number;
  readonly name: string;
  readonly first_install: string;
  readonly packages: string;
  readonly section: number;
  readonly line: number | null;
}

async function installMarks(write: WriteCase): Promise<SqlValue[][]> {
  const zone = await phoneZone(write);
  const apps = await write.all<InstallRow>(
    `SELECT a.uid, a.name, a.first_install, a.packages, p.section, p.line
     FROM app a JOIN package_said p ON p.id = (
       SELECT id FROM package_said WHERE first_install = a.first_install
         AND name IN (SELECT value FROM json_each(a.packages)) ORDER BY id DESC LIMIT 1)
     WHERE a.first_install IS NOT NULL AND a.preinstalled IS NOT 1`,
  );
  return apps.flatMap((app) => {
    const at = /(Z|[+-]\d{2}:?\d{2})$/.test(app.first_install)
      ? microsOf(app.first_install)
      : zone
        ? localMicros(app.first_install, zone)
        : null;
    if (at === null || at < FIRST_CREDIBLE_US) return [];
    const detail = (JSON.parse(app.packages) as string[]).join(', ');
    return [
      ['install', at, at, 1_000_000, app.uid, `${app.name} installed`, detail, app.section, null, app.line, null],
    ];
  });
}

async function acquisitionMarks(write: WriteCase): Promise<SqlValue[][]> {
  const batches = await write.all<{
    id: number;
    started_at: string;
    finished_at: string | null;
    state: string;
    offset: number | null;
    error: number | null;
    evidence: string | null;
  }>(
    `SELECT id, started_at, finished_at, state, offset_before_ms * 1000 offset, offset_before_error_ms * 1000 error,
       (SELECT id FROM evidence WHERE batch = batch.id ORDER BY ordinal LIMIT 1) evidence
     FROM batch WHERE kind = 'acquisition' ORDER BY id`,
  );
  return batches.map((batch) => {
    // The host says when; everything stands by the phone's clock. Where the two were not compared, no error is known.
    const byPhone = (iso: string) => Math.round((microsOf(iso) ?? 0) + (batch.offset ?? 0));
    const from = byPhone(batch.started_at);
    const to = byPhone(batch.finished_at ?? batch.started_at);
    const error = batch.error === null ? null : Math.ceil(batch.error);
    return [
      'acquisition',
      from,
      to,
      error,
      null,
      `Acquisition ${batch.id}`,
      batch.state,
      null,
      batch.evidence,
      null,
      null,
    ];
  });
}

/** Gaps of a live acquisition: where its looks at the sockets, or else at the counters, did not follow each other. */
function gapMarks(spans: readonly WatchedRow[]): SqlValue[][] {
  const batches = Map.groupBy(spans, ({ batch }) => batch);
  return [...batches.values()].flatMap((own) => {
    const sockets = own.filter(({ source }) => source === 'live sockets');
    const looks = sockets.length > 0 ? sockets : own;
    return looks.slice(1).flatMap((next, at): SqlValue[][] => {
      const before = looks[at]!;
      if (next.f <= before.t) return [];
      const detail = `For ${((next.f - before.t) / 1_000_000).toFixed(1)} s the phone gave no answers; what it did then is not known from them.`;
      const name = `Gap in acquisition ${next.batch}`;
      return [['acquisition', before.t, next.f, 0, null, name, detail, null, next.evidence, null, null]];
    });
  });
}

/** Writes the context band of the whole case anew. */
export async function placeContext(write: WriteCase, permissions: PermissionBook): Promise<void> {
  await dateAppOps(write);
  const watched = await watchedSpans(write);
  const numbered = (rows: readonly SqlValue[][]) => rows.map((row, at) => [at + 1, ...row]);
  const marks = [
    ...(await networkMarks(write)),
    ...(await installMarks(write)),
    ...(await acquisitionMarks(write)),
    ...(await clockMarks(write)),
    ...gapMarks(watched),
    ...(await permissionMarks(write, permissions)),
  ];
  marks.sort(
    (a, b) =>
      Number(a[1]) - Number(b[1]) ||
      String(a[0]).localeCompare(String(b[0])) ||
      String(a[5]).localeCompare(String(b[5])),
  );
  await write.run(`DELETE FROM context`);
  await write.load(
    'context',
    ['id', 'kind', 'from_us', 'to_us', 'error_us', 'uid', 'name', 'detail', 'section', 'evidence', 'line', 'offset'],
    numbered(marks),
  );
  await write.run(
    `UPDATE context SET evidence = (SELECT evidence FROM section WHERE section.id = context.section) WHERE section IS NOT NULL`,
  );
}
