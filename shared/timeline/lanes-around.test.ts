import { expect, test } from 'vitest';
import { layOut } from './lane-layout.ts';
import { lanesAround } from './lanes-around.ts';

const many = Array.from({ length: 200 }, (_, n) => `lane ${n}`);

test('few lanes are all asked for', () => {
  expect(lanesAround(layOut(many.slice(0, 48), [], 50, 500), 0)).toBeNull();
});

test('of many those in sight and some either side, the same for a short scroll', () => {
  const layout = layOut(many, ['lane 150'], 50, 500);
  for (const scroll of [0, 400, 3210, layout.maxScroll]) {
    const { inSight, around } = lanesAround(layout, scroll)!;
    expect(inSight.every((key) => around.includes(key))).toBe(true);
    expect(around).toContain('lane 150');
    expect(around.length).toBeLessThan(50);
  }
  expect(lanesAround(layout, 3200)!.around).toEqual(lanesAround(layout, 3250)!.around);
  expect(lanesAround(layout, 3200)!.around).not.toEqual(lanesAround(layout, 5200)!.around);
});
