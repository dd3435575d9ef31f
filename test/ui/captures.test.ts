import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  clientHello,
  type Ends,
  ethernet,
  pcap,
  records,
  tcp,
} from '../../main/engine/parse/captures/testing/capture-writer.ts';
import { chromiumPath } from '../support/browser.ts';
import { caseOfFile, type WatchedWindow, watchedWindow } from '../support/watched-window.ts';

const start = Date.UTC(2026, 0, 5, 12) * 1000;
const clear: Ends = { from: '192.168.1.20', to: '203.0.113.9', fromPort: 40_001, toPort: 80 };
const hidden: Ends = { from: '192.168.1.20', to: '203.0.113.10', fromPort: 40_002, toPort: 443 };
const request = 'GET /r?imei=358240051111110 HTTP/1.1\r\nHost: stat.example.org\r\n\r\n';
const frames = [
  tcp(clear, new TextEncoder().encode(request), 2),
  tcp(hidden, records(clientHello({ name: 'api.example.org', alpn: ['h2'] })), 2),
].map((packet, n) => ({ atUs: start + n * 60_000_000, bytes: ethernet(packet) }));

/** A case that holds captures alone, as an examiner looks through it. */
describe.skipIf(!chromiumPath)('captures in the window', () => {
  let opened: WatchedWindow;
  let page: Page;
  let complaints: readonly string[];

  beforeAll(async () => {
    opened = await watchedWindow(caseOfFile('gateway.pcap', pcap(frames)));
    ({ page, complaints } = opened);
  });
  afterAll(() => opened?.close());

  test('lanes are by host where no app is known', async () => {
    await page.getByRole('link', { name: 'Timeline', exact: true }).click();
    await page.getByText('2 contacts in 2 lanes').first().waitFor({ state: 'attached' });
    expect(await page.getByRole('radio', { name: 'Host' }).isChecked()).toBe(true);
  });

  test('the panel of a contact masks what may identify somebody until it is asked for', async () => {
    await page.evaluate(() => {
      location.hash = `${location.hash.split('?')[0]}?event=c1`;
    });
    const panel = page.getByRole('complementary', { name: 'Event' });
    await panel.getByRole('heading', { name: 'May identify somebody' }).waitFor();
    const clearText = panel.locator('.personal');
    expect(await clearText.textContent()).toContain('358*********110');
    expect(await panel.locator('.said').textContent()).not.toContain('358240051111110');
    await panel.getByText('Show the hidden middle').click();
    await panel.locator('.personal', { hasText: '358240051111110' }).waitFor();
  });

  test('its packets are saved beside the case as they stand in the evidence', async () => {
    const panel = page.getByRole('complementary', { name: 'Event' });
    await panel.getByRole('button', { name: 'Save these packets…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Save the packets of the contact c1' });
    const out = await dialog.getByRole('textbox', { name: 'File to write' }).inputValue();
    await dialog.getByRole('button', { name: 'Save', exact: true }).click();
    await panel.getByText('The packets are saved.').waitFor();
    expect((await readFile(out)).equals(pcap([frames[0]!]))).toBe(true);
    await panel.getByRole('button', { name: 'Save these packets…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click();
    await panel.getByText('is there already').waitFor();
    expect(complaints).toEqual([]);
  });
});
