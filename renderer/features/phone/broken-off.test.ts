import { describe, expect, it } from 'vitest';
import type { BatchView } from '../../../shared/types/summary.ts';
import { brokenOff } from './broken-off.ts';

const batch = (id: number, kind: BatchView['kind'], state: BatchView['state']) => ({ id, kind, state }) as BatchView;

describe('the acquisition that the window offers to go on with', () => {
  it.each(['interrupted', 'cancelled'] as const)('is the last one where it was %s, also after an import', (state) => {
    const broken = batch(2, 'acquisition', state);
    expect(brokenOff([batch(1, 'acquisition', 'complete'), broken, batch(3, 'import', 'interrupted')])).toBe(broken);
  });

  it.each(['complete', 'partial'] as const)('is none where the last one is %s', (state) => {
    expect(brokenOff([batch(1, 'acquisition', 'interrupted'), batch(2, 'acquisition', state)])).toBeNull();
  });

  it('is the last one where steps of it were cut short, not where the phone only refused', () => {
    const partial = (unfinished: number | null) => ({ ...batch(1, 'acquisition', 'partial'), unfinished });
    expect(brokenOff([partial(2)])).toMatchObject({ unfinished: 2 });
    expect([brokenOff([partial(0)]), brokenOff([partial(null)])]).toEqual([null, null]);
  });

  it('is a partial one only where steps were cut short', () => {
    const partial = (unfinished: number | null) => ({ ...batch(1, 'acquisition', 'partial'), unfinished });
    expect(brokenOff([partial(2)])).toMatchObject({ id: 1 });
    expect([brokenOff([partial(0)]), brokenOff([partial(null)])]).toEqual([null, null]);
  });

  it('is none in a case without acquisitions', () => {
    expect(brokenOff([batch(1, 'import', 'interrupted')])).toBeNull();
  });
});
