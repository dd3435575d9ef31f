import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { acquisitionExtras } from '../../../../shared/types/acquisition.ts';
import { acquisitionPlan, linesFor, planFor, whyNoLine } from './plan.ts';
import { chosenForms, planWith } from './plan-chosen.ts';
import { planTable } from './plan-table.ts';

const sdks = Array.from({ length: 16 }, (_, n) => 21 + n);
const rowOf = (id: string) => acquisitionPlan.find((row) => row.id === id)!;
const ids = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id);

describe('the plan', () => {
  it('goes in the order of what is lost first, and ends with what changes the phone and the clock', () => {
    const order = [
      'getprop',
      'clock before',
      'users',
      'logcat',
      'sockets',
      'connmetrics',
      'connectivity',
      'kernel counters',
      'netstats',
      'packages',
      'usage days',
      'usage',
      'appops',
      'batterystats',
      'alarm',
      'jobscheduler',
      'netpolicy',
      'settings global',
      'wifi',
      'telephony',
      'netstats poll',
      'netstats after poll',
      'bugreport',
      'bugreport file',
      'clock after',
    ];
    const all = ids(acquisitionPlan);
    expect(order.map((id) => all.indexOf(id))).toEqual(order.map((id) => all.indexOf(id)).toSorted((a, b) => a - b));
    expect(new Set(all).size).toBe(all.length);
    const last = acquisitionPlan.findLastIndex((row) => row.volatile && row.clock === undefined);
    expect(last).toBeLessThan(all.indexOf('netstats'));
  });

  it('says of every row what it proves, how long and how much it may take', () => {
    for (const row of acquisitionPlan) {
      expect(row.proves, row.id).toMatch(/^[A-Z].*\.$/);
      expect(row.commands.length, row.id).toBeGreaterThan(0);
      expect(row.timeoutMs, row.id).toBeGreaterThanOrEqual(10_000);
      expect(row.mostBytes, row.id).toBeGreaterThan(0);
      expect(row.section, row.id).not.toBe('');
      if (row.changes !== null) expect(row.changes, row.id).toMatch(/^[A-Z].*\.$/);
      // Of what a phone is asked anyway, two things can have an effect, and it is said.
      if (row.extra === null)
        expect(row.changes !== null, row.id).toBe(row.id === 'netstats' || row.id === 'batterystats');
    }
  });

  it('quick reaches the counters within four minutes even where each row before them takes all of its time', () => {
    const before = planFor('quick').slice(0, ids(planFor('quick')).indexOf('netstats'));
    expect(before.reduce((sum, row) => sum + row.timeoutMs, 0)).toBeLessThanOrEqual(240_000);
    expect(before.some((row) => row.id === 'logcat')).toBe(false);
    expect(before.length).toBeLessThanOrEqual(12);
  });

  it('has three profiles: all of quick is in full, live repeats what moves', () => {
    const full = ids(planFor('full'));
    for (const id of ids(planFor('quick'))) expect(full).toContain(id);
    expect(planFor('quick').length).toBeLessThan(full.length / 2 + 2);
    const repeated = planFor('live').filter((row) => row.repeatMs !== undefined);
    expect(repeated.map(({ id, repeatMs }) => [id, repeatMs])).toEqual([
      ['sockets', 1000],
      ['kernel counters', 5000],
    ]);
    for (const id of ['getprop', 'clock before', 'users', 'packages', 'clock after'])
      expect(ids(planFor('live'))).toContain(id);
  });

  it('does what changes the phone only where it was asked for', () => {
    expect(planFor('full').filter((row) => row.extra !== null)).toEqual([]);
    expect(ids(planFor('full', acquisitionPlan, ['netstats-poll']).filter((row) => row.extra !== null))).toEqual([
      'netstats poll',
      'netstats after poll',
    ]);
    const all = planFor('full', acquisitionPlan, acquisitionExtras);
    expect(ids(all).slice(-6)).toEqual([
      'netstats poll',
      'netstats after poll',
      'bugreport text',
      'bugreport',
      'bugreport file',
      'clock after',
    ]);
  });

  it('knows which Android is asked what', () => {
    const asked = (id: string, sdk: number | null) => linesFor(rowOf(id), sdk);
    expect(sdks.filter((sdk) => asked('kernel counters', sdk)[0]?.includes('xt_qtaguid'))).toEqual(sdks.slice(0, 8));
    expect(sdks.filter((sdk) => asked('kernel counters', sdk).length === 0)).toEqual([29, 30, 31, 32]);
    expect(asked('kernel counters', 33)).toEqual([
      'date +%s.%N; cat /proc/uptime; dumpsys -t 15 connectivity trafficcontroller',
    ]);
    expect(asked('kernel counters', 36)).toEqual(['date +%s.%N; cat /proc/uptime; dumpsys -t 15 netstats']);
    expect(asked('netstats', 22)).toEqual(['dumpsys netstats --full --uid --tag']);
    expect(asked('logcat', 23)[0]).not.toContain('uid');
    expect(asked('usage days', 29)).toEqual([]);
    // A phone that does not say its number is asked everything, newest form first.
    expect(asked('kernel counters', null)).toHaveLength(3);
    for (const row of acquisitionPlan)
      for (const sdk of sdks)
        for (const one of linesFor(row, sdk)) if (sdk < 24) expect(one, row.id).not.toMatch(/^(?:dumpsys -t|cmd) /);
  });

  it('says why a row has nothing for a phone', () => {
    expect(whyNoLine(rowOf('usage days'), 25)).toBe('This Android is too old to know the command.');
    expect(whyNoLine(rowOf('bugreport text'), 30)).toBe('This Android no longer has the command.');
    expect(whyNoLine(rowOf('kernel counters'), 31)).toBe('This Android has no such command; older and later ones do.');
  });

  it('stands in PLAN.md as it is (PHONEHOME_GOLDEN=write writes it anew)', () => {
    const path = join(import.meta.dirname, 'PLAN.md');
    if (process.env.PHONEHOME_GOLDEN === 'write')
      writeFileSync(path, planTable(planWith(acquisitionPlan, chosenForms)));
    // The formatter sets the columns of a table in Markdown; what stands in them is compared.
    const bare = (text: string) =>
      text.replaceAll(/-{3,}/g, '---').replaceAll(/ +/g, ' ').replaceAll('| ---', '|---').replaceAll('--- |', '---|');
    expect(bare(readFileSync(path, 'utf8'))).toBe(bare(planTable(planWith(acquisitionPlan, chosenForms))));
  });
});
