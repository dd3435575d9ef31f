import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { checkout } from '../../main/host/checkout.ts';
import { buildSampleCase } from '../../main/host/sample-case.ts';
import { serveWindow } from '../../main/shells/web/serve-window.ts';
import { launchBrowser } from './browser.ts';
import { temporaryFolder, work } from './engine.ts';

/** The built window over the practice phone's case, in Chromium. */
export interface SampleWindow {
  readonly path: string;
  readonly browser: Browser;
  /** A page with its timeline drawn; `query` is what stands behind `?` in the address. */
  open(query: string, options?: BrowserContextOptions, before?: (page: Page) => Promise<unknown>): Promise<Page>;
  close(): Promise<void>;
}

/** Builds the sample case in a folder of its own, serves it and starts the browser. */
export async function sampleWindow(): Promise<SampleWindow> {
  const folder = await temporaryFolder();
  const path = join(folder.path, 'sample.phonehome');
  await buildSampleCase(path, { version: 'test', resources: checkout.resources }, work());
  process.env.PHONEHOME_HOME = join(folder.path, 'home');
  const server = await serveWindow({ port: 0, case: path });
  const browser = await launchBrowser();
  return {
    path,
    browser,
    async open(query, options = {}, before = async () => {}) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, ...options });
      const page = await context.newPage();
      page.setDefaultTimeout(20_000);
      await before(page);
      await page.goto(server.address());
      await drawn(page);
      if (query !== '') {
        await page.evaluate((text) => {
          location.hash = `${location.hash.split('?')[0]}?${text}`;
        }, query);
        await drawn(page);
      }
      return page;
    },
    async close() {
      await browser.close();
      await server.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** Waits until the timeline of a page is drawn from its finest answer and rests: a window settles a quarter of a second after its last move. */
export async function drawn(page: Page): Promise<void> {
  await page.waitForTimeout(500);
  await page.locator('.tl-lanes[data-state="fresh"]').waitFor();
}
