import type { Page, WebSocketRoute } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath } from '../support/browser.ts';
import { drawn, type SampleWindow, sampleWindow } from '../support/sample-window.ts';

if (!chromiumPath) console.log('The first picture in the window was left out: there is no Chromium.');

interface Asked {
  readonly group: string;
  readonly name: string;
}

/** The wire of a page, on which questions to the timeline can be kept back. */
class HeldWire {
  asked: Asked[] = [];
  readonly #held: (() => void)[] = [];
  #holds = false;

  async on(page: Page): Promise<void> {
    await page.routeWebSocket(/\/wire$/, (socket: WebSocketRoute) => {
      const server = socket.connectToServer();
      socket.onMessage((message) => {
        const { group, name } = JSON.parse(String(message)) as Asked;
        this.asked.push({ group, name });
        if (this.#holds && group === 'timeline') this.#held.push(() => server.send(message));
        else server.send(message);
      });
    });
  }

  hold(): void {
    this.#holds = true;
    this.asked = [];
  }

  let(): void {
    this.#holds = false;
    for (const go of this.#held.splice(0)) go();
  }
}

/** What the canvas below the pointer's layer shows. */
function picture(page: Page): Promise<string> {
  return page.evaluate(() => document.querySelector<HTMLCanvasElement>('.tl-canvas')!.toDataURL());
}

describe.skipIf(!chromiumPath)('the first picture of a case that is opened', () => {
  let window: SampleWindow;
  beforeAll(async () => {
    window = await sampleWindow();
  }, 60_000);
  afterAll(() => window?.close());

  it('comes with the case, before anything of the timeline is answered, and is the picture that stands there afterwards', async () => {
    const wire = new HeldWire();
    const page = await window.open('', {}, (fresh) => wire.on(fresh));
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    await page.locator('.rail-link').first().click();
    await page.locator('.recent-open').first().waitFor();
    wire.hold();
    await page.locator('.recent-open').first().click();
    await page.getByRole('toolbar', { name: 'Timeline' }).waitFor();
    await page.waitForTimeout(800);
    const first = await picture(page);
    expect(wire.asked[0]).toEqual({ group: 'cases', name: 'open' });
    expect(wire.asked.filter(({ name }) => name === 'overview')).toEqual([]);
    // What is not told yet is not said: words over all lanes wait for the whole span.
    expect(await page.locator('.tl-sums').count()).toBe(0);
    expect(await page.locator('.tl-lanes').getAttribute('data-state')).toBe('stale');
    wire.let();
    await drawn(page);
    await page.locator('.tl-sums').waitFor();
    expect(await picture(page)).toBe(first);
    expect(faults).toEqual([]);
    await page.context().close();
  });
});
