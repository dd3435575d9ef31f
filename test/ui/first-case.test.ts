import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AdbDevice, startAdbDevice } from '../../main/practice/adb/device.ts';
import { createPracticePhone, createWorld, type World } from '../../main/practice/index.ts';
import { serveWindow } from '../../main/shells/web/serve-window.ts';
import type { WebServer } from '../../main/shells/web/web-server.ts';
import { humanBytes } from '../../shared/base/bytes.ts';
import { type AdbServer, realAdb, sayIfLeftOut, startAdbServer } from '../pipeline/phone/adb-harness.ts';
import { chromiumPath, launchBrowser } from '../support/browser.ts';
import { temporaryFolder } from '../support/engine.ts';
import { watchedPage } from '../support/watched-page.ts';

sayIfLeftOut('the first case in the window');

/** The whole first case, as a new examiner does it: real adb, real engine in its own process, real browser. */
describe.skipIf(!chromiumPath || !realAdb)('the first case in the window', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let adb: AdbServer;
  let device: AdbDevice;
  let server: WebServer;
  let browser: Browser;
  let page: Page;
  let world: World;
  let complaints: readonly string[];

  beforeAll(async () => {
    folder = await temporaryFolder();
    adb = await startAdbServer();
    process.env.ANDROID_ADB_SERVER_PORT = String(adb.port);
    process.env.PHONEHOME_HOME = join(folder.path, 'home');
    server = await serveWindow({ port: 0, case: null });
    browser = await launchBrowser();
    ({ page, complaints } = await watchedPage(browser, server.address()));
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await device?.close();
    await adb?.close();
    await folder?.[Symbol.asyncDispose]();
  });

  const place = (name: string) => page.getByRole('link', { name, exact: true });

  test('a new case is made', async () => {
    await page.getByRole('button', { name: 'New case' }).click();
    const dialog = page.getByRole('dialog', { name: 'New case' });
    await dialog.getByLabel('Name', { exact: true }).fill('first');
    await dialog.getByLabel('Case number').fill('17/26');
    await dialog.getByLabel('Examiner').fill('A. Examiner');
    await dialog.getByRole('button', { name: 'Create the case' }).click();
    await page.getByText('17/26').first().waitFor();
  });

  test('the phone appears when it is plugged in', async () => {
    await place('Phone').click();
    await page
      .getByText(/no phone/i)
      .first()
      .waitFor();
    world = createWorld({ seed: 11, android: 14, maker: 'xiaomi', nowUs: Date.now() * 1000, days: 20 });
    const phone = createPracticePhone(world);
    device = await startAdbDevice(phone, { port: 0, host: '127.0.0.1' });
    await adb.adb('connect', device.serial);
    await page.getByText(device.serial).first().waitFor();
  });

  test('it is acquired, every step shown with its state', async () => {
    await page
      .getByRole('button', { name: /^Acquire/ })
      .first()
      .click();
    const log = join(folder.path, 'home/cases/first.phonehome/custody.jsonl');
    await expect.poll(() => readFile(log, 'utf8'), { timeout: 30_000 }).toContain('"batch.finished"');
    const finished = (await readFile(log, 'utf8')).split('\n').find((line) => line.includes('"batch.finished"'))!;
    expect(JSON.parse(finished)).toMatchObject({ state: 'complete', missing: [] });
    await page.getByText('Bytes per app and network').first().waitFor();
    await page
      .getByText(/Phone, Android and build/)
      .first()
      .waitFor();
  });

  test('the timeline shows what the phone knows of itself', async () => {
    await place('Timeline').click();
    const { sent, received } = world.totals();
    await page.getByText(humanBytes(sent)).first().waitFor();
    await page.getByText(humanBytes(received)).first().waitFor();
  });

  test('it zooms, keeps the view in its address, and goes back', async () => {
    const before = page.url();
    const lanes = page.getByRole('application').first();
    const box = (await lanes.boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.6, box.y + box.height * 0.5);
    for (let n = 0; n < 6; n += 1) await page.mouse.wheel(0, -240);
    await expect.poll(() => page.url()).not.toBe(before);
    const zoomed = page.url();
    expect(zoomed).toMatch(/from=.*to=/);
    await page.goBack();
    await expect.poll(() => page.url()).not.toBe(zoomed);
  });

  test('an interval opens, down to its raw line in the evidence', async () => {
    await page.getByRole('application').first().focus();
    await page.keyboard.press('.');
    await page.keyboard.press('Enter');
    const panel = page
      .getByRole('complementary')
      .or(page.getByRole('dialog'))
      .filter({ hasText: 'does not prove' })
      .first();
    await panel.waitFor();
    const text = (await panel.textContent()) ?? '';
    expect(text).toMatch(/st=\d+ rb=\d+ rp=\d+ tb=\d+/);
    const hash = /SHA-256([0-9a-f]{64})/.exec(text)?.[1];
    const names = await readdir(join(folder.path, 'home/cases/first.phonehome/evidence'));
    expect(names).toContain(hash);
    await page.keyboard.press('Escape');
  });

  test('the apps stand in a table with their totals', async () => {
    await place('Apps').click();
    const top = Object.entries(world.totals().byUid).sort((a, b) => b[1].sent - a[1].sent)[0]!;
    await page
      .getByRole('row')
      .filter({ hasText: humanBytes(top[1].sent) })
      .first()
      .waitFor();
  });

  test('the report is written, and the case verifies', async () => {
    await place('Report').click();
    await page.getByRole('button', { name: /write/i }).first().click();
    const path = join(folder.path, 'home/cases/first.phonehome/reports/report-1.pdf');
    await expect
      .poll(
        () =>
          readFile(path).then(
            (bytes) => bytes.subarray(0, 5).toString(),
            () => '',
          ),
        { timeout: 20_000 },
      )
      .toBe('%PDF-');
    const sha256 = createHash('sha256')
      .update(await readFile(path))
      .digest('hex');
    await page.getByText(sha256).first().waitFor();
    await place('Evidence').click();
    await page
      .getByRole('button', { name: /verify/i })
      .first()
      .click();
    await page
      .getByText(/^Verified/)
      .first()
      .waitFor();
  });

  test('nothing complained', () => {
    expect(complaints).toEqual([]);
  });
});
