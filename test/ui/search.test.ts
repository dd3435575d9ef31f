import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkout } from '../../main/host/checkout.ts';
import { buildSampleCase } from '../../main/host/sample-case.ts';
import { chromiumPath } from '../support/browser.ts';
import { work } from '../support/engine.ts';
import { type WatchedWindow, watchedWindow } from '../support/watched-window.ts';

const sampleCase = async (folder: string): Promise<string> => {
  const path = join(folder, 'Sample.phonehome');
  await buildSampleCase(path, { version: 'test', resources: checkout.resources }, work());
  return path;
};

/** The search of a case, as one types, from every place of it. */
describe.skipIf(!chromiumPath)('search in the window', () => {
  let opened: WatchedWindow;
  let page: Page;
  let complaints: readonly string[];

  beforeAll(async () => {
    opened = await watchedWindow(sampleCase);
    ({ page, complaints } = opened);
    await page.getByRole('button', { name: 'Search this case' }).waitFor();
  });
  afterAll(() => opened?.close());

  const dialog = () => page.getByRole('dialog', { name: 'Search this case' });
  const box = () => dialog().getByRole('combobox');
  const option = (name: string | RegExp) => dialog().getByRole('option', { name });
  const chips = () => page.getByRole('list', { name: 'Filters in force' });
  const hash = () => page.evaluate(() => location.hash);
  const place = (name: string) => page.getByRole('link', { name, exact: true }).click();
  const closed = () => dialog().waitFor({ state: 'detached' });

  test('opens with / and with Ctrl+K at every place of the case, and closes with Escape', async () => {
    for (const name of ['Timeline', 'Destinations', 'Apps', 'Findings', 'Evidence', 'Report']) {
      await place(name);
      await page.getByRole('main', { name }).waitFor();
      for (const key of ['/', 'Control+k']) {
        await page.keyboard.press(key);
        await box().waitFor();
        expect(await box().evaluate((field) => field === document.activeElement), name).toBe(true);
        await page.keyboard.press('Escape');
        await closed();
      }
    }
  });

  test('leaves a slash that is typed into a field to the field', async () => {
    await place('Apps');
    const filter = page.getByRole('searchbox', { name: 'Filter apps' });
    await filter.fill('');
    await filter.press('/');
    expect(await filter.inputValue()).toBe('/');
    expect(await dialog().count()).toBe(0);
    await filter.fill('');
  });

  test('answers as one types, in groups, with what was found marked and what it holds', async () => {
    await place('Timeline');
    await page.keyboard.press('/');
    await box().pressSequentially('account.xia', { delay: 15 });
    const host = option(/^api\.account\.xiaomi\.com, Xiaomi · Mi Account, 2 contacts, .* sent, .* received/);
    await host.waitFor();
    await expect.poll(() => host.locator('mark').allTextContents(), { timeout: 20_000 }).toEqual(['account.xia']);
    expect(await dialog().getByRole('group', { name: 'Hosts' }).count()).toBe(1);
    await box().fill('singapore');
    await option(/^Singapore, 8 addresses, 22 contacts/).waitFor();
    const note = option(/^Notes of the case, text: /);
    await expect.poll(() => note.locator('mark').allTextContents(), { timeout: 20_000 }).toEqual(['Singapore']);
    await box().fill('nothing of the kind');
    await dialog().getByText('Nothing in this case holds all of these words.').waitFor();
    await page.keyboard.press('Escape');
    await closed();
  });

  test('opens with Enter on the timeline, filtered to what was found; back brings the view back', async () => {
    await page.keyboard.press('/');
    await box().pressSequentially('com.miui.cloudservice', { delay: 5 });
    const first = option(/com\.miui\.cloudservice/).first();
    await first.waitFor();
    await expect.poll(() => first.getAttribute('aria-selected'), { timeout: 20_000 }).toBe('true');
    expect(await box().getAttribute('aria-activedescendant')).toBe(await first.getAttribute('id'));
    await page.keyboard.press('Enter');
    await closed();
    await chips()
      .getByText(/^app: /)
      .waitFor();
    await page.getByText('1 lane', { exact: true }).waitFor();
    await page.goBack();
    await page.waitForFunction(() => !location.hash.includes('app='));
  });

  test('arrows choose, and Shift+Enter opens the table instead', async () => {
    await page.keyboard.press('/');
    await box().pressSequentially('account.xiaomi', { delay: 5 });
    await dialog().getByText('1 answer', { exact: true }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Shift+Enter');
    await closed();
    await page.getByRole('complementary', { name: 'Destination api.account.xiaomi.com' }).waitFor();
    await expect.poll(hash, { timeout: 20_000 }).toContain('by=host');
  });

  test('Enter that is pressed before the answer is there opens what the answer says', async () => {
    await place('Timeline');
    await page.keyboard.press('/');
    await page.keyboard.insertText('api.account.xiaomi');
    await page.keyboard.press('Enter');
    await closed();
    await chips().getByText('host: api.account.xiaomi.com, and who was asked for it').waitFor();
  });

  test('a press opens: an address of a network, an organisation, a country, a finding, the notes', async () => {
    await page.keyboard.press('/');
    await box().fill('47.74.0.0/16');
    await option(/^47\.74\./)
      .first()
      .click();
    await closed();
    await chips()
      .getByText(/^address: 47\.74\..*, named or not$/)
      .waitFor();
    await page.keyboard.press('/');
    await box().fill('amazon');
    await option(/^Amazon/)
      .first()
      .click();
    await chips().getByText('organisation: Amazon (of owner or operator)').waitFor();
    await page.getByText('19 contacts').first().waitFor();
    await page.keyboard.press('/');
    await box().fill('germany');
    await option(/^Germany/)
      .first()
      .click();
    await chips().getByText('in Germany').waitFor();
    await page.keyboard.press('/');
    await box().fill('simulated phone');
    await option(/^Notes of the case/).click();
    await page.getByRole('dialog', { name: 'Case details' }).getByText('Made by the program').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('/');
    await box().fill('sent at night');
    await option(/sent at night/)
      .first()
      .click();
    await page.getByRole('main', { name: 'Findings' }).waitFor();
    await expect.poll(hash, { timeout: 20_000 }).toContain('finding=f');
  });

  test('a time that is typed jumps the timeline; filters stay', async () => {
    await place('Timeline');
    await page.evaluate(() => {
      location.hash = `${location.hash.split('?')[0]}?background=1`;
    });
    await chips().getByText('background only').waitFor();
    await page.keyboard.press('/');
    await box().fill('2026-03-01 14:00');
    await option('Go to Sun 1 March 2026, 14:00:00, Asia/Kolkata').click();
    await closed();
    // 14:00 in Delhi is 08:30 of universal time.
    await expect.poll(hash, { timeout: 20_000 }).toContain('from=20260301T073000Z&to=20260301T093000Z');
    await chips().getByText('background only').waitFor();
    await page.keyboard.press('/');
    await box().fill('2026-03-02');
    await option('Go to Mon 2 March 2026, Asia/Kolkata').waitFor();
    await page.keyboard.press('Enter');
    await closed();
    await expect.poll(hash, { timeout: 20_000 }).toContain('from=20260301T183000Z&to=20260302T183000Z');
  });

  test('answers to what nobody waits for any more are not shown', async () => {
    await page.keyboard.press('/');
    await box().pressSequentially('xiaomi account', { delay: 1 });
    await option(/^Xiaomi Account/)
      .first()
      .waitFor();
    await box().fill('');
    await page.waitForTimeout(300);
    expect(await dialog().getByRole('option').count()).toBe(0);
    await page.keyboard.press('Escape');
    await closed();
  });

  test('nothing was complained of', () => expect(complaints).toEqual([]));
});
