import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { microsOf } from '../../../shared/base/time.ts';
import { type MemoryCase, memoryCase } from '../../../test/support/memory-case.ts';
import { dateAppOps } from './date-app-ops.ts';

let held: MemoryCase;
const write = () => ({ ...held, load: async () => {} });
const S = 1_000_000;

beforeEach(async () => {
  held = await memoryCase();
});
afterEach(() => held.close());

/** A dump of an acquisition or of a file, and one use in it. */
async function lay(
  kind: 'acquisition' | 'import',
  use: { local: string | null; ago_us: number | null },
  more: { zone?: string; dumped?: string } = {},
): Promise<{ at: number | null; error: number | null }> {
  await held.insert('batch', [{ id: 1, kind, started_at: '2026-03-01T10:00:00Z', state: 'complete' }]);
  await held.insert('evidence', [
    {
      id: 'E1',
      ordinal: 1,
      batch: 1,
      sha256: '0',
      bytes: 1,
      name: 'a',
      origin: '{}',
      state: 'complete',
      host_before: '2026-03-01T10:00:00.000000Z',
      host_after: '2026-03-01T10:00:02.000000Z',
      offset_ms: kind === 'acquisition' ? 5000 : null,
      offset_error_ms: kind === 'acquisition' ? 3 : null,
    },
  ]);
  await held.insert('section', [
    {
      id: 1,
      evidence: 'E1',
      name: 'dumpsys appops',
      offset: 0,
      length: 1,
      artifact: 'app-ops',
      records: 1,
      warnings: 0,
      cut: 0,
    },
  ]);
  if (more.zone) await held.insert('property', [{ section: 1, key: 'persist.sys.timezone', value: more.zone }]);
  if (more.dumped) await held.insert('property', [{ section: 1, key: 'dump time', value: more.dumped }]);
  await held.insert('app_op', [
    { id: 1, section: 1, uid: 10_100, package: 'a.b', op: 'CAMERA', told: 'access', ...use },
  ]);
  await dateAppOps(write());
  const row = await held.get<{ at: number | null; error: number | null }>(
    `SELECT at_us at, error_us error FROM app_op`,
  );
  return row!;
}

describe('when a permission was last used', () => {
  it('is local text in the phone’s zone, to the millisecond', async () => {
    const found = await lay('acquisition', { local: '2026-03-01 09:14:02.500', ago_us: 99 }, { zone: 'Asia/Kolkata' });
    expect(found).toEqual({ at: microsOf('2026-03-01T03:44:02.500Z'), error: 1000 });
  });

  it('follows from the moment of the dump by the phone’s clock where only the distance is said', async () => {
    const found = await lay('acquisition', { local: null, ago_us: 60 * S });
    // The middle of the command, five seconds on by the phone's clock, a minute back; off by half the command and the clock's error.
    expect(found).toEqual({ at: microsOf('2026-03-01T09:59:06.000Z'), error: S + 3000 });
  });

  it('of a file follows from what the dump says of its own time, and is not known without it', async () => {
    const use = { local: null, ago_us: 60 * S };
    const found = await lay('import', use, { zone: 'Asia/Kolkata', dumped: '2026-03-01 09:14:02' });
    expect(found).toEqual({ at: microsOf('2026-03-01T03:43:02.000Z'), error: S });
  });

  it('stays without a time where neither zone nor dump date it', async () => {
    expect(await lay('import', { local: '2026-03-01 09:14:02.500', ago_us: 60 * S })).toEqual({
      at: null,
      error: null,
    });
  });
});
