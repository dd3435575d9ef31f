import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { humanBytes } from '../../shared/base/bytes.ts';
import { grouped } from '../../shared/base/grouped.ts';
import { chromiumPath } from '../support/browser.ts';
import { netstatsOf } from '../support/small-dump.ts';
import { caseOfFiles, type WatchedWindow, watchedWindow } from '../support/watched-window.ts';

const LANES = 3000;
/** 18 October 2025, 06:00 UTC. */
const first = 1_760_767_200;
/** How many bytes app `n` sent: the first most. */
const sentBy = (n: number) => 1_000_000 - n * 100;
/** How many datagrams host `n` was sent, each from a port of its own. */
const contactsWith = (n: number) => (n < 50 ? 60 - n : 1);

/** Three thousand apps with an interval each. */
function manyApps(): string {
  return netstatsOf(
    Array.from({ length: LANES }, (_, n) => ({
      uid: 10_000 + n,
      buckets: [`      st=${first + (n % 40) * 7200} rb=50 rp=1 tb=${sentBy(n)} tp=10 op=0`],
    })),
  );
}

/** A capture of datagrams (raw IPv4, UDP without payload) to three thousand addresses over three days. */
function manyHosts(): Buffer {
  const head = Buffer.alloc(24);
  head.writeUInt32LE(0xa1b2c3d4, 0);
  head.writeUInt16LE(2, 4);
  head.writeUInt16LE(4, 6);
  head.writeUInt32LE(262_144, 16);
  head.writeUInt32LE(101, 20);
  const packet = Buffer.from('4500001c00000000401100000a000001cb00710904d2270f00080000', 'hex');
  const sent: { at: number; record: Buffer }[] = [];
  for (let n = 0; n < LANES; n += 1) {
    for (let k = 0; k < contactsWith(n); k += 1) {
      const at = first + ((n * 97 + k * 3571) % 259_200);
      const record = Buffer.alloc(16 + packet.length);
      record.writeUInt32LE(at, 0);
      record.writeUInt32LE(packet.length, 8);
      record.writeUInt32LE(packet.length, 12);
      packet.copy(record, 16);
      record.writeUInt32BE(0xcb_00_00_00 + n, 16 + 16);
      record.writeUInt16BE(20_000 + k, 16 + 20);
      sent.push({ at, record });
    }
  }
  sent.sort((a, b) => a.at - b.at);
  return Buffer.concat([head, ...sent.map(({ record }) => record)]);
}

/** The timeline of more lanes than anybody scrolls through: the first are there, and the others are added up. */
describe.skipIf(!chromiumPath)('three thousand lanes in the window', () => {
  let opened: WatchedWindow;
  let page: Page;
  let complaints: readonly string[];

  beforeAll(async () => {
    const files = { 'netstats.txt': manyApps(), 'gateway.pcap': manyHosts() };
    opened = await watchedWindow(caseOfFiles(files, { zone: 'UTC' }));
    ({ page, complaints } = opened);
  });
  afterAll(() => opened?.close());

  const eventually = <T>(read: () => T, message = '') => expect.poll(read, { timeout: 20_000, message });
  const timeline = () => page.getByRole('application', { name: /^Timeline by/ });
  const said = (text: RegExp) =>
    page.getByRole('status').filter({ hasText: text }).first().waitFor({ state: 'attached' });
  const saidAfter = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
    return (await page.getByRole('status').allTextContents()).join(' ');
  };
  const status = () => page.locator('.tl-status').textContent();
  const sums = () => page.locator('.tl-sums').textContent();
  const goTo = async (view: Readonly<Record<string, string>>) => {
    await page.evaluate((query) => {
      location.hash = `${location.hash.split('?')[0]}?${query}`;
    }, new URLSearchParams(view).toString());
  };
  const scroller = () => page.locator('.tl-scroller');
  /** A second of the first day, as an address has it. */
  const stamp = (seconds: number) => new Date((first + seconds) * 1000).toISOString().replace(/[-:]|\.\d+/g, '');

  test('the thousand that sent most are there, and below the last one it says how many more and what they sent', async () => {
    await eventually(status).toContain(`${grouped(1000)} of ${grouped(LANES + 1)} lanes`);
    expect(await scroller().evaluate((element) => element.scrollHeight)).toBeLessThan(1000 * 48 + 1000);
    const untold = sumOf(Array.from({ length: LANES - 1000 }, (_, n) => sentBy(n + 1000)));
    const words = `${grouped(2001)} more apps, ${humanBytes(untold)} sent`;
    const row = page.getByRole('row').filter({ hasText: `${grouped(2001)} more apps` });
    await eventually(() => row.textContent()).toContain('in the whole span: narrow the filter or search to see them');
    await timeline().focus();
    await page.keyboard.press('ArrowUp');
    await said(new RegExp(`^${words}.* in the whole span: narrow the filter or search to see them\\.$`));
    const end = await scroller().evaluate((element) => element.scrollHeight - element.clientHeight);
    await eventually(() => scroller().evaluate((element) => element.scrollTop)).toBeCloseTo(end, 0);
    // What works on a lane has none here: the line says again what it is, for the eye too.
    for (const key of ['Enter', 'p', 't', '.']) {
      await page.keyboard.press(key);
      await eventually(() => page.locator('.tl-said').textContent()).toContain('narrow the filter');
    }
    expect(await page.evaluate(() => location.hash)).not.toMatch(/pin=|fold=|event=/);
    await page.keyboard.press('ArrowUp');
    await said(/^uid 10999: sent 900 kB/);
  });

  test('sums are those of all lanes: of the whole, of a window, and of what is selected', async () => {
    const all = sumOf(Array.from({ length: LANES }, (_, n) => sentBy(n)));
    await eventually(sums).toContain(`↑ ${humanBytes(all)}`);
    // Buckets 0 to 3 touch the stretch.
    const touching = Array.from({ length: LANES }, (_, n) => n).filter((n) => n % 40 < 4);
    const some = humanBytes(sumOf(touching.map(sentBy)));
    await goTo({ from: stamp(600), to: stamp(3 * 7200 + 600) });
    await eventually(sums).toContain(`↑ ${some}`);
    expect(await sums()).not.toMatch(/[≈…]/);
    await goTo({ a: stamp(600), b: stamp(3 * 7200 + 600) });
    const tray = page.getByRole('region', { name: 'Selection' });
    await eventually(() => tray.textContent()).toContain(`${some} sent`);
    await eventually(() => tray.textContent()).toContain(`300 events in 300 lanes`);
    expect(await tray.textContent()).not.toMatch(/[≈…]/);
  });

  test('another order brings other lanes, and a pinned lane is there in each', async () => {
    await goTo({ sort: 'first', pin: '12999' });
    await timeline().focus();
    // The answer may be on its way still: what stands there then are the lanes of before.
    await eventually(() => saidAfter('Escape', 'ArrowDown')).toMatch(/uid 12999: sent 700 kB/);
    // Seventy-five apps share each bucket: of those of the fourteenth twenty-three are told, beside the pinned one and the unknown.
    await eventually(() => saidAfter('Escape', 'ArrowUp')).toMatch(/2.001 more apps, .* narrow the filter/);
    expect(await saidAfter('ArrowUp')).toMatch(/uid 10893: sent 911 kB/);
  });

  test('hosts of a capture, which have contacts; the filter brings one that was not told', async () => {
    await goTo({ by: 'host' });
    await eventually(status).toContain(`${grouped(1000)} of ${grouped(LANES + 1)} lanes`);
    await timeline().focus();
    await eventually(() => saidAfter('Escape', 'ArrowUp')).toMatch(
      /2.001 more hosts, 2.001 contacts in the whole span/,
    );
    await goTo({ by: 'host', host: '203.0.11.183' });
    await page.getByText('1 lane', { exact: true }).waitFor();
    expect(complaints).toEqual([]);
  });
});

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0);
}
