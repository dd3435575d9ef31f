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
import { watchedPage } from '../support/watched-page.ts';

sayIfLeftOut('what is chosen before an acquisition, in the window');

type Line = { readonly action: string; readonly [detail: string]: unknown };

/** A phone over the network, its owner’s files, a package, root: asked for by name, from the keyboard where it matters. */
describe.skipIf(!chromiumPath || !realAdb)('what is chosen before an acquisition, in the window', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let adb: AdbServer;
  let device: AdbDevice;
  let server: WebServer;
  let browser: Browser;
  let page: Page;
  let complaints: readonly string[];

  beforeAll(async () => {
    folder = await temporaryFolder();
    adb = await startAdbServer();
    process.env.ANDROID_ADB_SERVER_PORT = String(adb.port);
    process.env.PHONEHOME_HOME = join(folder.path, 'home');
    server = await serveWindow({ port: 0, case: null });
    browser = await launchBrowser();
    ({ page, complaints } = await watchedPage(browser, server.address()));
    await page.getByRole('button', { name: 'New case' }).click();
    const dialog = page.getByRole('dialog', { name: 'New case' });
    await dialog.getByLabel('Name', { exact: true }).fill('chosen');
    await dialog.getByRole('button', { name: 'Create the case' }).click();
    await page.getByRole('link', { name: 'Phone', exact: true }).click();
    const nowUs = Date.now() * 1000;
    const world = createWorld({ seed: 21, android: 14, maker: 'xiaomi', nowUs, days: 6, root: 'su' });
    device = await startAdbDevice(createPracticePhone(world), { port: 0, host: '127.0.0.1' });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await device?.close();
    await adb?.close();
    await folder?.[Symbol.asyncDispose]();
  });

  const log = async (): Promise<Line[]> =>
    (await readFile(join(folder.path, 'home/cases/chosen.phonehome/custody.jsonl'), 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
  const fold = (name: string) => page.getByRole('button', { name: new RegExp(`^${name}`) });

  test('a phone over the network is connected from the dialog, without the mouse; a wrong address gets its sentence', async () => {
    await page.getByRole('button', { name: 'A phone over the network' }).press('Enter');
    const dialog = page.getByRole('dialog', { name: 'A phone over the network' });
    await dialog.getByLabel('IP address and port for pairing').fill('192.168.1.23');
    await page.keyboard.press('Enter');
    await dialog.getByText('The port is missing').waitFor();
    const code = dialog.getByLabel('Pairing code');
    expect(await code.getAttribute('autocomplete')).toBe('off');
    await dialog.getByRole('button', { name: 'It is paired already' }).press('Enter');
    await page.keyboard.type('127.0.0.1:1');
    await page.keyboard.press('Enter');
    await dialog.getByRole('status').filter({ hasText: '127.0.0.1:1' }).waitFor();
    await dialog.getByLabel('IP address and port').fill(device.serial);
    await page.keyboard.press('Enter');
    await dialog.getByRole('button', { name: 'Done' }).press('Enter');
    await page.getByText(device.serial).first().waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Acquire', exact: true }).isEnabled()).toBe(true);
  });

  test('nothing is chosen beforehand; what is chosen is said', async () => {
    await fold('What else this phone offers').click();
    await page.getByRole('button', { name: 'Ask the phone', exact: true }).click();
    await page.getByText(/\d+ found, none chosen/).waitFor();
    await page.getByText(/\d+ listed, none chosen/).waitFor();

    await page.getByRole('button', { name: 'Choose files that the owner made' }).click();
    const files = page.getByRole('dialog', { name: 'Files that the owner made' });
    await files.getByRole('row').first().waitFor();
    expect(await files.getByRole('row', { selected: true }).count()).toBe(0);
    await files.getByRole('row').first().focus();
    await page.keyboard.press('Space');
    await files.getByRole('button', { name: 'Take this file' }).click();

    await page.getByRole('button', { name: 'Choose packages of apps' }).click();
    const apps = page.getByRole('dialog', { name: 'Packages of apps' });
    await apps.getByRole('button', { name: /^Choose all \d+ user-installed/ }).click();
    await apps.getByRole('button', { name: /^Take these \d+ packages/ }).waitFor();
    await apps.getByRole('button', { name: 'Choose none' }).click();
    await apps.getByRole('row').first().click();
    await apps.getByRole('button', { name: 'Take this package' }).click();
    await fold('What else this phone offers').filter({ hasText: '1 file, 1 package' }).waitFor();
    expect((await log()).some(({ action }) => action === 'phone.looked')).toBe(true);
  });

  test('root is used only once it was ticked, and what the phone says of it is shown', async () => {
    expect((await log()).some(({ command }) => String(command).startsWith('su '))).toBe(false);
    await fold('Root').click();
    await page.getByText('Use root where the phone has it').click();
    await page.getByRole('button', { name: 'Ask the phone for it now' }).click();
    await fold('Root').filter({ hasText: 'will be used' }).waitFor();
    // What was chosen before the second look is still chosen.
    await fold('What else this phone offers').filter({ hasText: '1 file, 1 package' }).waitFor();
  });

  test('it is taken, and the log says what was asked for', async () => {
    await page
      .getByText(/^Quick/)
      .first()
      .click();
    await page.getByRole('button', { name: 'Acquire', exact: true }).click();
    await page.getByText(/The acquisition is (complete|done)/).waitFor({ timeout: 60_000 });
    const lines = await log();
    const begun = lines.find(({ action }) => action === 'batch.started') as unknown as {
      root: boolean;
      files: string[];
      apks: string[];
      extras?: string[];
      profile: string;
    };
    expect(begun).toMatchObject({ root: true, profile: 'quick' });
    expect([begun.files.length, begun.apks.length, begun.extras ?? []]).toEqual([1, 1, []]);
    const kept = lines.filter(({ action }) => action === 'evidence.kept').map(({ name }) => String(name));
    expect(kept).toContain(begun.files[0]);
    expect(kept.some((name) => name.endsWith('base.apk'))).toBe(true);
    // A choice is for one acquisition.
    await page.getByRole('button', { name: 'Acquire again' }).click();
    await fold('What else this phone offers').filter({ hasText: 'not asked' }).waitFor();
  });

  test('nothing complained', () => {
    expect(complaints).toEqual([]);
  });
});
