import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath } from '../support/browser.ts';
import { type SampleWindow, sampleWindow } from '../support/sample-window.ts';

/** What follows the pointer, at one moment. */
interface Followed {
  /** Texts that are elements of the page: the time under the pointer. */
  readonly texts: number;
  /** Elements of any kind: the lane under the pointer too. */
  readonly elements: number;
  /** Pixels of the picture in the colour of the time under the pointer. */
  readonly painted: number;
}

describe.skipIf(!chromiumPath)('what follows the pointer', () => {
  let window: SampleWindow;
  beforeAll(async () => {
    window = await sampleWindow();
  }, 60_000);
  afterAll(() => window?.close());

  /** In the page: what follows the pointer now, or in each of so many frames. */
  const followed = (page: Page, frames: number): Promise<Followed[]> =>
    page.evaluate(async (many) => {
      const style = getComputedStyle(document.documentElement);
      const colour = Number.parseInt(style.getPropertyValue('--chart-cursor').trim().slice(1), 16);
      const canvas = document.querySelector<HTMLCanvasElement>('.tl-canvas')!;
      const look = () => {
        // The strip and the words beside the lanes hold the colour as letters.
        const left = Math.round(canvas.width * 0.3);
        const { data } = canvas.getContext('2d')!.getImageData(left, 70, canvas.width - left, 60);
        let painted = 0;
        for (let i = 0; i < data.length; i += 4) {
          if (((data[i]! << 16) | (data[i + 1]! << 8) | data[i + 2]!) === colour) painted += 1;
        }
        const texts = document.querySelectorAll('.tl-overlay text').length;
        return { texts, elements: document.querySelectorAll('.tl-overlay path').length, painted };
      };
      const seen = [look()];
      while (seen.length < many) {
        await new Promise((next) => requestAnimationFrame(() => setTimeout(next)));
        seen.push(look());
      }
      return seen;
    }, frames);

  test('lies over a picture that rests, and is painted into one that moves', async () => {
    const page = await window.open('by=app');
    const box = (await page.locator('.tl-host').boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.6, box.y + box.height * 0.7);
    await expect.poll(async () => (await followed(page, 1))[0]!.texts, { timeout: 5000 }).toBe(1);
    await page.waitForTimeout(400);
    const [rests] = await followed(page, 1);
    const words = page.locator('.tl-readout');
    await expect.poll(() => words.isVisible()).toBe(true);
    const moving = followed(page, 12);
    await page.mouse.wheel(0, -300);
    const moves = (await moving).filter(({ texts }) => texts === 0);
    expect(moves.length).toBeGreaterThan(2);
    for (const one of moves) {
      // The box of the time is some hundred pixels wide and seventeen high, letters in it.
      expect(one.painted - rests!.painted).toBeGreaterThan(500);
      // The lane under the pointer stays marked beside its name.
      expect(one.elements).toBeGreaterThan(0);
    }
    // And when it has come to rest, all is as before.
    await expect.poll(async () => (await followed(page, 1))[0]!.texts, { timeout: 5000 }).toBe(1);
    await expect.poll(async () => (await followed(page, 1))[0]!.painted).toBeLessThan(500);
    await expect.poll(() => words.isVisible()).toBe(true);
    await page.context().close();
  }, 30_000);

  test('goes with the pointer', async () => {
    const page = await window.open('by=app');
    const box = (await page.locator('.tl-host').boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.6, box.y + box.height * 0.7);
    const places = async () =>
      page.locator('.tl-overlay text').evaluateAll((all) => all.map((one) => one.getAttribute('x')));
    await expect.poll(places).toHaveLength(1);
    const [before] = await places();
    await page.mouse.move(box.x + box.width * 0.7, box.y + box.height * 0.7);
    await expect.poll(async () => (await places())[0]).not.toBe(before);
    await page.mouse.move(5, 5);
    await expect.poll(places).toHaveLength(0);
    await page.context().close();
  }, 30_000);
});
