import { beforeAll, describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../../shared/base/time.ts';
import type { AppView } from '../../../shared/types/app.ts';
import { mockBridge } from '../../bridge/mock.ts';
import { sorted } from '../../ui/columns.ts';
import { appColumns, packageText } from './app-columns.tsx';
import { narrow } from './narrow.ts';
import { spread, stepsOf } from './spread.ts';

let apps: AppView[] = [];
beforeAll(async () => {
  apps = await mockBridge().client.apps.list({ case: 'c1' });
});

describe('the table of apps', () => {
  it('finds by name in any script, package, uid and service; all words must fit', () => {
    expect(narrow(apps, '微信', 'all').map((app) => app.packages[0])).toContain('com.tencent.mm');
    expect(narrow(apps, 'हिन्दी समाचार', 'all')).toHaveLength(1);
    const cloud = apps.filter((app) => app.service?.name === 'Mi Cloud');
    expect(narrow(apps, 'MI CLOUD', 'all')).toEqual(expect.arrayContaining(cloud));
    expect(narrow(apps, 'MI CLOUD', 'all').length).toBeLessThan(apps.length / 4);
    expect(narrow(apps, String(apps[5]?.uid), 'all')).toContain(apps[5]);
    expect(narrow(apps, 'mi cloud nowhere', 'all')).toEqual([]);
  });

  it('keeps what is not known out of both groups of origin', () => {
    const unknown = apps.filter((app) => app.preinstalled === null);
    expect(unknown.length).toBeGreaterThan(0);
    const shown = [...narrow(apps, '', 'installed'), ...narrow(apps, '', 'preinstalled')];
    expect(shown.some((app) => unknown.includes(app))).toBe(false);
    expect(shown.length + unknown.length).toBe(apps.length);
  });

  it('sorts both ways by every column that offers it', () => {
    for (const column of appColumns) {
      if (!column.order) continue;
      const up = sorted(apps, appColumns, { by: column.key, down: false });
      for (const [index, app] of up.slice(1).entries()) expect(column.order(up[index]!, app)).toBeLessThanOrEqual(0);
      const down = sorted(apps, appColumns, { by: column.key, down: true });
      expect(column.order(down[0]!, up[0]!)).toBeGreaterThanOrEqual(0);
      expect(down).toHaveLength(apps.length);
    }
  });

  it('puts an unknown amount below nothing', () => {
    const first = sorted(apps, appColumns, { by: 'night', down: false })[0];
    expect(first?.sentNight).toBeNull();
  });

  it('names the first package and counts the rest', () => {
    expect(packageText({ packages: [] } as unknown as AppView)).toBeNull();
    expect(packageText({ packages: ['a', 'b', 'c'] } as unknown as AppView)).toBe('a + 2');
  });
});

describe('the small history', () => {
  const coverage = [{ source: 'per-app history', fromUs: 0, toUs: 2 * DAY, evidence: 'E1' }];

  it('loses no byte by spreading', () => {
    const steps = stepsOf(0, 10 * DAY, coverage);
    const intervals = {
      from: [0, 5 * HOUR, 3 * DAY],
      to: [2 * HOUR, 19 * HOUR, 3 * DAY + 30 * HOUR],
      sent: [100, 7001, 90_000],
      received: [1, 2, 3],
      sentBackground: [],
      receivedBackground: [],
      events: [],
      top: [],
    };
    const { sent, received } = spread(intervals, steps);
    const sum = (list: number[]) => list.reduce((total, n) => total + n, 0);
    expect(sum(sent)).toBeCloseTo(97_101, 6);
    expect(sum(received)).toBeCloseTo(6, 6);
  });

  it('tells steps without coverage from steps without bytes', () => {
    const steps = stepsOf(0, 10 * DAY, coverage);
    expect(steps.count).toBeLessThanOrEqual(120);
    expect(steps.covered.at(0)).toBe(true);
    expect(steps.covered.at(-1)).toBe(false);
    const onlyInterfaces = [...coverage, { source: 'interface totals', fromUs: 0, toUs: 10 * DAY, evidence: 'E1' }];
    expect(stepsOf(0, 10 * DAY, onlyInterfaces).covered.at(-1)).toBe(false);
  });
});
