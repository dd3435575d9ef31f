import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AdbDevice, startAdbDevice } from '../../main/practice/adb/device.ts';
import { createPracticePhone, createWorld } from '../../main/practice/index.ts';
import { serveWindow } from '../../main/shells/web/serve-window.ts';
import type { WebServer } from '../../main/shells/web/web-server.ts';
import { type AdbServer, realAdb, sayIfLeftOut, startAdbServer } from '../pipeline/phone/adb-harness.ts';
import { chromiumPath, launchBrowser } from '../support/browser.ts';
import { temporaryFolder } from '../support/engine.ts';
import { watchedPage } from '../support/watched-page.ts';

sayIfLeftOut('a phone watched live in the window');

/** What an examiner sees who watches a phone in use: real adb, real engine in its own process, real browser. */
describe.skipIf(!chromiumPath || !realAdb)('a phone watched live in the window', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let adb: AdbServer;
  let device: AdbDevice;
  let server: WebServer;
  let browser: Browser;
  let page: Page;
  let complaints: readonly string[];

  beforeAll(async () => {
    folder = await temporaryFolder();
    adb = await startAdbServer();
    process.env.ANDROID_ADB_SERVER_PORT = String(adb.port);
    process.env.PHONEHOME_HOME = join(folder.path, 'home');
    server = await serveWindow({ port: 0, case: null });
    browser = await launchBrowser();
    ({ page, complaints } = await watchedPage(browser, server.address()));
    await page.getByRole('button', { name: 'New case' }).click();
    const dialog = page.getByRole('dialog', { name: 'New case' });
    await dialog.getByLabel('Name', { exact: true }).fill('live');
    await dialog.getByRole('button', { name: 'Create the case' }).click();
    await page.getByRole('link', { name: 'Phone', exact: true }).click();
    const nowUs = Date.now() * 1000;
    const world = createWorld({ seed: 21, android: 14, maker: 'samsung', nowUs, days: 4 });
    const phone = createPracticePhone(world, { nowUs: () => Date.now() * 1000, running: true });
    device = await startAdbDevice(phone, { port: 0, host: '127.0.0.1' });
    await adb.adb('connect', device.serial);
    await page.getByText(device.serial).first().waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await device?.close();
    await adb?.close();
    await folder?.[Symbol.asyncDispose]();
  });

  const textOf = async (locator: Locator) => (await locator.textContent()) ?? '';
  const panel = () => page.getByRole('region', { name: 'Live acquisition' });
  const figure = async (name: RegExp) => {
    const text = await textOf(panel().locator('.live-figure', { hasText: name }).locator('dd'));
    return Number(text.replace(/\D/g, ''));
  };
  const custody = async (): Promise<Record<string, unknown>[]> =>
    (await readFile(join(folder.path, 'home/cases/live.phonehome/custody.jsonl'), 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
  const query = () => new URLSearchParams(new URL(page.url()).hash.split('?')[1] ?? '');
  /** The end of the window as its field says it: sorts as time does. */
  const windowEnd = () => page.getByRole('textbox', { name: /^To, time/ }).inputValue();

  test('the panel counts looks and connections while they come', async () => {
    await page.getByText('Live', { exact: true }).click();
    const start = page.getByRole('button', { name: 'Acquire', exact: true });
    await expect.poll(() => start.isEnabled(), { timeout: 20_000 }).toBe(true);
    await start.click();
    await panel().getByText('Watching').waitFor();
    await expect.poll(() => figure(/^\s*look/), { timeout: 20_000 }).toBeGreaterThan(3);
    await expect.poll(() => figure(/connections open/)).toBeGreaterThan(0);
    await panel().getByText('The phone answered every time so far.').waitFor();
  });

  test('a page that was loaded anew shows it too', async () => {
    await page.reload();
    await panel().getByText('Watching').waitFor();
    await expect.poll(() => figure(/^\s*look/), { timeout: 20_000 }).toBeGreaterThan(5);
  });

  test('a cable pulled is said with what to do, and is a gap by its ends when the phone is back', async () => {
    device.unplug();
    await panel().getByText('Waiting for the phone').waitFor();
    await panel().getByRole('alert').filter({ hasText: 'Plug the cable in again' }).waitFor();
    expect(await textOf(panel().locator('.live-figure', { hasText: 'connections open' }).locator('dd'))).toBe('–');
    device.plugIn();
    await adb.adb('connect', device.serial);
    await panel()
      .getByText(/No answers from \d\d:\d\d:\d\d to \d\d:\d\d:\d\d \(/)
      .waitFor();
    await panel().getByText('Watching', { exact: true }).waitFor();
  });

  test('the timeline follows, and stays once a hand has moved it', async () => {
    await panel().getByRole('button', { name: 'Watch it in the timeline' }).click();
    const toggle = page.getByRole('switch', { name: /Follow/ });
    await expect.poll(() => toggle.isChecked()).toBe(true);
    expect(query().get('follow')).toBe('5m');
    await page.locator('label', { hasText: /^1 min$/ }).click();
    await expect.poll(() => query().get('follow')).toBe('1m');
    const before = await windowEnd();
    await expect.poll(windowEnd, { timeout: 20_000 }).not.toBe(before);
    expect((await windowEnd()) > before).toBe(true);
    const host = (await page.locator('.tl-host').boundingBox())!;
    const y = host.y + host.height - 60;
    await page.mouse.move(host.x + 800, y);
    await page.mouse.down();
    await page.mouse.move(host.x + 900, y, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => toggle.isChecked()).toBe(false);
    await expect.poll(() => query().get('from')).not.toBeNull();
    expect(query().get('follow')).toBeNull();
    const moved = page.url();
    const looks = await textOf(panel());
    await expect.poll(() => textOf(panel()), { timeout: 20_000 }).not.toBe(looks);
    expect(page.url()).toBe(moved);
    await page.locator('.tl-host').focus();
    await page.keyboard.press('f');
    await expect.poll(() => toggle.isChecked()).toBe(true);
    expect(query().get('follow')).toBe('1m');
    await page.keyboard.press('f');
    await expect.poll(() => toggle.isChecked()).toBe(false);
  });

  test('contacts are heard, reached with the keyboard, and open down to the kernel’s line', async () => {
    await page.locator('.tl-host').focus();
    const summary = page.getByRole('status').filter({ hasText: /\d+ contacts? in \d+ lanes?: / });
    await expect.poll(() => summary.count(), { timeout: 20_000 }).toBeGreaterThan(0);
    // From lane to lane until one has contacts.
    const said = page.getByRole('status').filter({ hasText: /: contact with / });
    for (let lane = 0; lane < 12 && (await said.count()) === 0; lane += 1) {
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('c');
    }
    expect(await textOf(said)).toMatch(/: contact with .+:\d+, seen /);
    await page.keyboard.press('Enter');
    const event = page.getByRole('complementary', { name: 'Event' });
    await event.getByText('Contact with an address').waitFor();
    await event.getByText('not told: looks at connections count none').waitFor();
    const fact = (name: string) =>
      textOf(
        event
          .locator('dt')
          .filter({ hasText: new RegExp(`^${name}$`) })
          .locator('+ dd'),
      );
    expect(['yes', 'no']).toContain((await fact('Open at the first look')).split(':')[0]);
    const ip = await fact('Address');
    const port = Number.parseInt(await fact('Port, protocol'), 10);
    // The line of the kernel names the port.
    expect(ip).toMatch(/^[\d.]+$|^[0-9a-f:]+$/);
    expect(await textOf(event.locator('.raw-hit'))).toContain(`:${port.toString(16).toUpperCase().padStart(4, '0')} `);
    // It depends on the moment whether the segment that holds the line is still being written.
    expect(await fact('SHA-256')).toMatch(/^([0-9a-f\s]{64,}|not known yet: the evidence is still being written$)/);
    await page.keyboard.press('Escape');
  });

  test('its end is asked for once, is no failure, and leaves all that was seen', async () => {
    await page.getByRole('link', { name: /^Phone/ }).click();
    await panel().getByRole('button', { name: 'End the live acquisition' }).click();
    const dialog = page.getByRole('dialog', { name: 'End the live acquisition?' });
    await dialog.getByText('This is how a live acquisition is completed, not a failure.', { exact: false }).waitFor();
    await dialog.getByRole('button', { name: 'Go on watching' }).click();
    await panel().getByText('Watching', { exact: true }).waitFor();
    await panel().getByRole('button', { name: 'End the live acquisition' }).click();
    await dialog.getByRole('button', { name: 'End the live acquisition' }).click();
    await expect
      .poll(async () => (await custody()).findLast(({ action }) => action === 'batch.finished')?.state, {
        timeout: 30_000,
      })
      .toBe('complete');
    await page.getByRole('link', { name: 'Timeline', exact: true }).click();
    const summary = page.getByRole('status').filter({ hasText: /\d+ contacts? in \d+ lanes?: / });
    await expect.poll(() => summary.count(), { timeout: 20_000 }).toBeGreaterThan(0);
    await expect.poll(() => page.getByRole('switch', { name: /Follow/ }).count()).toBe(0);
    expect(complaints).toEqual([]);
  });
});
