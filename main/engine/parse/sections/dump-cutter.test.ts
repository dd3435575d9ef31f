import { describe, expect, it } from 'vitest';
import { collect, sourceOf } from '../testing/collect.ts';
import { temporaryFiles } from '../testing/temporary.ts';
import { looksLikeDump } from './dump-cutter.ts';

const write = temporaryFiles();
const rule = '-'.repeat(79);

const report = `========================================================
== dumpstate: 2024-06-01 12:34:56
========================================================

Build: EXA14
Build fingerprint: 'example/exa/exa:14/EXA14/1:user/release-keys'

------ DUMPSYS CRITICAL (/system/bin/dumpsys) ------
${rule}
DUMP OF SERVICE CRITICAL activity:
a table
${rule}
not a service
--------- 0.010s was the duration of dumpsys activity, ending at: 2024-06-01 12:34:57
------ 0.012s was the duration of 'DUMPSYS CRITICAL' ------
------ MEMORY INFO (/proc/meminfo: 2024-06-01 12:00:00) ------
MemTotal: 1 kB
--------- beginning of main
------ SYSTEM PROPERTIES (getprop) ------
[ro.product.model]: [Example 12]
------ 0.002s was the duration of 'SYSTEM PROPERTIES' ------
${rule}
DUMP OF SERVICE netstats:
Xt stats:
  History since boot:
  ident=[] uid=-1 set=ALL tag=0x0
    NetworkStatsHistory: bucketDuration=3600
      st=1717243200 rb=1 rp=1 tb=2 tp=1 op=0
--------- 0.005s was the duration of dumpsys netstats, ending at: 2024-06-01 12:35:02
${rule}
DUMP OF SERVICE HIGH media.camera:
*** SERVICE 'media.camera' DUMP TIMEOUT (10000ms) EXPIRED ***
--------- 10.000s was the duration of dumpsys media.camera, ending at: 2024-06-01 12:35:12
------ CHECKIN NETSTATS (/system/bin/dumpsys -T 30000 netstats --checkin) ------
v1,1,2
========================================================
== dumpstate: done (id 1)
========================================================
`;

describe('a bugreport', () => {
  it('is cut into its sections', async () => {
    const out = await collect(sourceOf(write('report.txt', report), 'report.txt'));
    const lines = report.split('\n');
    expect(
      out.sections.map(({ head, artifact, totals }) => [
        head.name,
        head.firstLine,
        artifact,
        totals!.records,
        totals!.cut,
      ]),
    ).toEqual([
      ['bugreport header', 1, 'bugreport-header', 3, false],
      ['DUMPSYS CRITICAL', 8, null, 0, false],
      ['dumpsys activity', 9, null, 0, false],
      ['MEMORY INFO', 16, null, 0, false],
      ['getprop', 19, 'getprop', 1, false],
      ['dumpsys netstats', 22, 'netstats-text', 3, false],
      ['dumpsys media.camera', 30, null, 0, true],
      ['CHECKIN NETSTATS', 34, null, 0, false],
    ]);
    for (const { head, totals } of out.sections) {
      const before = lines.slice(0, head.firstLine! - 1).join('\n').length + (head.firstLine === 1 ? 0 : 1);
      expect(head.offset).toBe(before);
      expect(head.offset + totals!.length).toBeLessThanOrEqual(report.length);
    }
    expect(out.all('dump time').map(({ local }) => local)).toEqual(['2024-06-01 12:34:56', '2024-06-01 12:35:02']);
    expect(out.warnings.map(({ reason }) => reason)).toEqual([expect.stringMatching(/gave up on this dump/)]);
  });

  it('gives the same with \\r\\n', async () => {
    const plain = await collect(sourceOf(write('report.txt', report), 'report.txt'));
    const crlf = await collect(sourceOf(write('crlf.txt', report.replaceAll('\n', '\r\n')), 'crlf.txt'));
    const said = (out: typeof plain): unknown =>
      out.sections.map(({ head, records }) => [
        head.name,
        head.firstLine,
        records.map(({ record, at }) => [record, at.line]),
      ]);
    expect(said(crlf)).toEqual(said(plain));
  });

  it('cut inside a service says so, and of no other section', async () => {
    const end = report.indexOf('      st=') + 20;
    const out = await collect(sourceOf(write('cut.txt', report.slice(0, end)), 'cut.txt'));
    expect(out.sections.filter(({ totals }) => totals!.cut).map(({ head }) => head.name)).toEqual(['dumpsys netstats']);
    const between = await collect(sourceOf(write('cut.txt', report.slice(0, report.indexOf('      st='))), 'cut.txt'));
    expect(between.named('dumpsys netstats')!.totals!.cut).toBe(true);
  });
});

describe('a whole dumpsys', () => {
  it('of Android 5, without footers and with a list of services before it', async () => {
    const text = `Currently running services:\n  getprop\n  user\n${rule}\nDUMP OF SERVICE user:\nUsers:\n  UserInfo{0:Owner:13} serialNo=0\n${rule}\nDUMP OF SERVICE power:\nx\n`;
    const out = await collect(sourceOf(write('dumpsys.txt', text), 'dumpsys.txt'));
    expect(out.sections.map(({ head, totals }) => [head.name, head.firstLine, totals!.records, totals!.cut])).toEqual([
      ['dumpsys user', 4, 1, false],
      ['dumpsys power', 8, 0, false],
    ]);
  });
});

describe('looksLikeDump', () => {
  it.each([
    ['a bugreport', '====\n== dumpstate: 2024-06-01 12:34:56\n', true],
    ['a dumpsys', 'x\nDUMP OF SERVICE netstats:\n', true],
    ['a report without head', '------ A (b) ------\nx\n------ C (/d) ------\n', true],
    ['a log', '--------- beginning of main\n01-01 x\n', false],
    ['one heading', '------ A (b) ------\n', false],
    ['prose', 'DUMP OF SERVICE is a phrase\n', false],
  ])('%s', (_what, text, expected) => expect(looksLikeDump(text)).toBe(expected));
});
