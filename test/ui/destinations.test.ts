import { join } from 'node:path';
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
/** Servers by the databases that ship: Singapore (a region of Amazon), Hong Kong, the United States, mainland China, an inner network. */
const peers: readonly (readonly [address: string, host: string | null, times: number])[] = [
  ['52.74.1.1', 'api.account.xiaomi.com', 3],
  ['47.52.1.1', 'cdn.example.org', 1],
  ['8.8.8.8', 'mtalk.google.com', 2],
  ['36.110.1.1', null, 1],
  ['192.168.1.1', null, 1],
];
const frames = peers.flatMap(([to, host, times], peer) =>
  Array.from({ length: times }, (_, n) => {
    const ends: Ends = { from: '192.168.1.20', to, fromPort: 40_000 + peer * 100 + n, toPort: 443 };
    const said = host === null ? new Uint8Array([1, 2, 3]) : records(clientHello({ name: host, alpn: ['h2'] }));
    return { atUs: start + peer * 60_000_000 + n * 1_000_000, bytes: ethernet(tcp(ends, said, 2)) };
  }),
);

/** Elements that can be used and have no name for those who do not see them. */
function nameless(): string[] {
  const usable =
    'button, a[href], input, select, textarea, [role="option"], [role="radio"], [role="grid"], [role="listbox"]';
  const named = (element: Element): boolean => {
    const by = element.getAttribute('aria-labelledby');
    const text = [
      element.getAttribute('aria-label'),
      ...(by ?? '').split(' ').map((id) => document.getElementById(id)?.textContent),
      element.textContent,
      element.closest('label')?.textContent,
      ...[...((element as HTMLInputElement).labels ?? [])].map((label) => label.textContent),
    ];
    return text.some((words) => (words ?? '').trim() !== '');
  };
  return [...document.querySelectorAll(usable)]
    .filter((element) => element.closest('[aria-hidden="true"]') === null && !named(element))
    .map((element) => element.outerHTML.slice(0, 160));
}

/** Whom the phone was in contact with, through the window: map, table, panel, timeline, databases. */
describe.skipIf(!chromiumPath)('destinations in the window', () => {
  let opened: WatchedWindow;
  let page: Page;
  let complaints: readonly string[];
  const asked = new Set<string>();

  beforeAll(async () => {
    opened = await watchedWindow(caseOfFile('gateway.pcap', pcap(frames)), (asking) => {
      asking.on('request', (request) => asked.add(new URL(request.url()).host));
    });
    ({ page, complaints } = opened);
    await page.getByRole('link', { name: 'Destinations', exact: true }).click();
  });
  afterAll(() => opened?.close());

  const map = () => page.getByRole('listbox', { name: /^Map/ });
  const table = () => page.getByRole('grid', { name: /^Destinations by/ });
  const chips = () => page.getByRole('list', { name: 'Filters in force' });
  const rows = (by: string) => page.getByText(by, { exact: true }).first().click();

  test('Singapore and Hong Kong stand on the map, large enough to be hit', async () => {
    for (const name of ['Singapore', 'Hong Kong', 'China', 'United States']) {
      const mark = map().getByRole('option', { name: new RegExp(`^${name}`) });
      await mark.waitFor();
      const box = await mark.boundingBox();
      expect(Math.min(box?.width ?? 0, box?.height ?? 0), name).toBeGreaterThanOrEqual(10);
    }
    expect(await map().getByRole('option').count()).toBe(4);
    await table().getByText('Inner and reserved addresses').waitFor();
  });

  test('a press on the map filters, in the address too; another takes the filter away', async () => {
    const singapore = map().getByRole('option', { name: /^Singapore/ });
    await singapore.locator('.map-circle').click();
    await chips().getByText('in Singapore').waitFor();
    expect(page.url()).toContain('country=SG');
    await page.getByText('3 contacts').first().waitFor();
    expect(await singapore.getAttribute('aria-selected')).toBe('true');
    expect(await map().getByRole('option').count()).toBe(4);
    await page.getByRole('button', { name: 'Remove the filter: in Singapore' }).press('Enter');
    await chips()
      .waitFor({ state: 'detached' })
      .catch(() => undefined);
    await page.getByText('8 contacts').first().waitFor();
  });

  test('the map is worked from the keyboard: one stop, arrows, Enter', async () => {
    await map().focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    const current = await map().getAttribute('aria-activedescendant');
    const code = current?.slice(-2) ?? '';
    await page.keyboard.press('Enter');
    await page.waitForFunction((letters) => location.hash.includes(`country=${letters}`), code);
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => !location.hash.includes('country='));
  });

  test('a host opens with what explains it, every source’s own answer with its date, and the laws', async () => {
    await rows('Host');
    await table().getByText('api.account.xiaomi.com').click();
    const panel = page.getByRole('complementary', { name: 'Destination api.account.xiaomi.com' });
    await panel.getByRole('heading', { name: 'What may explain it' }).waitFor();
    await panel.getByRole('button', { name: /^1\. / }).waitFor();
    await panel.getByText('Speaks for it').first().waitFor();
    const said = panel.getByRole('table').filter({ has: page.getByRole('columnheader', { name: 'Says' }) });
    await said.first().waitFor();
    expect(await said.first().textContent()).toMatch(/Singapore.*\d{4}-\d{2}-\d{2}/s);
    await panel.getByRole('heading', { name: 'Law that may reach it' }).waitFor();
    await panel.getByText('Information, and no advice').waitFor();
    expect(await panel.getByText('State that can command it').first().isVisible()).toBe(true);
    expect(await page.evaluate(nameless)).toEqual([]);
    await panel
      .getByText('Contact with an address')
      .waitFor({ state: 'detached' })
      .catch(() => undefined);
    await page.keyboard.press('Escape');
  });

  test('the timeline opens with the same filter, and its lanes bear names', async () => {
    await rows('Country');
    await table().getByText('Singapore').click();
    await page.getByRole('button', { name: 'Show in timeline' }).click();
    await chips().getByText('in Singapore').waitFor();
    await page.getByText('3 contacts in 1 lane').first().waitFor({ state: 'attached' });
    await rows('Organisation');
    await page.getByText('3 contacts in 1 lane').first().waitFor({ state: 'attached' });
    expect(page.url()).toContain('by=organisation');
    await page.goBack();
    await page.goBack();
    await table().waitFor();
  });

  test('an event says where, whose, and what may explain it', async () => {
    await page.evaluate(() => {
      location.hash = `${location.hash.split('?')[0]}?event=c1`;
    });
    const panel = page.getByRole('complementary', { name: 'Event' });
    await panel.getByText(/^Singapore, by /).waitFor();
    await panel.getByRole('heading', { name: 'What may explain it' }).waitFor();
    await panel.getByRole('button', { name: /^1\. / }).waitFor();
    await panel.getByRole('button', { name: 'Close panel' }).click();
  });

  test('the databases are listed with what they speak of; a file that is none is refused in a sentence', async () => {
    const foot = page.getByRole('region', { name: 'Sources' });
    await foot.getByText('IP geolocation by DB-IP').waitFor();
    await foot.getByText('Borders are drawn as they are held in fact').waitFor();
    await page.getByRole('button', { name: 'Databases…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Databases and lists' });
    await dialog.getByRole('row', { name: /DB-IP Lite.*places of addresses.*spoke/ }).waitFor();
    await dialog
      .getByRole('textbox', { name: 'Import a newer or older database' })
      .fill(join(opened.folder, 'gateway.pcap'));
    await dialog.getByRole('button', { name: 'Import', exact: true }).click();
    await dialog.getByRole('alert').waitFor();
    expect(await dialog.getByRole('alert').textContent()).toContain('gateway.pcap');
    await dialog.getByRole('button', { name: 'Done' }).press('Enter');
  });

  test('a case without contacts says what would fill the place', async () => {
    await page.getByRole('link', { name: 'Cases', exact: true }).click();
    await page.getByRole('button', { name: 'New case' }).click();
    const dialog = page.getByRole('dialog', { name: 'New case' });
    await dialog.getByLabel('Name', { exact: true }).fill('nothing');
    await dialog.getByRole('button', { name: 'Create the case' }).click();
    await page.getByRole('link', { name: 'Destinations', exact: true }).click();
    await page.getByRole('heading', { name: 'No destinations are known in this case' }).waitFor();
    await page.getByText('packet captures').waitFor();
  });

  test('nothing was asked of any other machine, and nothing was complained of', () => {
    expect([...asked]).toEqual([new URL(opened.address).host]);
    expect(complaints).toEqual([]);
  });
});
