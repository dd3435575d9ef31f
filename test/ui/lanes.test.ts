import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath } from '../support/browser.ts';
import { netstatsOf } from '../support/small-dump.ts';
import { caseOfFile, type WatchedWindow, watchedWindow } from '../support/watched-window.ts';

const LANES = 400;
/** 18 October 2025, 06:00 UTC. */
const first = 1_760_767_200;

/** Four hundred apps, each with a few intervals; the first sends most, the last began first. */
function manyApps(): string {
  return netstatsOf(
    Array.from({ length: LANES }, (_, n) => ({
      uid: 10_000 + n,
      buckets: [0, 1, 2].map((bucket) => {
        const st = first + (LANES - n + bucket * 40) * 7200;
        // Every tenth is quiet, so that the busiest stretch falls into several bursts.
        const sent = bucket === 1 && n % 10 !== 7 ? 1_000_000 - n * 1000 : 100;
        return `      st=${st} rb=50 rp=1 tb=${sent} tp=10 op=0`;
      }),
    })),
  );
}

/** The timeline of several hundred lanes: scrolled, folded, sorted, pinned, and its address. */
describe.skipIf(!chromiumPath)('several hundred lanes in the window', () => {
  let opened: WatchedWindow;
  let page: Page;
  let complaints: readonly string[];

  beforeAll(async () => {
    opened = await watchedWindow(caseOfFile('netstats.txt', manyApps(), { zone: 'Asia/Kolkata' }));
    ({ page, complaints } = opened);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByText('400 lanes', { exact: true }).waitFor();
  });
  afterAll(() => opened?.close());

  const eventually = <T>(read: () => T, message = '') => expect.poll(read, { timeout: 20_000, message });
  const timeline = () => page.getByRole('application', { name: /^Timeline by/ });
  const scrolled = () => page.locator('.tl-scroller').evaluate((element) => element.scrollTop);
  const most = () => page.locator('.tl-scroller').evaluate((element) => element.scrollHeight - element.clientHeight);
  const said = (text: RegExp) =>
    page.getByRole('status').filter({ hasText: text }).first().waitFor({ state: 'attached' });
  const hash = () => page.evaluate(() => decodeURIComponent(location.hash));
  const sums = () => page.locator('.tl-sums').textContent();
  const press = async (key: string, times = 1) => {
    for (let n = 0; n < times; n += 1) await page.keyboard.press(key);
  };

  test('scroll with the wheel over the labels to the last, and with the keyboard to any', async () => {
    expect(await most()).toBeGreaterThan(LANES * 40);
    await page.mouse.move(150, 500);
    await page.mouse.wheel(0, 1e6);
    await eventually(scrolled).toBe(await most());
    await page.mouse.wheel(0, -1e6);
    await eventually(scrolled).toBe(0);
    await timeline().focus();
    await press('ArrowDown');
    await said(/^uid 10000: sent 1\.00 MB/);
    await press('PageDown', 5);
    await eventually(scrolled).toBeGreaterThan(800);
    await press('ArrowDown');
    await said(/^uid 100[3-9]\d: sent/);
  });

  test('fold by a key, by a press and all at once; the lane in focus stays in sight; the address says it', async () => {
    await press('Escape');
    await press('ArrowDown');
    const before = await most();
    await press('t');
    await said(/^uid 10000: folded to a line/);
    await page.waitForFunction(() => location.hash.includes('fold=10000'));
    await eventually(most).toBe(before - 32);
    await press('ArrowDown', 200);
    await said(/^uid 10222: sent/);
    await page.getByRole('button', { name: /^Fold all lanes/ }).click();
    await page.waitForFunction(() => location.hash.includes('fold=*'));
    await eventually(most).toBe(
      LANES * 16 - (await page.locator('.tl-scroller').evaluate((element) => element.clientHeight)),
    );
    // Lane 200 of those with 16 pixels each.
    expect(await scrolled()).toBeLessThanOrEqual(200 * 16);
    expect(await scrolled()).toBeGreaterThan(150 * 16 - 700);
    await timeline().focus();
    await press('ArrowDown');
    await said(/^uid 10223: sent/);
    await press('Shift+T');
    await page.waitForFunction(() => !location.hash.includes('fold='));
    await eventually(most).toBe(before);
    await page.goBack();
    await page.waitForFunction(() => location.hash.includes('fold=*'));
    await page.goForward();
    await page.waitForFunction(() => !location.hash.includes('fold='));
    // The sign at the edge of the first label.
    await press('Home');
    await page.mouse.move(150, 500);
    await page.mouse.wheel(0, -1e6);
    await eventually(scrolled).toBe(0);
    const host = (await timeline().boundingBox())!;
    const lanesTop = await page.locator('.tl-scroller').evaluate((element) => (element as HTMLElement).offsetTop);
    await page.mouse.click(host.x + 6, host.y + lanesTop + 24);
    await page.waitForFunction(() => location.hash.includes('fold=10000'));
    await page.mouse.click(host.x + 6, host.y + lanesTop + 8);
    await page.waitForFunction(() => !location.hash.includes('fold='));
  });

  test('stand by what was sent, sent in background, first seen or name; the focus stays', async () => {
    const firstLane = async () => {
      await timeline().focus();
      await press('Escape');
      await press('ArrowDown');
      return page
        .getByRole('status')
        .filter({ hasText: /^uid \d+: / })
        .first()
        .textContent();
    };
    for (const [order, begins] of [
      ['sent in background', 'uid 10000'],
      ['first seen', 'uid 10399'],
      ['name', 'uid 10000'],
      ['sent', 'uid 10000'],
    ] as const) {
      await page.getByRole('button', { name: /Order of the lanes/ }).click();
      await page.getByRole('option', { name: `Order: ${order}`, exact: true }).click();
      await eventually(firstLane, order).toMatch(new RegExp(`^${begins}: `));
    }
    await press('p');
    await page.waitForFunction(() => location.hash.includes('pin=10000'));
    await press('p');
    await page.waitForFunction(() => !location.hash.includes('pin='));
  });

  test('filters are chips, each of which goes alone; back brings it back; the sums follow', async () => {
    const chips = page.getByRole('list', { name: 'Filters in force' });
    const all = await sums();
    await page.evaluate(() => {
      location.hash = `${location.hash.split('?')[0]}?app=10005&dir=sent&background=1&min=1000`;
    });
    for (const text of ['app: uid 10005', 'only sent', 'background only', 'at least 1.00 kB an interval'])
      await chips.getByText(text).waitFor();
    await eventually(sums).toMatch(/filtered↑ 995 kB100 % in background↓ 0 B/);
    await page.getByRole('button', { name: 'Remove the filter: at least 1.00 kB an interval' }).click();
    await page.waitForFunction(() => !location.hash.includes('min='));
    await eventually(sums).toMatch(/↑ 995 kB/);
    await eventually(() => chips.getByRole('listitem').count()).toBe(4);
    await page.goBack();
    await chips.getByText('at least 1.00 kB an interval').waitFor();
    await page.getByRole('button', { name: 'Remove all' }).click();
    await eventually(sums).toBe(all);
  });

  test('a view’s address is copied, and opens the same view', async () => {
    await page.evaluate(() => {
      location.hash = `${location.hash.split('?')[0]}?app=10007&fold=10007&sort=name&from=20251101T000000Z&to=20251103T000000Z`;
    });
    await page.getByText('app: uid 10007').waitFor();
    await page.getByRole('button', { name: 'Copy the address of this view' }).click();
    await page.getByText('The address of this view is on the clipboard.').first().waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain('fold=10007');
    await page.evaluate(() => {
      location.hash = `${location.hash.split('?')[0]}`;
    });
    await page.getByText('400 lanes', { exact: true }).waitFor();
    await page.evaluate((address) => {
      location.hash = new URL(address).hash;
    }, copied);
    await page.getByText('app: uid 10007').waitFor();
    await page.getByText('1 lane', { exact: true }).waitFor();
    const from = page.getByRole('textbox', { name: 'From, time in Asia/Kolkata' });
    await eventually(() => from.inputValue()).toBe('2025-11-01 05:30');
  });

  test('[ and ] go from burst to burst, typed dates work, and the zone is one switch that is always written out', async () => {
    await page.evaluate(() => {
      location.hash = `${location.hash.split('?')[0]}`;
    });
    await page.getByText('400 lanes', { exact: true }).waitFor();
    await timeline().focus();
    await press('Escape');
    for (const [key, burst] of [
      [']', 1],
      [']', 2],
      ['[', 1],
    ] as const) {
      await press(key);
      await said(new RegExp(`^Burst ${burst} of [2-9]: .*, about .* MB sent\\.$`));
    }
    await page.getByRole('button', { name: /^Next burst/ }).click();
    await said(/^Burst 2 of/);
    const from = page.getByRole('textbox', { name: /^From, time in/ });
    await from.fill('2025-11-02 10:00');
    await from.press('Enter');
    await page.waitForFunction(() => location.hash.includes('from=20251102T043000Z'));
    await from.fill('2025-11-31');
    await from.press('Enter');
    await page.getByText('November 2025 has no day 31.').waitFor();
    await from.press('Escape');
    const zones = page.getByRole('radiogroup', { name: 'Zone of the times' });
    await zones.getByText('Asia/Kolkata (UTC+05:30)').waitFor();
    await zones.getByText('UTC', { exact: true }).click();
    await expect
      .poll(() => page.getByRole('textbox', { name: 'From, time in UTC' }).inputValue())
      .toBe('2025-11-02 04:30');
    await eventually(hash).toContain('utc=1');
    await zones.getByText('Asia/Kolkata').click();
    await eventually(() => page.getByRole('textbox', { name: /^From/ }).inputValue()).toBe('2025-11-02 10:00');
  });

  test('? shows the keys, with those of lanes', async () => {
    await timeline().focus();
    await press('?');
    const help = page.getByRole('dialog', { name: 'Keys and gestures' });
    await help.getByText('fold the lane in focus to a thin line, or unfold it (with Shift: all lanes)').waitFor();
    await press('Escape');
    await help.waitFor({ state: 'detached' });
  });

  test('nothing was complained of', () => expect(complaints).toEqual([]));
});
