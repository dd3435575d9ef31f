import { microsOf } from '../../../shared/base/time.ts';
import { localMicros } from '../normalise/zone.ts';
import type { WriteCase } from '../ports/case-handle.ts';
import { phoneZone } from '../query/phone.ts';

interface OpRow {
  readonly id: number;
  readonly local: string | null;
  readonly ago_us: number | null;
  readonly kind: string;
  readonly host_before: string;
  readonly host_after: string;
  readonly offset_ms: number | null;
  readonly offset_error_ms: number | null;
  /** What the section itself says of when it was written. */
  readonly dumped: string | null;
}

const millisecond = 1_000;
const second = 1_000_000;

/** `2026-03-01 09:14:02.500` in the zone, to the millisecond. */
function told(local: string, zone: string): { at: number; error: number } | null {
  const at = localMicros(local.slice(0, 19), zone);
  const fraction = /^\.(\d{3})$/.exec(local.slice(19))?.[1];
  return at === null ? null : { at: at + Number(fraction ?? 0) * millisecond, error: fraction ? millisecond : second };
}

/** The moment of the dump by the phone’s clock, and how far that may be off; null where nothing tells it. */
function dumpedAt(row: OpRow, zone: string | null): { at: number; error: number } | null {
  const before = microsOf(row.host_before);
  const after = microsOf(row.host_after);
  if (row.kind === 'acquisition' && row.offset_ms !== null && before !== null && after !== null) {
    const middle = Math.round((before + after) / 2 + row.offset_ms * millisecond);
    return { at: middle, error: Math.round((after - before) / 2 + (row.offset_error_ms ?? 0) * millisecond) };
  }
  return row.dumped !== null && zone !== null ? told(row.dumped, zone) : null;
}

/**
 * Gives each noted use of a permission its time by the phone’s clock. Where the dump writes local time, the phone’s zone makes it
 * one; where it writes only how long ago, the moment of the dump does. What neither can date stays without a time.
 */
export async function dateAppOps(write: WriteCase): Promise<void> {
  const rows = await write.all<OpRow>(
    `SELECT o.id, o.local, o.ago_us, b.kind, e.host_before, e.host_after, e.offset_ms, e.offset_error_ms,
       (SELECT value FROM property p WHERE p.section = o.section AND p.key = 'dump time' LIMIT 1) dumped
     FROM app_op o JOIN section s ON s.id = o.section JOIN evidence e ON e.id = s.evidence JOIN batch b ON b.id = e.batch
     WHERE o.told IS NOT NULL`,
  );
  if (rows.length === 0) return;
  const zone = await phoneZone(write);
  const dated = rows.map((row) => {
    const direct = row.local !== null && zone !== null ? told(row.local, zone) : null;
    const dump = direct === null && row.ago_us !== null ? dumpedAt(row, zone) : null;
    const at = direct ?? (dump && { at: dump.at - row.ago_us!, error: dump.error });
    return [row.id, at?.at ?? null, at?.error ?? null];
  });
  await write.run(
    `UPDATE app_op SET at_us = j.at, error_us = j.error FROM (
       SELECT json_extract(value, '$[0]') id, json_extract(value, '$[1]') at, json_extract(value, '$[2]') error FROM json_each(?)
     ) j WHERE app_op.id = j.id`,
    [JSON.stringify(dated)],
  );
}
