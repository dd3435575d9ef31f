import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AdbDevice, startAdbDevice } from '../../main/practice/adb/device.ts';
import { createPracticePhone, createWorld } from '../../main/practice/index.ts';
import { serveWindow } from '../../main/shells/web/serve-window.ts';
import type { WebServer } from '../../main/shells/web/web-server.ts';
import { type AdbServer, realAdb, sayIfLeftOut, startAdbServer } from '../pipeline/phone/adb-harness.ts';
import { chromiumPath, launchBrowser } from '../support/browser.ts';
import { temporaryFolder } from '../support/engine.ts';

sayIfLeftOut('a cable pulled while the window acquires');

const isAnswer = (origin: unknown) => (origin as { kind: string; stream?: string }).stream === 'stdout';

/** What an examiner sees whose cable slips out, first for a moment, then for good. */
describe.skipIf(!chromiumPath || !realAdb)('a cable pulled while the window acquires', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let adb: AdbServer;
  let device: AdbDevice;
  let server: WebServer;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    folder = await temporaryFolder();
    adb = await startAdbServer();
    process.env.ANDROID_ADB_SERVER_PORT = String(adb.port);
    process.env.PHONEHOME_HOME = join(folder.path, 'home');
    server = await serveWindow({ port: 0, case: null });
    browser = await launchBrowser();
    page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
    page.setDefaultTimeout(20_000);
    await page.goto(server.address());
    await page.getByRole('button', { name: 'New case' }).click();
    const dialog = page.getByRole('dialog', { name: 'New case' });
    await dialog.getByLabel('Name', { exact: true }).fill('cable');
    await dialog.getByRole('button', { name: 'Create the case' }).click();
    await page.getByRole('link', { name: 'Phone', exact: true }).click();
    const world = createWorld({ seed: 12, android: 13, maker: 'samsung', nowUs: Date.now() * 1000, days: 5 });
    device = await startAdbDevice(createPracticePhone(world), { port: 0, host: '127.0.0.1' });
    await adb.adb('connect', device.serial);
    await page.getByText(device.serial).first().waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await device?.close();
    await adb?.close();
    await folder?.[Symbol.asyncDispose]();
  });

  const acquireButton = () => page.getByRole('button', { name: 'Acquire', exact: true });
  const waiting = () => page.getByRole('status').filter({ hasText: /waiting for the phone \(\d+ s\)/ });
  const custody = async (): Promise<Record<string, unknown>[]> =>
    (await readFile(join(folder.path, 'home/cases/cable.phonehome/custody.jsonl'), 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));

  test('the window says that it waits; a cancel ends it at once; it is offered to go on, and only the rest is taken', async () => {
    device.behave({ cutAfterBytes: 2000, only: 'netstats --full' });
    await acquireButton().click();
    await waiting().waitFor();
    // Put back: it goes on by itself, and is pulled again in the next long answer.
    device.behave({ cutAfterBytes: 2000, only: 'package' });
    device.plugIn();
    // Commands run side by side: which of them noticed is chance, what was cut is not.
    await expect
      .poll(async () => (await custody()).filter(({ action }) => action === 'phone.returned'), { timeout: 20_000 })
      .toHaveLength(1);
    const cut = (await custody()).filter(({ action, state }) => action === 'evidence.kept' && state === 'interrupted');
    expect(cut.map(({ origin }) => (origin as { step: string }).step)).toContain('netstats');
    await waiting().waitFor();
    await page.getByRole('region', { name: 'Acquisition' }).getByRole('button', { name: 'Cancel' }).click();
    await expect
      .poll(async () => (await custody()).findLast(({ action }) => action === 'batch.finished'))
      .toMatchObject({ state: 'cancelled' });

    device.behave({});
    device.plugIn();
    await adb.adb('disconnect', device.serial);
    await adb.adb('connect', device.serial);
    await page.getByRole('button', { name: /^(Acquire again|Back)$/ }).click();
    await page.getByText('Go on where acquisition 1 stopped').click();
    await expect.poll(() => acquireButton().isEnabled(), { timeout: 20_000 }).toBe(true);
    await acquireButton().click();
    await page.getByText(/The acquisition is (complete|done)/).waitFor();
    const lines = await custody();
    expect(lines.findLast(({ action }) => action === 'batch.started')).toMatchObject({ batch: 2, continues: 1 });
    const finished = lines.findLast(({ action }) => action === 'batch.finished') as unknown as {
      state: string;
      steps: { id: string; from?: number }[];
    };
    expect(finished.state).toBe('complete');
    // What was had before is not asked again; what was cut off, the history among it, was had in the end.
    const had = finished.steps.filter(({ from }) => from === 1).map(({ id }) => id);
    const answers = lines.filter(({ action, origin }) => action === 'evidence.kept' && isAnswer(origin));
    const stepOf = ({ origin }: Record<string, unknown>) => (origin as { step: string }).step;
    const again = answers.filter(({ batch }) => batch === 2).map(stepOf);
    expect(had).toContain('logcat');
    expect(had.filter((id) => again.includes(id))).toEqual([]);
    expect(answers.filter(({ state }) => state === 'complete').map(stepOf)).toContain('netstats');
  });
});
