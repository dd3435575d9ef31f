import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSvg } from '../../shared/timeline/read-svg.ts';
import type { FindingView } from '../../shared/types/finding.ts';
import { chromiumPath } from '../support/browser.ts';
import { testEngine } from '../support/engine.ts';
import { netstatsText } from '../support/small-dump.ts';
import { caseOfFile, type WatchedWindow, watchedWindow } from '../support/watched-window.ts';

if (!chromiumPath) console.log('Left out: findings in the window, because no Chromium was found.');

/** From a stretch of the timeline to a finding in the case: made, seen, decided of, and there again. */
describe.skipIf(!chromiumPath)('findings in the window', () => {
  let opened: WatchedWindow;
  let page: Page;
  let complaints: readonly string[];

  beforeAll(async () => {
    opened = await watchedWindow(caseOfFile('netstats.txt', netstatsText({ uid: 10_100, buckets: 120 })));
    ({ page, complaints } = opened);
    await page.getByRole('link', { name: 'Timeline', exact: true }).click();
  });
  afterAll(() => opened?.close());

  const dialog = (name: string) => page.getByRole('dialog', { name });
  const place = (name: string) => page.getByRole('link', { name, exact: true });
  const card = (title: string) => page.getByRole('article', { name: title });
  const press = (of: ReturnType<typeof card>, name: string) => of.getByRole('button', { name, exact: true }).click();

  /** The findings of the case on the disk, by an engine of its own. */
  async function kept(): Promise<FindingView[]> {
    const open = await testEngine().openCase(opened.path);
    const findings = await open.findings();
    await open.close();
    return findings;
  }

  test('a stretch that is selected with shift and a drag becomes a finding, with what the dialog showed', async () => {
    await page.getByText('uid 10100').first().waitFor({ state: 'attached' });
    const host = (await page.locator('.tl-host').boundingBox())!;
    const y = host.y + host.height * 0.6;
    await page.mouse.move(host.x + host.width * 0.5, y);
    await page.keyboard.down('Shift');
    await page.mouse.down();
    await page.mouse.move(host.x + host.width * 0.7, y, { steps: 6 });
    await page.mouse.up();
    await page.keyboard.up('Shift');
    await page.getByRole('region', { name: 'Selection' }).getByRole('button', { name: 'Make a finding' }).click();
    const asked = dialog('Make a finding');
    const rows = asked.getByRole('region', { name: 'Events that are cited' }).getByRole('row');
    await expect.poll(() => rows.count()).toBe(11);
    const told = ((await rows.nth(1).textContent()) ?? '').replaceAll(/\s+/g, ' ');
    await asked.getByRole('button', { name: 'Make the finding' }).click();
    await asked.getByText('A finding needs a title.').waitFor();
    await asked.getByLabel('Title').fill('Steady — “every two hours”');
    await asked.getByLabel('Text').fill('The same amount each time.\n\nWhat it held is not known.');
    const picture = asked.getByRole('img', { name: 'The timeline as it is kept with the finding' });
    await picture.getByText('uid 10100').first().waitFor({ state: 'attached' });
    await asked.getByRole('button', { name: 'Make the finding' }).click();
    await page.getByText('Finding M1 was made').waitFor();

    const [finding] = await kept();
    expect(finding).toMatchObject({ key: 'm1', title: 'Steady — “every two hours”', state: 'accepted' });
    const { selection } = finding!.window!;
    expect(finding!.totals).toMatchObject({ fromUs: selection!.fromUs, toUs: selection!.toUs });
    expect(finding!.totals!.events).toBeGreaterThan(15);
    expect(finding!.cited).toHaveLength(10);
    expect(told).toContain(`E1, line ${finding!.cited[0]!.line}`);
    const [file] = await readdir(join(opened.path, 'findings'));
    const svg = await readFile(join(opened.path, 'findings', file!), 'utf8');
    const words = readSvg(svg)!.texts.map(({ text }) => text);
    expect(words.join(' ')).toContain('uid 10100');
  });

  test('it stands in Findings with its picture, sums and events, and after the window is loaded anew', async () => {
    await place('Findings').click();
    for (const look of ['first', 'again']) {
      const mine = card('Steady — “every two hours”');
      await mine.getByText('What it held is not known.').waitFor();
      const picture = mine.getByRole('img');
      await picture.getByText('uid 10100').first().waitFor({ state: 'attached' });
      // Its patterns are its own, on a page with several pictures.
      expect(await picture.evaluate((shown) => shown.querySelectorAll('[id]').length)).toBeGreaterThan(0);
      expect(await mine.getByRole('row').count()).toBe(11);
      if (look === 'first') await page.reload();
    }
    await card('Steady — “every two hours”')
      .getByRole('button', { name: /^Event v\d+, E1, line/ })
      .first()
      .click();
    await page.getByRole('complementary', { name: 'Event' }).getByRole('button', { name: 'Close panel' }).click();
  });

  test('it leads back to its view, selection and all', async () => {
    await press(card('Steady — “every two hours”'), 'Show in timeline');
    await page.getByRole('region', { name: 'Selection' }).waitFor();
    const [finding] = await kept();
    const selected = (await page.getByRole('region', { name: 'Selection' }).textContent()) ?? '';
    expect(selected.replaceAll(/\s/g, ' ')).toContain(
      `${finding!.totals!.events} events in 1 lane`.replace(/1 lane$/, ''),
    );
    await page.goBack();
    await card('Steady — “every two hours”').waitFor();
  });

  test('its words are changed, it is withdrawn with a reason and opened again; all of it is in the custody log', async () => {
    await press(card('Steady — “every two hours”'), 'Change words');
    await dialog('Change the words of the finding').getByLabel('Title').fill('Steady');
    await press(dialog('Change the words of the finding'), 'Keep');
    await press(card('Steady'), 'Withdraw');
    await press(dialog('Withdraw the finding'), 'Withdraw');
    await dialog('Withdraw the finding').getByText('A reason is needed.').waitFor();
    await dialog('Withdraw the finding').getByLabel('Reason').fill('The clock stood wrong.');
    await press(dialog('Withdraw the finding'), 'Withdraw');
    await card('Steady').getByText('withdrawn', { exact: true }).waitFor();
    await card('Steady').getByText('The clock stood wrong.').waitFor();
    expect((await kept())[0]).toMatchObject({ state: 'withdrawn', decision: { reason: 'The clock stood wrong.' } });
    await press(card('Steady'), 'Open again');
    await press(dialog('Open the finding again'), 'Open again');
    await press(card('Steady'), 'Accept');
    await press(dialog('Accept the finding'), 'Accept');
    await card('Steady').getByText('accepted', { exact: true }).waitFor();
    const log = await readFile(join(opened.path, 'custody.jsonl'), 'utf8');
    expect(log.match(/"finding\.(?:made|changed|decided)"/g)).toHaveLength(5);
  });

  test('another is made from the keyboard alone, of the whole window, and put before the first', async () => {
    await place('Timeline').click();
    await page.getByText('uid 10100').first().waitFor({ state: 'attached' });
    await page.locator('.tl-host').focus();
    await page.keyboard.press('Escape');
    await page.keyboard.press('m');
    await dialog('Make a finding').waitFor();
    await page.keyboard.type('By keys');
    await page.keyboard.press('Enter');
    await page.getByText('Finding M2 was made').waitFor();
    expect((await kept()).find(({ key }) => key === 'm2')?.window?.selection).toBe(null);
    await place('Findings').click();
    await card('By keys').getByRole('button', { name: 'Move up' }).press('Enter');
    await expect.poll(async () => (await kept()).map(({ key }) => key)).toEqual(['m2', 'm1']);
    await expect.poll(() => page.getByRole('article').first().getAttribute('aria-labelledby')).toBe('finding-m2');
  });

  test('the window complained of nothing', () => {
    expect(complaints).toEqual([]);
  });
});
