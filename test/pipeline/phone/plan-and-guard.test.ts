import { describe, expect, it } from 'vitest';
import { acquisitionPlan } from '../../../main/engine/acquire/from-device/plan.ts';
import { refusalOf } from '../../../main/host/adapters/command-guard.ts';

const report = '/data/user_de/0/com.android.shell/files/bugreports/bugreport-x-1.zip';
const lines = acquisitionPlan.flatMap((row) =>
  row.commands.map(({ line }) => ({
    row,
    line: line.replaceAll('{user}', '10').replaceAll('{bugreport}', report),
  })),
);

describe('the plan and the guard below it', () => {
  it.each(lines.filter(({ row }) => row.extra === null).map(({ line }) => line))('lets through: %s', (line) => {
    expect(refusalOf(line)).toBeNull();
  });

  it('what changes the phone passes only with the extra that asked for it', () => {
    const changing = lines.filter(({ row }) => row.extra !== null && row.changes !== null);
    expect(changing.length).toBeGreaterThanOrEqual(5);
    for (const { row, line } of changing) {
      expect(refusalOf(line), line).toMatch(/was not asked for$/);
      const other = row.extra === 'bugreport' ? 'netstats-poll' : 'bugreport';
      expect(refusalOf(line, [other]), line).toMatch(/was not asked for$/);
      expect(refusalOf(line, [row.extra!]), line).toBeNull();
    }
  });

  it('an extra opens no other door', () => {
    for (const line of [
      'dumpsys netstats --poll --full',
      'dumpsys netstats poll',
      'dumpsys "netstats --poll"',
      'bugreportz -s',
      'bugreportz -p extra',
      'bugreport out.zip',
      'bugreport; reboot',
      'dumpsys netstats --poll > /sdcard/x',
      'dumpsys batterystats --checkin',
    ])
      expect(refusalOf(line, ['netstats-poll', 'bugreport']), line).not.toBeNull();
  });

  it.each([
    'cat /data/user_de/0/com.android.shell/files/bugreports/../../../../../data/system/x.zip',
    'cat /data/user_de/0/com.android.shell/files/bugreports/other.zip',
    'cat /bugreports/bugreport-x.zip/../../etc/passwd',
    "cat '/bugreports/bugreport-$(id).zip'",
  ])('a path that a phone could make up is not asked for: %s', (line) => {
    expect(refusalOf(line, ['bugreport'])).not.toBeNull();
  });
});
