import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath } from '../support/browser.ts';
import { testEngine } from '../support/engine.ts';
import { drawn, type SampleWindow, sampleWindow } from '../support/sample-window.ts';

/** Everything that the timeline can do, without a mouse and without seeing it. */
describe.skipIf(!chromiumPath)('the timeline from the keyboard', () => {
  let window: SampleWindow;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    window = await sampleWindow();
    page = await window.open('from=20260313T120000Z&to=20260314T120000Z');
    page.on('pageerror', (error) => complaints.push(String(error.stack)));
  }, 60_000);
  afterAll(() => window?.close());

  const query = () => new URLSearchParams(new URL(page.url()).hash.split('?')[1] ?? '');
  const focused = () =>
    page.evaluate(() => {
      const one = document.activeElement!;
      const label = one.getAttribute('aria-label') ?? one.closest('label')?.textContent ?? one.textContent;
      return `${one.getAttribute('role') ?? one.tagName.toLowerCase()}: ${(label ?? '').trim()}`;
    });
  /** Presses Tab until what has the focus is called so; fails after a round. */
  const tabTo = async (name: RegExp) => {
    for (let n = 0; n < 60; n += 1) {
      await page.keyboard.press('Tab');
      if (name.test(await focused())) return;
    }
    throw new Error(`nothing called ${name} is reached`);
  };
  /** What a press leads to may take a moment on a busy machine. */
  const soon = <T>(of: () => T) => expect.poll(of, { timeout: 10_000 });
  const instrument = () => page.getByRole('application', { name: 'Timeline by app' });
  const said = async () => (await page.locator('.tl-lanes [role=status]').nth(1).textContent()) ?? '';

  test('is walked through with Tab: in the order of the screen, seen at every stop, without a trap', async () => {
    await page.evaluate(() => {
      (document.activeElement as HTMLElement | null)?.blur();
      document.body.focus();
    });
    const stops: { name: string; y: number; inMain: boolean }[] = [];
    const unseen: string[] = [];
    for (let n = 0; n < 60; n += 1) {
      await page.keyboard.press('Tab');
      const name = await focused();
      // Behind the last stop the browser's own begin, then the page again.
      if (name.startsWith('body:') || (n > 0 && name === stops[0]?.name)) break;
      const stop = await page.evaluate(() => {
        const one = document.activeElement!;
        const box = one.getBoundingClientRect();
        return { y: box.top, inMain: one.closest('main') !== null };
      });
      stops.push({ name, ...stop });
      const before = await page.screenshot();
      const handle = await page.evaluateHandle(() => document.activeElement as HTMLElement);
      await handle.evaluate((one) => one.blur());
      const after = await page.screenshot();
      if (before.equals(after)) unseen.push(name);
      await handle.evaluate((one) => one.focus());
    }
    expect(unseen).toEqual([]);
    const inMain = stops.filter((stop) => stop.inMain);
    const names = inMain.map(({ name }) => name).join('\n');
    for (const wanted of [
      /App/,
      /Order of the lanes/,
      /From, time/,
      /To, time/,
      /Next burst/,
      /Zoom in/,
      /Find apps/,
      /Copy the address/,
      /Timeline by app/,
      /All signs/,
      /Heights/,
    ]) {
      expect(names).toMatch(wanted);
    }
    // Down the screen: toolbar, filters, drawing, foot.
    const at = (name: RegExp) => inMain.findIndex((stop) => name.test(stop.name));
    expect(at(/Order of the lanes/)).toBeLessThan(at(/Find apps/));
    expect(at(/Find apps/)).toBeLessThan(at(/Timeline by app/));
    expect(at(/Timeline by app/)).toBeLessThan(at(/Heights/));
    expect(stops.length).toBeLessThan(60);
  }, 60_000);

  test('goes to a lane and an interval, selects it and more, and says what that adds up to', async () => {
    await instrument().focus();
    await page.keyboard.press('ArrowDown');
    expect(await said()).toMatch(/: (sent|nothing)/);
    for (let lane = 0; lane < 12 && !/sent/.test(await said()); lane += 1) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('.');
    expect(await said()).toMatch(/2026, \d\d:30:00 – .*sent/);
    await page.keyboard.down('Shift');
    await page.keyboard.press('ArrowRight');
    expect(await said()).toMatch(/^Selected 2 h: /);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.up('Shift');
    const tray = page.getByRole('region', { name: 'Selection' });
    await tray.waitFor();
    await soon(() => query().get('a')).not.toBeNull();
    const us = (stamp: string | null) =>
      Date.parse(stamp!.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z')) * 1000;
    const stretch = { fromUs: us(query().get('a')), toUs: us(query().get('b')) };
    // The interval, and from its end to two full hours of the zone.
    expect(stretch.toUs - stretch.fromUs).toBe(3.5 * 3_600_000_000);
    // What the tray says is what the table of events holds, to the byte.
    const open = await testEngine().openCase(window.path);
    let [sent, received, events] = [0, 0, 0];
    for await (const page of open.eventStream({ kind: 'volume', countedOnly: true, ...stretch })) {
      for (const event of page) {
        sent += event.sent ?? 0;
        received += event.received ?? 0;
        events += 1;
      }
    }
    await open.close();
    const exact = (text: string | null) => Number(/\(([\d\s  ]+) B\)/.exec(text ?? '')![1]!.replace(/\D/g, ''));
    expect(exact(await tray.locator('.tl-tone-sent[title]').getAttribute('title'))).toBe(sent);
    expect(exact(await tray.locator('.tl-tone-received[title]').getAttribute('title'))).toBe(received);
    await tray.getByText(new RegExp(`^${events} events`)).waitFor();
  });

  test('opens the event down to its raw line, and gives the focus back', async () => {
    await instrument().focus();
    await page.keyboard.press('Enter');
    const event = page.getByRole('complementary', { name: 'Event' });
    await event.getByRole('heading').first().waitFor();
    await event.locator('.raw-hit, [data-hit], mark, .hit').first().waitFor();
    expect(query().get('event')).toMatch(/^v\d+$/);
    await tabTo(/Close panel/);
    await page.keyboard.press('Enter');
    await soon(() => query().get('event')).toBeNull();
    expect(await focused()).toBe('application: Timeline by app');
  });

  test('zooms, goes to either end, to marks, and to a typed date', async () => {
    await instrument().focus();
    await page.keyboard.press('Escape');
    await page.keyboard.press('+');
    await soon(() => query().get('from')).not.toBe('20260313T120000Z');
    await page.keyboard.press('-');
    await page.keyboard.press('0');
    await soon(() => query().get('from')).toBeNull();
    await page.keyboard.press('x');
    await soon(said).toMatch(/2026, \d\d:\d\d:\d\d: ./);
    await page.keyboard.press('Shift+Tab');
    await tabTo(/^textbox: From, time|^input: From, time/);
    await page.keyboard.press('Control+a');
    await page.keyboard.type('1 March 2026 12:00');
    await page.keyboard.press('Enter');
    await soon(() => query().get('from')).toBe('20260301T063000Z');
    // The focus goes where the keys work.
    expect(await focused()).toBe('application: Timeline by app');
  });

  test('filters, and takes the filter away again', async () => {
    await tabTo(/Find apps/);
    await page.keyboard.type('miui');
    await soon(() => query().get('text')).toBe('miui');
    await page.keyboard.press('Escape');
    await soon(() => query().get('text')).toBeNull();
    await tabTo(/^button: Filter/);
    await page.keyboard.press('Enter');
    await tabTo(/Background only/);
    await page.keyboard.press('Space');
    await page.keyboard.press('Escape');
    await drawn(page);
    await tabTo(/[Bb]ackground/);
    await page.keyboard.press('Enter');
    await soon(() => [...query().keys()].filter((key) => !['from', 'to'].includes(key))).toEqual([]);
  });

  test('copies its address', async () => {
    await tabTo(/Copy the address/);
    await page.keyboard.press('Enter');
    await page
      .getByText(/address of this view is on the clipboard|clipboard cannot be reached/)
      .first()
      .waitFor();
  });

  test('tells the window at rest once, and not while it moves', async () => {
    await instrument().focus();
    await page.keyboard.press('0');
    await drawn(page);
    await page.evaluate(() => {
      const region = document.querySelector('.tl-lanes [role=status]')!;
      const told: string[] = [];
      Object.assign(globalThis, { told });
      new MutationObserver(() => told.push(region.textContent ?? '')).observe(region, {
        childList: true,
        characterData: true,
        subtree: true,
      });
    });
    for (let n = 0; n < 12; n += 1) {
      await page.keyboard.press(n < 4 ? '+' : 'ArrowRight');
      await page.waitForTimeout(40);
    }
    const heard = () => page.evaluate(() => (globalThis as unknown as { told: string[] }).told);
    await soon(async () => (await heard()).length).toBeGreaterThanOrEqual(1);
    await drawn(page);
    const told = await heard();
    expect(told.length).toBeLessThanOrEqual(2);
    expect(told.at(-1)).toMatch(/2026.*times in Asia\/Kolkata.*lanes by app have traffic\. Sent .* received /);
    expect(await page.locator('.tl-lanes [role=status]').first().getAttribute('aria-live')).toBe('polite');
  });

  test('lists the lanes of the window with their sums, for those who hear it', async () => {
    await page.evaluate(() => {
      location.hash = `${location.hash.split('?')[0]}?from=20260313T120000Z&to=20260314T120000Z`;
    });
    await drawn(page);
    const open = await testEngine().openCase(window.path);
    const at = (iso: string) => Date.parse(iso) * 1000;
    const { lanes } = await open.window({
      by: 'app',
      fromUs: at('2026-03-13T12:00:00Z'),
      toUs: at('2026-03-14T12:00:00Z'),
      buckets: 1,
      filter: {},
    });
    await open.close();
    // The window says itself that it is there.
    await page
      .getByRole('status')
      .filter({ hasText: '17:30:00 – Sat 14 March 2026, 17:30:00' })
      .first()
      .waitFor({ state: 'attached' });
    const counted = lanes.filter((lane) => lane.intervals.from.length > 0);
    const table = page.getByRole('table', { name: /Lanes by app in this window/ });
    const rows = await table
      .locator('tbody tr')
      .evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent ?? '')));
    const bytes = (text: string) => Number((/\(([^)]+) B\)/.exec(text)?.[1] ?? text.split(',')[0]!).replace(/\D/g, ''));
    const listed = rows.filter(([, , , events]) => events !== '0');
    expect(listed).toHaveLength(counted.length);
    expect(listed.map(([, sent, received]) => [bytes(sent!), bytes(received!)])).toEqual(
      counted.map(({ sent, received }) => [sent, received]),
    );
    expect(listed[0]![0]).toContain(counted[0]!.name);
    // Places and headings by which a reader goes about.
    expect(await page.getByRole('main').getAttribute('aria-label')).toBe('Timeline');
    await page.getByRole('heading', { name: 'Lanes in this window' }).waitFor({ state: 'attached' });
    expect(await page.getByRole('toolbar', { name: 'Timeline' }).count()).toBe(1);
    expect(complaints).toEqual([]);
  });
});
