import { describe, expect, it } from 'vitest';
import { acquisitionPlan } from './plan.ts';
import { acquisition } from './testing/good-phone.ts';

describe('answers without end', () => {
  it('are cut at the limit of their row, to the byte, and the rest of the plan goes on', async () => {
    const piece = 'x'.repeat(1000);
    const plan = acquisitionPlan.map((row) => (row.id === 'appops' ? { ...row, mostBytes: 123_456 } : row));
    const { run, keep } = acquisition((command) =>
      command.includes('appops') ? { stdout: Array.from({ length: 500 }, () => piece) } : null,
    );
    const result = await run({ plan });
    const step = result.steps.find(({ id }) => id === 'appops')!;
    expect(step).toMatchObject({
      state: 'truncated',
      bytes: 123_456,
      why: 'The answer was longer than 123 kB; what came after them was not taken.',
    });
    expect(keep.kept.find(({ section }) => section === 'dumpsys appops')!.bytes).toBe(123_456);
    expect(result.steps.at(-1)).toMatchObject({ id: 'clock after', state: 'complete' });
    expect(result.refused.map(({ id }) => id)).toEqual(['appops']);
  });

  it('an answer that is exactly as long as the limit is whole', async () => {
    const plan = acquisitionPlan.map((row) => (row.id === 'appops' ? { ...row, mostBytes: 500 } : row));
    const { run } = acquisition((command) => (command.includes('appops') ? { stdout: 'y'.repeat(500) } : null));
    expect((await run({ plan })).state).toBe('complete');
  });

  it('are cut in the comparison of the clocks too', async () => {
    const { run, keep } = acquisition((command) =>
      command.startsWith('date +%s.%N; cat /proc/uptime /') || !command.startsWith('date')
        ? null
        : { stdout: '9'.repeat(1_000_000) },
    );
    const result = await run({ profile: 'quick' });
    expect(result.steps.find(({ id }) => id === 'clock before')).toMatchObject({ state: 'truncated', bytes: 16_384 });
    expect(result.offsetBefore).toBeNull();
    expect(keep.kept.find(({ section }) => section === 'clock')!.bytes).toBe(16_384);
  });
});
