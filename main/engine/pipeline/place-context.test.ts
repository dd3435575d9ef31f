import { expect, it } from 'vitest';
import { microsOf } from '../../../shared/base/time.ts';
import { memoryCase, seriesRow } from '../../../test/support/memory-case.ts';
import type { PermissionBook } from '../enrich/permissions.ts';
import type { WriteCase } from '../ports/case-handle.ts';
import { placeContext } from './place-context.ts';
import { placeCoverage } from './place-coverage.ts';

const HOUR = 3_600_000_000;

it('an acquisition stands by the clock of the phone, as everything else, with the error of the comparison', async () => {
  const held = await memoryCase();
  const started = '2026-03-16T05:30:00.000Z';
  const first = microsOf('2026-03-16T00:00:00Z')!;
  await held.insert('batch', [
    {
      id: 1,
      kind: 'acquisition',
      started_at: started,
      finished_at: started,
      state: 'complete',
      offset_before_ms: 3_600_000,
      offset_before_error_ms: 0.6254,
    },
    { id: 2, kind: 'acquisition', started_at: started, finished_at: started, state: 'cancelled' },
  ]);
  const evidence = {
    sha256: 'a',
    bytes: 1,
    name: 'netstats',
    origin: '{}',
    state: 'complete',
    host_before: started,
    host_after: started,
  };
  await held.insert('evidence', [
    { ...evidence, id: 'E1', ordinal: 1, batch: 1, offset_ms: 3_600_000 },
    { ...evidence, id: 'E2', ordinal: 2, batch: 2, offset_ms: null },
  ]);
  const section = { name: 'dumpsys netstats', offset: 0, length: 1, records: 1, warnings: 0, cut: 0 };
  await held.insert('section', [
    { ...section, id: 1, evidence: 'E1' },
    { ...section, id: 2, evidence: 'E2' },
  ]);
  await held.insert('series', [
    seriesRow({ bucket_us: 2 * HOUR }),
    seriesRow({ bucket_us: 2 * HOUR, id: 2, section: 2 }),
  ]);
  const bucket = (id: number, of: number, n: number) => ({
    id,
    series: of,
    from_us: first + n * 2 * HOUR,
    to_us: first + (n + 1) * 2 * HOUR,
    sent: 1,
    received: 1,
    counted: 1,
    superseded: 0,
  });
  await held.insert('volume', [bucket(1, 1, 0), bucket(2, 1, 3), bucket(3, 2, 0), bucket(4, 2, 2)]);

  const write: WriteCase = {
    ...held,
    load: (table, columns, rows) =>
      held.insert(
        table,
        rows.map((row) => Object.fromEntries(columns.map((column, at) => [column, row[at] ?? null]))),
      ),
  };
  await placeCoverage(write);
  await placeContext(write, { permissions: [] } as unknown as PermissionBook);

  // The phone’s clock is an hour ahead: by it, it was half past six.
  const asked = microsOf('2026-03-16T06:30:00Z')!;
  expect(
    await held.all(`SELECT from_us f, to_us t, error_us e FROM context WHERE kind = 'acquisition' ORDER BY id`),
  ).toEqual([
    // Not compared with the host’s: no error is known, which is not none.
    { f: microsOf(started), t: microsOf(started), e: null },
    { f: asked, t: asked, e: 626 },
  ]);
  // The bucket that ran then ends later than what was seen of it.
  expect(
    await held.all(`SELECT to_us t, evidence FROM coverage WHERE source = 'per-app history' ORDER BY evidence`),
  ).toEqual([
    { t: asked, evidence: 'E1' },
    { t: microsOf(started), evidence: 'E2' },
  ]);
  await held.close();
});
