import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Failure } from '../../../shared/base/failure.ts';
import { type MemoryCase, memoryCase } from '../../../test/support/memory-case.ts';
import { fillSample, hostileName, namesInScripts, reportDataOf } from './fixtures/sample-case.ts';
import { buildReport, previewReport, type ReportData, reportSections } from './report.ts';

const date = '2026-03-02T10:15:00Z';

function pdftotext(pdf: Uint8Array): string {
  return execFileSync('pdftotext', ['-enc', 'UTF-8', '-', '-'], { input: pdf, maxBuffer: 1 << 28 }).toString();
}

const reader = (() => {
  try {
    execFileSync('pdftotext', ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    console.log('The texts of the report were not read back: pdftotext (poppler-utils) is not installed.');
    return false;
  }
})();

/** pdftotext marks the ends of right-to-left text; the marks are its own. Line ends stand where the page breaks lines. */
const plain = (text: string) => text.replace(/[\u202a-\u202e\u2066-\u2069]/g, '').replace(/\s+/g, ' ');

let sample: MemoryCase;
let data: ReportData;
beforeAll(async () => {
  sample = await memoryCase();
  await fillSample(sample, { apps: 24, days: 12, evidence: 24 });
  data = await reportDataOf(sample);
});
afterAll(() => sample.close());

describe('report', () => {
  it('names its sections once each, and some of them cannot be left out', () => {
    const all = reportSections();
    expect(new Set(all.map((one) => one.id)).size).toBe(all.length);
    expect(all.filter((one) => one.required).map((one) => one.id)).toEqual([
      'question',
      'acquisition',
      'refused',
      'limits',
      'evidence',
      'verify',
    ]);
  });

  it('gives the same bytes for the same case and date, and others for another date', async () => {
    const first = await buildReport(data, { date });
    const again = await buildReport(await reportDataOf(sample), { date });
    expect(Buffer.from(first.pdf).equals(Buffer.from(again.pdf))).toBe(true);
    const later = await buildReport(data, { date: '2026-03-03T10:15:00Z' });
    expect(Buffer.from(first.pdf).equals(Buffer.from(later.pdf))).toBe(false);
    expect(Buffer.from(first.pdf.subarray(0, 5)).toString()).toBe('%PDF-');
    expect(first.pages).toBeGreaterThan(6);
  });

  it('refuses to leave out what must be there, and what it does not know', async () => {
    await expect(buildReport(data, { date, omit: ['limits'] })).rejects.toThrow(Failure);
    await expect(buildReport(data, { date, omit: ['weather'] })).rejects.toThrow('no section “weather”');
    await expect(buildReport(data, { date: 'soon' })).rejects.toThrow('“soon” is not a date');
  });

  it('shows its first pages as pictures without script, link or outer reference', async () => {
    const { pages } = await buildReport(data, { date });
    const preview = await previewReport(data, { date }, 5);
    expect(preview.pages).toHaveLength(5);
    expect(preview.truncated).toBe(true);
    expect((await previewReport(data, { date }, 200)).pages).toHaveLength(pages);
    for (const { svg } of preview.pages) {
      expect(svg).toMatch(/^<svg [^>]*viewBox="0 0 595\.28 841\.89"/);
      expect(svg).not.toMatch(/<script|<foreignObject|javascript:|\son\w+=/i);
      for (const [, target] of svg.matchAll(/href="([^"]*)"/g)) expect(target).toMatch(/^(#g|data:image\/svg\+xml)/);
      for (const [, id] of svg.matchAll(/(?:href="#|url\(#)([^")]+)/g)) expect(svg).toContain(`id="${id}"`);
    }
  });
});

describe.skipIf(!reader)('report as text', () => {
  it('gives back names in five scripts, letter by letter', async () => {
    const text = plain(pdftotext((await buildReport(data, { date })).pdf));
    for (const name of namesInScripts) expect(text).toContain(name);
    expect(text).toContain('Владелец');
  });

  it('gives back exact sums, hashes and places', async () => {
    const text = plain(pdftotext((await buildReport(data, { date })).pdf));
    const grouped = (value: number) => String(value).replace(/\B(?=(\d{3})+$)/g, ' ');
    expect(text).toContain(grouped(data.totals.sent));
    expect(text).toContain(grouped(data.totals.received));
    for (const app of data.apps.filter((one) => one.events > 0)) expect(text).toContain(grouped(app.sent));
    for (const one of data.evidence) expect(text).toContain(one.sha256);
    expect(text).toContain(data.custody.head);
    expect(text).toContain('Asia/Kolkata (UTC+05:30)');
    for (const cited of data.findings.flatMap((one) => one.cited.slice(0, 3))) {
      expect(text).toContain(`${cited.evidence}, line ${cited.line}`);
    }
    expect(text).toContain('the phone’s own history counts');
    expect(text).not.toContain('Practice case');
  });

  it('says which acquisition goes on with which', async () => {
    const first = { ...data.batches[0]!, id: 1, kind: 'acquisition' as const };
    const batches = [first, { ...first, id: 2, continues: 1 }];
    const text = plain(pdftotext((await buildReport({ ...data, batches }, { date })).pdf));
    expect(text.split('goes on with acquisition 1')).toHaveLength(2);
    expect(plain(pdftotext((await buildReport(data, { date })).pdf))).not.toContain('goes on with');
  });

  it('sets text from the case as text, whatever it looks like', async () => {
    const wild = {
      ...data,
      info: { ...data.info, number: hostileName, examiner: '#panic()', notes: '$ x $ \\ #sys.inputs' },
    };
    const text = plain(pdftotext((await buildReport(wild, { date })).pdf));
    const count = text.split(hostileName).length - 1;
    expect(count).toBeGreaterThan(3);
    expect(text).toContain('#panic()');
    expect(text).toContain('$ x $ \\ #sys.inputs');
  });

  it('names what it cannot draw and what would hide or turn other letters', async () => {
    const notes = 'a😀b \u202eevil\u202c ไทย c\ud800d e\u200bf क्‍ष می‌خواهم';
    const text = plain(pdftotext((await buildReport({ ...data, info: { ...data.info, notes } }, { date })).pdf));
    expect(text).toContain('a[U+1F600]b [U+202E]evil[U+202C] [U+0E44][U+0E17][U+0E22] c[U+D800]d e[U+200B]f');
    expect(text).toContain('क्‍ष');
    // The letters come back; pdftotext sets the joiner of a right-to-left word one letter off.
    expect(text.replaceAll('\u200c', '')).toContain('میخواهم');
  });

  it('keeps very long names on the page and says where it cut them', async () => {
    const [first, ...others] = data.apps;
    const long = {
      ...first!,
      name: 'n'.repeat(9000),
      packages: Array.from({ length: 90 }, (_, n) => `com.example.one.of.many.packages${n}`),
    };
    const lines = pdftotext((await buildReport({ ...data, apps: [long, ...others] }, { date })).pdf).split('\n');
    const head = /^(Case (number|hash) |Phonehome 0|Page \d)/;
    const text = lines
      .filter((line) => !head.test(line.replace('\f', '')))
      .join('')
      .replace(/\s/g, '');
    expect(text).toContain('…[8500morecharacters]');
    expect(text).toContain('and84more,namedbelowthetable');
    for (const name of long.packages) expect(text).toContain(name);
  });

  it('leaves out sections and says so on the cover', async () => {
    const total = `Total, ${data.apps.filter((app) => app.events > 0).length} rows`;
    const whole = plain(pdftotext((await buildReport(data, { date })).pdf));
    const text = plain(pdftotext((await buildReport(data, { date, omit: ['apps', 'glossary'] })).pdf));
    expect(whole).not.toContain('Left out');
    expect(text).toContain('Left out Apps Words used in this report');
    expect(whole).toContain(total);
    expect(text).not.toContain(total);
  });

  it('says on the cover and on every page that a practice phone is one', async () => {
    const practice = { ...data, practice: true };
    const { pdf, pages } = await buildReport(practice, { date });
    const text = plain(pdftotext(pdf));
    expect(text).toContain('comes from a simulated phone');
    expect(text.split('· Practice case').length - 1).toBe(pages);
  });

  it('says of an empty case that nothing can be said', async () => {
    const empty = await memoryCase();
    const bare = { ...(await reportDataOf(empty)), custody: { lines: 0, head: '0'.repeat(64) }, notices: [] };
    const text = plain(pdftotext((await buildReport(bare, { date })).pdf));
    expect(text).toContain('The case holds no counted interval.');
    expect(text).toContain('The case holds no evidence file.');
    expect(text).toContain('Make and model not known');
    await empty.close();
  });
});
