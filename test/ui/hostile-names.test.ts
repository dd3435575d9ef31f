import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PracticeBridge } from '../../main/host/adapters/practice-bridge.ts';
import { createPracticePhone, createWorld, hostileNames, hostilePhone } from '../../main/practice/index.ts';
import { serveWindow } from '../../main/shells/web/serve-window.ts';
import type { WebServer } from '../../main/shells/web/web-server.ts';
import { emptyCaseInfo } from '../../shared/types/case.ts';
import { chromiumPath, launchBrowser } from '../support/browser.ts';
import { temporaryFolder, testEngine, work } from '../support/engine.ts';

/** A phone whose model, users, apps, labels and networks are called like pieces of a page, in the window that shows them. */
describe.skipIf(!chromiumPath)('a phone with names that are scripts, in the window', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let server: WebServer;
  let browser: Browser;
  let page: Page;
  const happened: string[] = [];

  beforeAll(async () => {
    folder = await temporaryFolder();
    let ticks = Date.UTC(2026, 2, 14, 9, 30) * 1000;
    const now = () => (ticks += 1500);
    const world = createWorld({ seed: 9, android: 13, maker: 'xiaomi', nowUs: ticks, days: 3 });
    const phone = hostilePhone(createPracticePhone(world, { nowUs: now }), { names: true });
    const engine = testEngine(new PracticeBridge([phone], { now }), now);
    const open = await engine.createCase(join(folder.path, 'case'), { ...emptyCaseInfo, notes: hostileNames.page });
    await open.acquire({ serial: null, profile: 'full' }, work());
    await open.close();
    process.env.PHONEHOME_HOME = join(folder.path, 'home');
    server = await serveWindow({ port: 0, case: join(folder.path, 'case') });
    browser = await launchBrowser();
    page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
    page.setDefaultTimeout(20_000);
    page.on('dialog', (dialog) => {
      happened.push(`a dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('pageerror', (error) => happened.push(`an error: ${error.message}`));
    page.on('request', (request) => {
      if (/\/x$/.test(request.url())) happened.push(`a request: ${request.url()}`);
    });
    page.on('console', (message) => {
      if (message.type() === 'error' && /Content Security Policy/i.test(message.text())) happened.push(message.text());
    });
    await page.goto(server.address());
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await folder?.[Symbol.asyncDispose]();
  });

  test('runs nothing, loads nothing and stands there as text', async () => {
    await page.getByRole('link', { name: 'Apps', exact: true }).waitFor();
    const places = await page.getByRole('navigation').first().getByRole('link').allInnerTexts();
    expect(places.length).toBeGreaterThan(4);
    let seen = '';
    for (const name of places.map((one) => one.trim()).filter((one) => one !== '')) {
      await page.getByRole('navigation').first().getByRole('link', { name, exact: true }).click();
      await page.waitForLoadState('networkidle');
      await page.waitForTimeout(500);
      seen += await page.evaluate(() => document.body.textContent);
      const planted = await page.evaluate(() => document.querySelectorAll('img[src="x"], [onerror]').length);
      expect(planted, name).toBe(0);
      // A million letters do not make a page that is wider than the window.
      expect(await page.evaluate(() => document.documentElement.scrollWidth), name).toBeLessThanOrEqual(1280);
    }
    expect(seen).toContain('<img src=x onerror=alert(1)>');
    expect(happened).toEqual([]);
  });
});
