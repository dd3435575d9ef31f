import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ownerFileKind } from '../../../main/engine/acquire/from-device/choices/owner-files.ts';
import { phoneQuote } from '../../../main/engine/acquire/from-device/choices/phone-quote.ts';
import { asRoot } from '../../../main/engine/acquire/from-device/choices/root-access.ts';
import { acquisitionPlan } from '../../../main/engine/acquire/from-device/plan.ts';
import { apkRow } from '../../../main/engine/acquire/from-device/plan-apks.ts';
import { ownerFileRow } from '../../../main/engine/acquire/from-device/plan-files.ts';
import {
  netstatsFolders,
  packetRow,
  rootFileRows,
  usageFolders,
  volatileRootRows,
} from '../../../main/engine/acquire/from-device/plan-root.ts';
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

  it('names of accounts are asked for only with the extra for them', () => {
    for (const line of ['dumpsys -t 20 account', 'dumpsys account', 'dumpsys content']) {
      expect(refusalOf(line), line).toMatch(/was not asked for$/);
      expect(refusalOf(line, ['bugreport']), line).toMatch(/was not asked for$/);
      expect(refusalOf(line, ['accounts']), line).toBeNull();
    }
    expect(refusalOf('dumpsys account --checkin', ['accounts'])).not.toBeNull();
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

  const size = { bytes: 1 };
  const inFolder = (folder: string, name: string) => ({ path: `${folder}/${name}`, ...size });
  const chosen = (['adbd', 'su -c', 'su 0'] as const).flatMap((access) => {
    const run = (command: string) => asRoot(access, command);
    return [
      ...volatileRootRows(run),
      ...rootFileRows({
        asRoot: run,
        netstats: netstatsFolders.flatMap((folder) => [
          inFolder(folder, 'uid_tag.1-2.backup'),
          inFolder(folder, 'import.attempts'),
        ]),
        usage: usageFolders(10).flatMap((folder) => [
          inFolder(folder, 'version'),
          inFolder(`${folder}/daily`, '1700000000000'),
        ]),
      }),
      packetRow(run, null, access === 'su 0'),
      packetRow(run, 5555, false),
      ownerFileRow({ path: "/sdcard/Download/PCAPdroid/it's $(reboot).pcap", kind: 'capture', ...size }),
      apkRow({ package: 'org.a', path: '/data/app/~~a==/org.a-b==/base.apk', user: 0, ...size }),
    ];
  });

  it('what is asked for by name passes only with the choice that asked for it', () => {
    expect(chosen.length).toBeGreaterThan(30);
    for (const row of chosen) {
      const [line] = row.commands.map((one) => one.line);
      expect(refusalOf(line!, [row.choice!]), line).toBeNull();
      // Who adb is, and what a service says of itself to whoever may ask, are nobody's secret.
      if (/^(?:id|dumpsys )/.test(line!)) continue;
      expect(refusalOf(line!, ['bugreport', 'netstats-poll']), line).not.toBeNull();
      const others = (['root', 'files', 'apks'] as const).filter((one) => one !== row.choice);
      expect(refusalOf(line!, others), line).not.toBeNull();
    }
  });

  it('whatever file of the owner the engine would take, the guard reads it and nothing else', () => {
    const folders = [
      'Download/Intrusion Logging',
      'Download/PCAPdroid',
      'PCAPdroid',
      'Documents/PCAPdroid',
      'DCIM',
      'Download',
      '..',
    ];
    const path = fc
      .tuple(
        fc.constantFrom(...folders),
        fc.array(fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }), { minLength: 1, maxLength: 3 }),
      )
      .map(([folder, steps]) => `/sdcard/${folder}/${steps.join('/')}`);
    fc.assert(
      fc.property(path, (one) => {
        const may = ownerFileKind(one) !== null;
        const line = one.includes('\0') ? null : `cat ${phoneQuote(one)}`;
        if (may) expect(refusalOf(line!, ['files']), one).toBeNull();
        if (line !== null) expect(refusalOf(line), one).not.toBeNull();
      }),
      { numRuns: 1000 },
    );
  });
});
