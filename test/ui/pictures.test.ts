import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkout } from '../../main/host/checkout.ts';
import { buildSampleCase } from '../../main/host/sample-case.ts';
import { serveWindow } from '../../main/shells/web/serve-window.ts';
import type { WebServer } from '../../main/shells/web/web-server.ts';
import { chromiumPath, launchBrowser } from '../support/browser.ts';
import { temporaryFolder, testEngine, work } from '../support/engine.ts';
import { pageScript } from '../support/page-script.ts';
import { palettePng } from '../support/palette-png.ts';
import type * as pageModule from './pages/pictures-page.ts';

declare const pictures: typeof pageModule;

/** `PHONEHOME_GOLDEN=write` takes the references anew, after `npx vite build renderer`; look at them before they are kept. */
const writing = process.env.PHONEHOME_GOLDEN === 'write';
const references = join(import.meta.dirname, 'pictures');
const noteFile = join(references, 'taken-with.json');

const versionOf = (text: string) => Number(/(\d+)\.\d+/.exec(text)?.[1] ?? 0);
const ours = chromiumPath ? versionOf(execFileSync(chromiumPath, ['--version']).toString()) : 0;
const theirs = existsSync(noteFile)
  ? (JSON.parse(readFileSync(noteFile, 'utf8')) as { chromium: number }).chromium
  : null;
const fits = writing || ours === theirs;
if (chromiumPath && !fits) {
  const why =
    theirs === null
      ? 'there are no references yet'
      : `they were taken with Chromium ${theirs}, this is ${ours}: letters differ`;
  console.log(`left out: pictures of the main views (${why}; PHONEHOME_GOLDEN=write takes them anew)`);
}

const sizes = [
  { width: 1280, height: 720 },
  { width: 1920, height: 1080 },
] as const;
const themes = ['light', 'dark'] as const;

/** A block of so many pixels differs where its mean colour is off by more than so many of 255 levels. */
const SIDE = 8;
const LEVELS = 8;
/** Blocks that may differ, as a share of all: a word that comes to stand on another fraction of a pixel. */
const ALLOWED = 0.001;

interface View {
  readonly name: string;
  /** Place and query; `#/case/<id>/` stands before it, unless it begins with a slash. */
  readonly place: string;
  /** What must be there before the picture is taken. */
  ready(page: Page): Promise<unknown>;
}

const laneDrawn = (page: Page) =>
  page
    .locator('.tl-status')
    .getByText(/\d+ lanes?/)
    .waitFor();

const views: readonly View[] = [
  { name: 'cases', place: '/cases', ready: (page) => page.getByText('Sample - Xiaomi').first().waitFor() },
  { name: 'timeline-by-app', place: 'timeline', ready: laneDrawn },
  {
    name: 'timeline-by-country',
    place: 'timeline?by=country&from=20260226T000000Z&to=20260318T000000Z&a=20260228T060000Z&b=20260301T090000Z',
    ready: laneDrawn,
  },
  {
    name: 'timeline-event',
    place: 'timeline?from=20260223T000000Z&to=20260304T000000Z&event=EVENT',
    ready: async (page) => {
      await laneDrawn(page);
      await page.getByText('What this proves').first().waitFor();
    },
  },
  { name: 'destinations', place: 'destinations', ready: (page) => page.getByRole('grid').first().waitFor() },
  { name: 'apps', place: 'apps', ready: (page) => page.getByRole('grid').first().waitFor() },
  { name: 'findings', place: 'findings', ready: (page) => page.getByRole('heading').first().waitFor() },
  { name: 'evidence', place: 'evidence', ready: (page) => page.getByRole('grid').first().waitFor() },
  { name: 'report', place: 'report', ready: (page) => page.getByText(/^(more than )?\d+ pages$/).waitFor() },
];

describe.skipIf(!chromiumPath || !fits)('pictures of the main views', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let server: WebServer;
  let browser: Browser;
  let page: Page;
  let judge: Page;
  let caseId: string;
  let eventId: string;
  const failures = mkdtempSync(join(tmpdir(), 'phonehome-pictures-'));

  beforeAll(async () => {
    folder = await temporaryFolder();
    process.env.PHONEHOME_HOME = join(folder.path, 'home');
    const path = join(folder.path, 'cases', 'Sample - Xiaomi before and after.phonehome');
    await buildSampleCase(path, { version: '0.1.0', resources: checkout.resources }, work());
    const opened = await testEngine().openCase(path);
    const evening = { fromUs: Date.UTC(2026, 1, 27, 14) * 1000, toUs: Date.UTC(2026, 1, 27, 15) * 1000 };
    const { events } = await opened.events({ app: 'com.tencent.mm', kind: 'volume', ...evening }, 1, 0);
    eventId = events[0]!.id;
    await opened.close();
    server = await serveWindow({ port: 0, case: path });
    browser = await launchBrowser(['--force-color-profile=srgb', '--font-render-hinting=none', '--disable-lcd-text']);
    page = await browser.newPage({
      viewport: sizes[0],
      timezoneId: 'Asia/Kolkata',
      locale: 'en-GB',
      reducedMotion: 'reduce',
    });
    page.setDefaultTimeout(60_000);
    await page.clock.setFixedTime(new Date('2026-03-20T04:30:00Z'));
    await page.goto(server.address());
    await page.waitForURL(/#\/case\//);
    caseId = /#\/case\/([^/]+)\//.exec(page.url())![1]!;
    await page.evaluate(() => document.fonts.ready);
    judge = await browser.newPage();
    await judge.addScriptTag({
      content: await pageScript(join(import.meta.dirname, 'pages/pictures-page.ts'), 'pictures'),
    });
    if (writing) mkdirSync(references, { recursive: true });
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await folder?.[Symbol.asyncDispose]();
    if (writing) writeFileSync(noteFile, `{ "chromium": ${ours} }\n`);
  });

  /** Folder and day of this run differ from those of the next: they are shown as ones that stay. */
  const namePlain = () =>
    page.evaluate(
      ([name, today]) => {
        const day = new RegExp(`${today} \\d\\d:\\d\\d(:\\d\\d)?`, 'g');
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          const text = node.nodeValue ?? '';
          const plain = text.replaceAll(name, '/a/folder/of/cases').replace(day, '2026-03-20 04:30');
          if (plain !== text) node.nodeValue = plain;
        }
      },
      [folder.path, new Date().toISOString().slice(0, 10)] as const,
    );

  /** Taken when two in a row are the same: fonts, answers and motions have come to rest. */
  async function rested(): Promise<string> {
    await page.mouse.move(0, 0);
    let last = '';
    for (let attempt = 0; attempt < 30; attempt += 1) {
      await namePlain();
      const shot = (await page.screenshot({ animations: 'disabled', caret: 'hide' })).toString('base64');
      if (shot === last && attempt > 1) return shot;
      last = shot;
      await page.waitForTimeout(150);
    }
    throw new Error('The view did not come to rest.');
  }

  async function take(png: string, file: string): Promise<void> {
    const { width, height, palette, pixels } = await judge.evaluate((given) => pictures.paletted(given), png);
    const bytes = (text: string) => Buffer.from(text, 'base64');
    writeFileSync(file, palettePng(width, height, bytes(palette), bytes(pixels)));
  }

  /** Null, or what differs. */
  async function judged(png: string, name: string): Promise<string | null> {
    const file = join(references, `${name}.png`);
    if (!existsSync(file)) return `${name}: there is no reference`;
    const reference = readFileSync(file).toString('base64');
    const found = await judge.evaluate(([one, other, side, levels]) => pictures.compare(one, other, side, levels), [
      png,
      reference,
      SIDE,
      LEVELS,
    ] as const);
    const { width, height } = sizes.find((size) => name.includes(`${size.width}x`))!;
    const all = Math.ceil(width / SIDE) * Math.ceil(height / SIDE);
    if (found.sameSize && found.blocks.length <= all * ALLOWED) return null;
    const seen = join(failures, `${name}.png`);
    writeFileSync(seen, Buffer.from(png, 'base64'));
    if (found.marked) writeFileSync(join(failures, `${name}-difference.png`), Buffer.from(found.marked, 'base64'));
    const [worst] = found.blocks;
    const most = worst ? `, most at ${worst.x},${worst.y} by ${worst.by.toFixed(0)} levels` : '';
    return `${name}: ${found.blocks.length} of ${all} blocks differ${most}; see ${seen} and the picture of the difference beside it`;
  }

  it.each(views)('$name', async ({ name, place, ready }) => {
    const wrong: string[] = [];
    for (const theme of themes) {
      for (const size of sizes) {
        await page.setViewportSize(size);
        await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
        const address = place.startsWith('/') ? `#${place}` : `#/case/${caseId}/${place.replace('EVENT', eventId)}`;
        await page.evaluate((hash) => {
          location.hash = hash;
        }, address);
        await ready(page);
        const png = await rested();
        const picture = `${name}-${size.width}x${size.height}-${theme}`;
        if (writing) await take(png, join(references, `${picture}.png`));
        else wrong.push(...([await judged(png, picture)].filter((one) => one !== null) as string[]));
      }
    }
    expect(wrong).toEqual([]);
  });

  it('has a reference for each of its pictures and no other, in less than 6 MB', () => {
    const names = views.flatMap(({ name }) =>
      themes.flatMap((theme) => sizes.map(({ width, height }) => `${name}-${width}x${height}-${theme}.png`)),
    );
    const there = readdirSync(references).filter((name) => name.endsWith('.png'));
    expect(there.sort()).toEqual(names.sort());
    expect(there.reduce((sum, name) => sum + statSync(join(references, name)).size, 0)).toBeLessThan(6e6);
  });
});
