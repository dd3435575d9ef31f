import { isoOf } from '../../../shared/base/time.ts';
import type { BatchView, EvidenceView, SummaryView, WarningView } from '../../../shared/types/summary.ts';
import type { Origin } from '../model/evidence.ts';
import type { ReadCase } from '../ports/case-handle.ts';
import { capturesOf } from './captures.ts';
import { coverageOf } from './overview.ts';
import { phone } from './phone.ts';
import type { Rollups } from './rollup/rollups.ts';
import { barsOfAll } from './rollup/volume-bars.ts';
import { countVolume } from './volume-count.ts';

async function count(read: ReadCase, sql: string): Promise<number> {
  return (await read.get<{ n: number }>(sql))?.n ?? 0;
}

interface Sums {
  readonly f: number | null;
  readonly t: number | null;
  readonly sent: number;
  readonly received: number;
}

/** Span and bytes of all counted volume. */
async function volumeSums(read: ReadCase, rollups: Rollups | null): Promise<Sums | undefined> {
  const ends = rollups?.list.ends;
  const span = rollups?.list.span;
  if (!rollups || !ends || !span) {
    return read.get<Sums>(
      `SELECT min(from_us) f, max(to_us) t, total(sent) sent, total(received) received FROM volume WHERE counted = 1`,
    );
  }
  // A step as long as all of it: one bar.
  const { fromUs: f, toUs: t } = ends;
  const bars = await barsOfAll(read, rollups, span, 2 ** Math.ceil(Math.log2(t - f + 1)));
  const sum = (column: ArrayLike<number> | undefined) =>
    Array.from(column ?? []).reduce((all, bytes) => all + bytes, 0);
  return { f, t, sent: sum(bars?.sent), received: sum(bars?.received) };
}

/**
 * What the case holds. Bytes are counted rows; `span` is that of all counted volume events; of contacts where there are none. `volume`
 * counts volume events, where that is known already.
 */
export async function summary(
  read: ReadCase,
  rollups: Rollups | null = null,
  volume: () => Promise<number> = () => countVolume(read),
): Promise<SummaryView> {
  const sums = await volumeSums(read, rollups);
  const peers = await read.get<{ f: number | null; t: number | null }>(
    'SELECT min(from_us) f, max(to_us) t FROM contact',
  );
  const [from, to] = [sums?.f ?? peers?.f ?? null, sums?.t ?? peers?.t ?? null];
  return {
    device: await phone(read),
    batches: await batches(read),
    span: { from: from === null ? null : isoOf(from), to: to === null ? null : isoOf(to) },
    events: {
      volume: await volume(),
      contact: await count(read, 'SELECT count(*) n FROM contact'),
      lookup: await count(read, 'SELECT count(*) n FROM lookup'),
      context: await count(read, 'SELECT count(*) n FROM context'),
    },
    bytes: { sent: sums?.sent ?? 0, received: sums?.received ?? 0 },
    apps: await count(read, 'SELECT count(*) n FROM app'),
    // Peers by address: what names they have is not known from sockets.
    hosts: await count(read, 'SELECT count(DISTINCT remote_ip) n FROM contact'),
    countries: await count(read, 'SELECT count(DISTINCT country) n FROM address WHERE country IS NOT NULL'),
    warnings: await count(read, 'SELECT count(*) n FROM warning'),
    coverage: await coverageOf(read),
  };
}

interface BatchRow {
  readonly id: number;
  readonly kind: BatchView['kind'];
  readonly started_at: string;
  readonly finished_at: string | null;
  readonly state: BatchView['state'];
  readonly serial: string | null;
  readonly profile: string | null;
  readonly offset_before_ms: number | null;
  readonly offset_before_error_ms: number | null;
  readonly offset_after_ms: number | null;
  readonly offset_after_error_ms: number | null;
  readonly missing: string;
  readonly continues: number | null;
  readonly unfinished: number | null;
}

/** Acquisitions and imports in order. Offsets in milliseconds, phone minus host. */
export async function batches(read: ReadCase): Promise<BatchView[]> {
  const rows = await read.all<BatchRow>(`SELECT * FROM batch ORDER BY id`);
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    state: row.state,
    serial: row.serial,
    profile: row.profile,
    offsetBeforeMs: row.offset_before_ms,
    offsetBeforeErrorMs: row.offset_before_error_ms,
    offsetAfterMs: row.offset_after_ms,
    offsetAfterErrorMs: row.offset_after_error_ms,
    missing: JSON.parse(row.missing) as string[],
    continues: row.continues,
    unfinished: row.unfinished,
  }));
}

interface EvidenceRow {
  readonly id: string;
  readonly batch: number;
  readonly sha256: string;
  readonly bytes: number;
  readonly name: string;
  readonly origin: string;
  readonly state: EvidenceView['state'];
  readonly exit: number | null;
  readonly host_before: string;
  readonly host_after: string;
  readonly offset_ms: number | null;
  readonly offset_error_ms: number | null;
  readonly sections: string;
  readonly read_sections: number;
}

/** How the bytes were had, in words. */
export function obtainedWords(origin: Origin): string {
  if (origin.kind === 'file') return `imported from the file ${origin.path}`;
  const stream = origin.stream === 'stderr' ? ', its standard error' : '';
  return `answer of the phone to ${origin.command}${stream}`;
}

/** Every piece of evidence, in the order of receipt, with its sections (at most 500 names). */
export async function evidenceList(read: ReadCase): Promise<EvidenceView[]> {
  const rows = await read.all<EvidenceRow>(
    `SELECT e.*, (SELECT json_group_array(name) FROM (SELECT name FROM section WHERE evidence = e.id ORDER BY id LIMIT 500)) sections,
       (SELECT count(*) FROM section WHERE evidence = e.id AND (artifact IS NOT NULL OR name = 'clock')) read_sections
     FROM evidence e ORDER BY e.ordinal`,
  );
  const captures = await capturesOf(read);
  return rows.map((row) => {
    const origin = JSON.parse(row.origin) as Origin;
    const found = captures.get(row.id);
    return {
      id: row.id,
      batch: row.batch,
      sha256: row.sha256,
      bytes: row.bytes,
      name: row.name,
      obtained: obtainedWords(origin),
      command: origin.kind === 'command' ? origin.command : null,
      state: row.state,
      exit: row.exit,
      hostBefore: row.host_before,
      hostAfter: row.host_after,
      offsetMs: row.offset_ms,
      offsetErrorMs: row.offset_error_ms,
      sections: JSON.parse(row.sections) as string[],
      recognised: row.read_sections > 0,
      ...(found && { captures: found }),
    };
  });
}

/** What could not be read, in the order of reading; `after` rows are passed over. */
export async function warningList(read: ReadCase, limit: number, after: number): Promise<WarningView[]> {
  return read.all<WarningView>(
    `SELECT evidence, section, line, offset, text, reason FROM warning ORDER BY id LIMIT ? OFFSET ?`,
    [limit, after],
  );
}
