import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contrastOf, type Rgb } from '../../renderer/styles/testing/colour-sight.ts';
import { DAY, HOUR } from '../../shared/base/time.ts';
import { contextRows } from '../../shared/timeline/context-rows.ts';
import { frameOf } from '../../shared/timeline/frame.ts';
import { laneBox } from '../../shared/timeline/scene-lanes.ts';
import { timeScale } from '../../shared/timeline/time-scale.ts';
import type { LaneView, OverviewView } from '../../shared/types/timeline.ts';
import { chromiumPath } from '../support/browser.ts';
import { testEngine } from '../support/engine.ts';
import { drawn, type SampleWindow, sampleWindow } from '../support/sample-window.ts';

/** A test speaks to the wire between the page and the engine: it makes answers for windows late, or wrong. */
interface Wire {
  lateMs: number;
  fails: boolean;
}

describe.skipIf(!chromiumPath)('the timeline as it is seen', () => {
  let window: SampleWindow;
  let overview: OverviewView;
  let youtube: LaneView;
  /** A day in which nothing was acquired or captured. */
  const view = { fromUs: Date.UTC(2026, 1, 20, 12) * 1000, toUs: Date.UTC(2026, 1, 21, 12) * 1000 };
  const stamp = (us: number) => new Date(us / 1000).toISOString().replace(/[-:]|\.000/g, '');
  const span = `from=${stamp(view.fromUs)}&to=${stamp(view.toUs)}`;

  beforeAll(async () => {
    window = await sampleWindow();
    const open = await testEngine().openCase(window.path);
    overview = await open.overview(600);
    const { lanes } = await open.window({
      by: 'app',
      fromUs: overview.fromUs,
      toUs: overview.toUs,
      buckets: 10_000,
      filter: {},
    });
    youtube = lanes.find((lane) => lane.name === 'YouTube')!;
    await open.close();
  }, 60_000);
  afterAll(() => window?.close());

  const sizeOf = (page: Page) =>
    page.locator('.tl-host').evaluate((host) => ({ width: host.clientWidth, height: host.clientHeight }));

  /** A rectangle of the painted picture, in device pixels: for every pixel the place of its colour (`#rrggbb`) in `colours`, or `.` */
  const pixels = (page: Page, colours: readonly string[], x: number, y: number, width: number, height: number) =>
    page.evaluate(
      ([known, left, top, w, h]) => {
        const canvas = document.querySelector<HTMLCanvasElement>('.tl-canvas')!;
        const { data } = canvas.getContext('2d')!.getImageData(left, top, w, h);
        const numbers = known.map((colour) => Number.parseInt(colour.slice(1), 16));
        const rows: string[] = [];
        for (let row = 0; row < h; row += 1) {
          let text = '';
          for (let i = row * w * 4; i < (row + 1) * w * 4; i += 4) {
            const at = numbers.indexOf((data[i]! << 16) | (data[i + 1]! << 8) | data[i + 2]!);
            text += at < 0 ? '.' : String(at);
          }
          rows.push(text);
        }
        return rows;
      },
      [colours, x, y, width, height] as const,
    );
  const tokens = (page: Page) =>
    page.evaluate(() => {
      const style = getComputedStyle(document.documentElement);
      const of = (name: string) => style.getPropertyValue(name).trim();
      return { sent: [of('--sent'), of('--sent-dark')], received: [of('--received'), of('--received-dark')] };
    });

  test.each([
    [1, 'light'],
    [2, 'light'],
    [1, 'dark'],
  ] as const)('bytes are read back from its pixels, at %i device pixels a pixel, %s', async (dpr, colorScheme) => {
    const by = `by=app&${span}&app=${youtube.key}&curve=linear&full=way&size=large`;
    const page = await window.open(by, { deviceScaleFactor: dpr, colorScheme });
    await expect.poll(() => page.getByText('1 lane', { exact: true }).count(), { timeout: 10_000 }).toBe(1);
    await page.mouse.move(5, 5);
    const size = await sizeOf(page);
    const rows = contextRows(overview.context).length;
    const frame = frameOf({ ...size, unit: 1, size: 'large', contextRows: rows, gutter: 12 });
    const scale = timeScale(view, frame.left, frame.plotWidth);
    const rail = { height: 0, tracks: 1, kept: 0, alone: false, far: true };
    const box = laneBox(frame.lanes.y, frame.laneHeight, 'both', dpr, rail);
    const colours = await tokens(page);
    const c = youtube.intervals;
    const rate = (bytes: readonly number[]) => bytes.map((one, i) => (one * HOUR) / (c.to[i]! - c.from[i]!));
    const top = { sent: Math.max(...rate(c.sent)), received: Math.max(...rate(c.received)) };
    const device = (px: number) => Math.round(px * dpr);
    const left = device(frame.left);
    const above = device(frame.lanes.y);
    const all = [...colours.sent, ...colours.received];
    const picture = await pixels(page, all, left, above, device(frame.plotWidth), device(frame.laneHeight));
    const isOf = (way: 'sent' | 'received', x: number, y: number) =>
      (way === 'sent' ? '01' : '23').includes(picture[y]?.[x] ?? '.');
    const widths: number[] = [];
    let [found, held, buckets] = [0, 0, 0];
    for (const [i, from] of c.from.entries()) {
      if (from < view.fromUs + HOUR || c.to[i]! > view.toUs - HOUR) continue;
      buckets += 1;
      for (const way of ['sent', 'received'] as const) {
        const room = way === 'sent' ? box.up : box.down;
        // A column through the middle of the bucket, from the line of nothing outwards.
        const x = device(scale.x((from + c.to[i]!) / 2)) - left;
        const step = way === 'sent' ? -1 : 1;
        const start = device(box.zero) - above + (way === 'sent' ? -1 : 1);
        let high = 0;
        while (isOf(way, x, start + step * high)) high += 1;
        const bytes = ((high / dpr) * top[way] * 2) / room;
        // Below a pixel it stands as one, so that it is seen at all.
        const least = (top[way] * 2) / room;
        const want = c[way][i]! > 0 ? Math.max(c[way][i]!, least) : 0;
        expect(Math.abs(bytes - want), `${way} of ${stamp(from)}`).toBeLessThanOrEqual((least / dpr / 2) * 1.01);
        found += bytes;
        held += want;
        // And its width, along a row of the bar: as many pixels as two hours are, but for the hair that parts neighbours.
        if (high < 6 * dpr) continue;
        const y = start + step * (high - 2);
        let [first, last] = [x, x];
        while (isOf(way, first - 1, y)) first -= 1;
        while (isOf(way, last + 1, y)) last += 1;
        widths.push(last - first + 1);
        const off = last - first + 1 - 2 * HOUR * scale.pxPerUs * dpr;
        expect(Math.abs(off), `width of ${way} of ${stamp(from)}`).toBeLessThanOrEqual(2);
      }
    }
    expect(widths.length).toBeGreaterThan(0);
    expect(buckets).toBeGreaterThan(3);
    expect(Math.abs(found / held - 1)).toBeLessThan(0.05 / dpr);
    await page.context().close();
  });

  test.each([1, 1.25, 2])(
    'what a hand has moved is, once it rests, what is painted anew, at %d device pixels a pixel',
    async (dpr) => {
      const page = await window.open(span, { deviceScaleFactor: dpr });
      const { width, height } = await sizeOf(page);
      const box = (await page.locator('.tl-host').boundingBox())!;
      const at = (x: number, y: number) => [box.x + width * x, box.y + height * y] as const;
      const seen = () =>
        page.evaluate(() => {
          const canvases = [...document.querySelectorAll<HTMLCanvasElement>('.tl-canvas')].slice(0, 2);
          const sheets = canvases.map((one) => one.getContext('2d')!.getImageData(0, 0, one.width, one.height));
          const old = (globalThis as { seen?: ImageData[] }).seen;
          Object.assign(globalThis, { seen: sheets });
          // Where pixels differ from those of the last time, by more than an edge off the grid may by its rounding.
          return sheets.flatMap(({ data, width }, n) => {
            const differ: string[] = [];
            for (let i = 0; i < data.length; i += 4) {
              if ([0, 1, 2, 3].every((c) => Math.abs(data[i + c]! - (old?.[n]?.data[i + c] ?? -9)) <= 2)) continue;
              differ.push(`${n}: ${(i / 4) % width}, ${Math.floor(i / 4 / width)}`);
            }
            return differ.slice(0, 5);
          });
        });
      await seen();
      for (const out of [60, -120, 90]) {
        await page.mouse.move(...at(0.7, 0.6));
        for (let n = 0; n < 4; n += 1) await page.mouse.wheel(0, out);
        await page.mouse.down();
        await page.mouse.move(...at(0.55, 0.6), { steps: 7 });
        await page.mouse.up();
        await drawn(page);
        // The words that follow a few at a time are there too, whichever came first.
        await page.waitForTimeout(300);
        expect(await seen()).not.toEqual([]);
        await page.evaluate(() => document.fonts.dispatchEvent(new Event('loadingdone')));
        await page.waitForTimeout(100);
        expect(await seen()).toEqual([]);
      }
      await page.context().close();
    },
    60_000,
  );

  async function wired(wire: Wire): Promise<Page> {
    return window.open(`from=${stamp(view.fromUs - 5 * DAY)}&to=${stamp(view.toUs)}`, {}, (page) =>
      page.routeWebSocket(/\/wire/, (socket) => {
        const engine = socket.connectToServer();
        socket.onMessage((message) => {
          const text = String(message);
          const asks = JSON.parse(text) as { id: number; group: string; name: string };
          const isWindow = asks.group === 'timeline' && asks.name === 'window';
          if (!isWindow) engine.send(message);
          else if (wire.fails) {
            const error = {
              code: 'busy',
              message: 'The disk of the case gave no answer.',
              advice: 'The case is safe.',
            };
            socket.send(JSON.stringify({ id: asks.id, ok: false, error }));
          } else setTimeout(() => engine.send(message), wire.lateMs);
        });
      }),
    );
  }
  const goTo = (page: Page, query: string) =>
    page.evaluate((text) => {
      location.hash = `${location.hash.split('?')[0]}?${text}`;
    }, query);

  /** Weeks before what was asked for so far, and narrow: no answer that is there serves it. */
  const elsewhere = `from=${stamp(view.fromUs - 28 * DAY)}&to=${stamp(view.fromUs - 28 * DAY + 4 * HOUR)}`;

  test('a slow answer leaves the last drawing, with a mark; hand and keys go on', async () => {
    const wire: Wire = { lateMs: 0, fails: false };
    const page = await wired(wire);
    wire.lateMs = 4000;
    await goTo(page, elsewhere);
    await page.locator('.tl-lanes[data-state="stale"]').waitFor();
    await page.getByText('a finer answer is on its way').waitFor();
    const { width, height } = await sizeOf(page);
    const own = await tokens(page);
    const seen = await pixels(page, [...own.sent, ...own.received], width - 400, height - 200, 300, 150);
    expect(seen.join('')).toMatch(/[0-3]/);
    // What is asked of it meanwhile is done at once.
    await page.getByRole('application').focus();
    await page.keyboard.press('ArrowDown');
    await page
      .getByRole('status')
      .filter({ hasText: /: (sent|nothing)/ })
      .first()
      .waitFor({ timeout: 1500 });
    expect(await page.locator('.tl-lanes').getAttribute('aria-busy')).toBe('true');
    await page.locator('.tl-lanes[data-state="fresh"]').waitFor();
    expect(await page.getByText('a finer answer is on its way').count()).toBe(0);
    await page.context().close();
  }, 30_000);

  test('a failed answer says so in a sentence, leaves the drawing and asks again when told to', async () => {
    const wire: Wire = { lateMs: 0, fails: false };
    const page = await wired(wire);
    wire.fails = true;
    await goTo(page, elsewhere);
    const alert = page.getByRole('alert').filter({ hasText: 'The disk of the case gave no answer.' });
    await alert.waitFor();
    await alert.getByText('What is drawn is the last answer.').waitFor();
    wire.fails = false;
    await alert.getByRole('button', { name: 'Try again' }).press('Enter');
    await page.locator('.tl-lanes[data-state="fresh"]').waitFor();
    expect(await alert.count()).toBe(0);
    await page.context().close();
  });

  test.each([
    ['text twice as large', { viewport: { width: 1280, height: 720 } }, 32],
    ['a page twice as large', { viewport: { width: 640, height: 360 }, deviceScaleFactor: 2 }, 16],
  ] as const)(
    '%s: nothing is cut off or out of reach at 1280 by 720',
    async (_, options, fontPx) => {
      const page = await window.open('', options);
      const session = await page.context().newCDPSession(page);
      await session.send('Page.setFontSizes', { fontSizes: { standard: fontPx, fixed: fontPx } });
      await page.reload();
      const selected = `a=${stamp(view.fromUs)}&b=${stamp(view.fromUs + 4 * HOUR)}`;
      await goTo(page, `${span}&${selected}`);
      await drawn(page);
      const out: string[] = [];
      const parts = page.locator('.tl-bar, .tl-filters, .tl-tray, .tl-status');
      for (const one of await parts.locator('button, input, [role=radio]').all()) {
        if (!(await one.isVisible())) continue;
        await one.scrollIntoViewIfNeeded();
        const seen = await one.evaluate((element) => {
          const own = element.matches('input[type=radio], input[type=checkbox]') ? element.closest('label') : element;
          const box = own!.getBoundingClientRect();
          const name = element.getAttribute('aria-label') ?? element.textContent ?? '';
          const inside =
            box.left >= -1 && box.right <= innerWidth + 1 && box.top >= -1 && box.bottom <= innerHeight + 1;
          const at = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
          return { name, ok: inside && at !== null && (own!.contains(at) || at.contains(own!)) };
        });
        if (!seen.ok) out.push(seen.name);
      }
      expect(out).toEqual([]);
      // Words of the tray and the filters are whole: no box is narrower than its text.
      const cut = await page
        .locator('.tl-tray p, .tl-tray h2, .tl-tray .number, .tl-sums span')
        .evaluateAll((all) =>
          all
            .filter((element) => element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0)
            .map((element) => element.textContent),
        );
      expect(cut).toEqual([]);
      // The drawing's own text is larger too: a lane is twice as high, and the one in focus is brought into sight.
      await page.getByRole('application').focus();
      await page.keyboard.press('ArrowDown');
      const place = await page.locator('.tl-place').evaluate((element) => {
        const box = element.getBoundingClientRect();
        return { height: box.height, seen: box.top >= 0 && box.bottom <= innerHeight };
      });
      expect(place).toEqual({ height: (48 * fontPx) / 16, seen: true });
      await page.context().close();
    },
    30_000,
  );

  test('who asked for reduced motion is put there at once', async () => {
    const framesOf = async (reducedMotion: 'reduce' | 'no-preference') => {
      const page = await window.open(span, { reducedMotion }, (made) =>
        made.addInitScript(() => {
          const counts = { frames: 0 };
          const own = globalThis.requestAnimationFrame.bind(globalThis);
          Object.assign(globalThis, { counts });
          globalThis.requestAnimationFrame = (run) => {
            counts.frames += 1;
            return own(run);
          };
        }),
      );
      await page.getByRole('application').focus();
      await page.waitForTimeout(300);
      await page.evaluate(() => {
        (globalThis as unknown as { counts: { frames: number } }).counts.frames = 0;
      });
      await page.keyboard.press('+');
      await page.waitForTimeout(800);
      const frames = await page.evaluate(() => (globalThis as unknown as { counts: { frames: number } }).counts.frames);
      await page.context().close();
      return frames;
    };
    const [still, moving] = [await framesOf('reduce'), await framesOf('no-preference')];
    expect(still).toBeGreaterThan(0);
    // A glide takes a dozen frames and more; without it a few follow from the answer.
    expect(still).toBeLessThan(8);
    expect(moving).toBeGreaterThan(still + 4);
  }, 30_000);

  test.each([
    ['light', 'no-preference'],
    ['light', 'more'],
    ['dark', 'no-preference'],
    ['dark', 'more'],
  ] as const)('every word around it can be read, %s, contrast %s', async (colorScheme, contrast) => {
    const selected = `a=${stamp(view.fromUs)}&b=${stamp(view.fromUs + 4 * HOUR)}`;
    const page = await window.open(`${span}&${selected}&event=${youtube.intervals.top[5]}&bg=1`, {
      colorScheme,
      contrast,
    });
    await page.getByRole('complementary', { name: 'Event' }).getByRole('heading').first().waitFor();
    // The pointer rests in the corner: nothing is hovered.
    await page.mouse.move(1, 1);
    const words = await page.evaluate(() => {
      const plain = (text: string) => text.match(/[\d.]+/g)!.map(Number);
      const found: { text: string; colour: number[]; ground: number[]; large: boolean }[] = [];
      const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        const text = node.textContent!.trim();
        const parent = node.parentElement!;
        if (text === '' || parent.closest('.unseen, script, style, [disabled], [data-disabled]')) continue;
        if (!parent.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
        let under: Element | null = parent;
        let ground = [0, 0, 0, 0];
        for (; under; under = under.parentElement) {
          ground = plain(getComputedStyle(under).backgroundColor);
          if ((ground[3] ?? 1) === 1) break;
        }
        const style = getComputedStyle(parent);
        found.push({ text, colour: plain(style.color), ground, large: Number.parseFloat(style.fontSize) >= 24 });
      }
      return found;
    });
    expect(words.length).toBeGreaterThan(60);
    const rgb = (c: readonly number[]): Rgb => [c[0]! / 255, c[1]! / 255, c[2]! / 255];
    const low = words
      .map((one) => ({ ...one, ratio: contrastOf(rgb(one.colour), rgb(one.ground)) }))
      .filter(({ ratio, large }) => ratio < (contrast === 'more' ? 5 : large ? 3 : 4.5))
      .map(({ text, ratio }) => `${text.slice(0, 40)}: ${ratio.toFixed(2)}`);
    expect(low).toEqual([]);
    await page.context().close();
  });

  test('with the system’s own colours forced, the drawing keeps colours that mean something, with more contrast', async () => {
    const page = await window.open(span, { forcedColors: 'active' });
    const own = await tokens(page);
    expect(own.sent).not.toEqual(['#d47d2e', '#9c480a']);
    const { width, height } = await sizeOf(page);
    const seen = await pixels(page, [...own.sent, ...own.received], width - 600, height - 250, 560, 240);
    expect(seen.join('')).toMatch(/[0-3]/);
    const key = page.locator('.tl-key-sent').first();
    const shown = await key.evaluate((element) => getComputedStyle(element).backgroundColor);
    const plain = own.sent[0]!.match(/\w\w/g)!.map((hex) => Number.parseInt(hex, 16));
    expect(shown).toBe(`rgb(${plain.join(', ')})`);
    // What is chosen is seen as chosen: not by a ground that is taken away.
    const looks = await page
      .getByRole('radiogroup', { name: 'Lanes by' })
      .locator('label')
      .evaluateAll((all) => all.map((one) => getComputedStyle(one).backgroundColor));
    expect(looks.filter((look) => look !== looks.at(-1))).toHaveLength(1);
    await page.context().close();
  });
});
