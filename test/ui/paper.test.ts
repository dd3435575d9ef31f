import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lettersOf } from '../../main/engine/report/drawing/letters.ts';
import { paperChoice } from '../../main/engine/report/drawing/timeline-drawing.ts';
import { fillSample, reportDataOf } from '../../main/engine/report/fixtures/sample-case.ts';
import { readPictureFonts } from '../../main/engine/report/fonts.ts';
import { buildReport, type ReportData, reportSections } from '../../main/engine/report/report.ts';
import type { ReportPlot } from '../../main/engine/report/report-data.ts';
import { DAY } from '../../shared/base/time.ts';
import { svgOf } from '../../shared/timeline/paint-svg.ts';
import { staticView } from '../../shared/timeline/static-view.ts';
import { lightTheme } from '../../shared/timeline/themes.ts';
import { type ViewPicture, viewScene } from '../../shared/timeline/view-scene.ts';
import type { ContextMark } from '../../shared/types/timeline.ts';
import { chromiumPath, launchBrowser } from '../support/browser.ts';
import { memoryCase } from '../support/memory-case.ts';
import { pageScript } from '../support/page-script.ts';
import type { Part } from './pages/compare.ts';
import type * as pageModule from './pages/paper-page.ts';
import type { Compared, Comparison } from './pages/paper-page.ts';

declare const paper: typeof pageModule;

const root = join(import.meta.dirname, '../..');
const poppler = (() => {
  try {
    execFileSync('pdftoppm', ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    console.log(
      'left out: the picture in the PDF beside that of the screen (pdftoppm of poppler-utils is not installed)',
    );
    return false;
  }
})();

/** Device pixels of a CSS pixel, and the room of the scroll bar, which paper has not. */
const DPR = 2;
const GUTTER = 12;
/** The page is painted so many times finer than it is compared. */
const FINER = 2;
/** The page, its left margin and the picture on it, millimetres. */
const MARGIN = 18;
const PICTURE = 174;
const MM_OF_INCH = 25.4;

/** The window's own letters, without the window. */
function fontFace(part: 'latin' | 'cyrillic', name: string): string {
  const folder = join(root, 'node_modules/@fontsource-variable/inter');
  const ranges = JSON.parse(readFileSync(join(folder, 'unicode.json'), 'utf8')) as Record<string, string>;
  const bytes = readFileSync(join(folder, `files/inter-${part}-wght-normal.woff2`)).toString('base64');
  return `@font-face { font-family: "${name}"; src: url(data:font/woff2;base64,${bytes}); font-weight: 100 900; unicode-range: ${ranges[part]}; }`;
}

/** The same answers with every other sign that a view can have: contacts of all kinds, look-ups, networks, the screen. */
function withSigns({ overview, lanes }: ReportPlot): ReportPlot {
  const { fromUs, toUs } = overview;
  const at = (day: number) => Math.round(fromUs + day * DAY);
  const watched = { source: 'live sockets', fromUs: at(2), toUs: at(22), evidence: 'E1' };
  const mark = (kind: ContextMark['kind'], from: number, to: number, name: string): ContextMark => ({
    kind,
    fromUs: at(from),
    toUs: at(to),
    name,
    detail: kind === 'network' ? 'Wi-Fi' : null,
    evidence: null,
  });
  const signs = [
    mark('network', 1, 6, 'Heimnetz 5G & Gäste'),
    mark('network', 6.5, 20, 'Büro'),
    mark('screen', 3, 3.4, 'on'),
    mark('screen', 9, 9.5, 'on'),
    mark('install', 12, 12, 'Chat'),
    mark('permission', 14, 14, 'Camera'),
  ];
  const contacts = {
    from: [3, 4, 4.1, 6, 11, 15, 15.05, 15.1].map(at),
    to: [3, 4, 9, 6.02, 18, 15, 15.05, 16].map(at),
    count: [1, 12, 1, 3, 1, 1, 1, 1],
    first: ['c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7', 'c8'],
    peer: [null, null, null, null, null, null, null, null],
    country: ['DE', null, 'SG', null, 'CN', 'US', null, null],
    open: [0, 0, 1, 0, 3, 0, 0, 2],
  };
  const lookUps = {
    at: [2.5, 2.6, 7, 7.001].map(at),
    count: [1, 1, 1, 4],
    first: ['d1', 'd2', 'd3', 'd4'],
    name: [null, null, null, null],
  };
  return {
    overview: {
      ...overview,
      toUs,
      coverage: [...overview.coverage, watched],
      context: [...overview.context, ...signs].sort((a, b) => a.fromUs - b.fromUs),
    },
    lanes: { ...lanes, lanes: lanes.lanes.map((lane, n) => (n % 3 === 2 ? lane : { ...lane, contacts, lookUps })) },
  };
}

describe.skipIf(!chromiumPath || !poppler)('the picture on paper', () => {
  let browser: Browser;
  let page: Page;
  let data: ReportData;
  let picture: ViewPicture;
  let canvas: string;
  const folder = mkdtempSync(join(tmpdir(), 'phonehome-paper-'));

  beforeAll(async () => {
    const sample = await memoryCase();
    await fillSample(sample, { apps: 24, days: 24, evidence: 24 });
    const read = await reportDataOf(sample);
    data = { ...read, plot: withSigns(read.plot!) };
    await sample.close();
    const letters = lettersOf(readPictureFonts(join(root, 'resources')), new Set());
    picture = staticView(data.plot!.overview, data.plot!.lanes, paperChoice(data.zone, letters));
    browser = await launchBrowser();
    const { width, height } = picture.frame;
    const viewport = { width: width + GUTTER, height };
    page = await browser.newPage({ viewport, deviceScaleFactor: DPR });
    const face = (['latin', 'cyrillic'] as const).flatMap((part) =>
      ['Inter', 'Inter Variable'].map((name) => fontFace(part, name)),
    );
    await page.setContent('<!doctype html><html data-theme="light"><body style="margin: 0"></body></html>');
    await page.addStyleTag({
      content: `${face.join('\n')}\n${readFileSync(join(root, 'renderer/styles/tokens.css'), 'utf8')}`,
    });
    await page.addScriptTag({ content: await pageScript(join(import.meta.dirname, 'pages/paper-page.ts'), 'paper') });
    const { zone, ...look } = paperChoice(data.zone, letters).look;
    await page.evaluate((given) => paper.showInstrument(given), {
      overview: data.plot!.overview,
      lanes: data.plot!.lanes,
      look,
      zone: zone.name,
    });
    canvas = await shot();
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const shot = async () => {
    const { width, height } = picture.frame;
    return (await page.screenshot({ clip: { x: 0, y: 0, width, height } })).toString('base64');
  };

  /** Compared at the screen's device pixels, in blocks of 8 CSS pixels. */
  const compare = (other: Compared): Promise<Comparison> => {
    const { frame } = picture;
    const device = (value: number) => Math.round(value * DPR);
    const { x, y, width, height } = frame.lanes;
    const asked = {
      size: { width: device(frame.width), height: device(frame.height) },
      side: 8 * DPR,
      most: 14,
      levels: 12,
      lanes: { x: device(x), y: device(y), width: device(width), height: device(height) },
    };
    return page.evaluate(([one, two, all]) => paper.compare(one, two, all), [{ png: canvas }, other, asked] as const);
  };

  it('is measured as the window measures', async () => {
    const letters = lettersOf(readPictureFonts(join(root, 'resources')), new Set());
    const texts = ['Whole span, unfiltered', '↑ 95.1 MB', '19.4 MB/h', 'Google Play services', 'Мобильный банк'];
    const fonts = [400, 500, 600].map((weight) => `${weight} 12px "Inter"`);
    const theirs = await page.evaluate(([all, faces]) => paper.widthsOf(all, faces), [texts, fonts] as const);
    const own = fonts.flatMap((font) => texts.map((text) => letters.measure(text, font)));
    // Kerning is in theirs alone.
    for (const [n, width] of own.entries()) expect(Math.abs(width / theirs[n]! - 1)).toBeLessThan(0.04);
  });

  it('is that of the screen as SVG', async () => {
    const { width, height } = picture.frame;
    const svg = svgOf(viewScene(picture), { width, height, dpr: DPR });
    await page.evaluate((text) => paper.showSvg(text), svg);
    const found = await compare({ png: await shot() });
    expect(found.steady.checked).toBeGreaterThan(1_000_000);
    expect(found.steady.wrong, JSON.stringify(found.steady.worst)).toBe(0);
    expect(found.blocks).toEqual([]);
    expect(found.mean).toBeLessThan(0.3);
  });

  it('is that of the screen in the PDF, bars to half a CSS pixel', async () => {
    const { png, part } = await pageOfPdf();
    const found = await compare({ png, part });
    expect(found.lanes.checked).toBeGreaterThan(400_000);
    expect(found.lanes.wrong, JSON.stringify(found.lanes.worst)).toBe(0);
    // Letters are drawn by another program: a few of their thickest strokes lie off by more than a device pixel.
    expect(found.steady.wrong / found.steady.checked).toBeLessThan(0.0003);
    expect(found.blocks).toEqual([]);
    expect(found.mean).toBeLessThan(5);

    // The same comparison of a picture that lies off by one CSS pixel.
    const off = await compare({ png, part: { ...part, x: part.x + DPR * FINER } });
    expect(off.lanes.wrong).toBeGreaterThan(1000);
  });

  /** The page of the report that the picture stands on, and where on it, in its own pixels. */
  async function pageOfPdf(): Promise<{ png: string; part: Part }> {
    const omit = reportSections()
      .filter((one) => !one.required && one.id !== 'timeline')
      .map((one) => one.id);
    const { pdf } = await buildReport(data, { date: '2026-03-02', omit });
    const file = join(folder, 'report.pdf');
    writeFileSync(file, pdf);
    const pages = execFileSync('pdftotext', [file, '-']).toString().split('\f');
    const number = String(pages.findIndex((one) => one.includes('Whole span, unfiltered')) + 1);
    const width = picture.frame.width * DPR * FINER;
    const dpi = (width * MM_OF_INCH) / PICTURE;
    const out = join(folder, 'page');
    const asked = ['-f', number, '-l', number, '-r', String(dpi), '-png', '-singlefile', file, out];
    execFileSync('pdftoppm', asked);
    const png = readFileSync(`${out}.png`).toString('base64');
    const x = (MARGIN / MM_OF_INCH) * dpi;
    const seek = [png, Math.round(x) + 8, lightTheme.groundLabel] as const;
    const y = await page.evaluate(([given, at, colour]) => paper.topOf(given, at, colour), seek);
    return { png, part: { x, y, width, height: picture.frame.height * DPR * FINER } };
  }
});
