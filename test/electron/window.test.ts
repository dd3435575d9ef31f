import { join } from 'node:path';
import { type ElectronApplication, _electron as electron, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { electronBinary, whyNoWindow } from '../../main/setup/electron.mjs';
import { temporaryFolder } from '../support/engine.ts';
import { buildForElectron } from './build.ts';

const root = join(import.meta.dirname, '..', '..');
const binary = electronBinary();
const left = binary === null ? 'its binary is not installed here' : whyNoWindow();
if (left !== null) console.log(`Left out: the tests of Electron’s window, since ${left}.`);

describe.skipIf(left !== null)('the window in Electron', () => {
  let app: ElectronApplication;
  let page: Page;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  const faults: string[] = [];

  beforeAll(async () => {
    await buildForElectron();
    folder = await temporaryFolder();
    app = await electron.launch({
      executablePath: binary ?? '',
      args: [root, `--user-data-dir=${join(folder.path, 'electron')}`],
      env: { ...process.env, PHONEHOME_HOME: folder.path } as Record<string, string>,
    });
    page = await app.firstWindow();
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text());
    });
    page.on('pageerror', (error) => faults.push(error.message));
  });
  afterAll(async () => {
    await app?.close();
    await folder?.[Symbol.asyncDispose]();
  });

  it('shows the cases', async () => {
    await page
      .getByRole('button', { name: /sample/i })
      .first()
      .waitFor();
    expect(page.url()).toContain('app://phonehome/');
  });

  it('has nothing of Node in its page, and three functions of the program', async () => {
    const seen = await page.evaluate(() => ({
      require: typeof (globalThis as Record<string, unknown>).require,
      process: typeof (globalThis as Record<string, unknown>).process,
      wire: Object.keys((globalThis as { phonehome?: object }).phonehome ?? {}).sort(),
    }));
    expect(seen).toEqual({ require: 'undefined', process: 'undefined', wire: ['listen', 'pathOf', 'request'] });
    const preferences = await app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents as
        | { getLastWebPreferences?(): Record<string, unknown> | null }
        | undefined;
      const last = contents?.getLastWebPreferences?.() ?? {};
      return [last.sandbox, last.contextIsolation, last.nodeIntegration];
    });
    expect(preferences).toEqual([true, true, false]);
  });

  it('checks arguments at the engine’s door', async () => {
    const reply = await page.evaluate(() =>
      (globalThis as unknown as { phonehome: { request(...args: unknown[]): Promise<unknown> } }).phonehome.request(
        'cases',
        'open',
        { path: 5 },
      ),
    );
    expect(reply).toMatchObject({ ok: false, error: { code: 'wrong-use' } });
  });

  it('does not leave its page and opens no other', async () => {
    const before = page.url();
    await page.evaluate(() => {
      window.location.href = 'https://example.org/';
    });
    await page.waitForTimeout(300);
    expect(page.url()).toBe(before);
    expect(await page.evaluate(() => window.open('http://127.0.0.1:1/') === null)).toBe(true);
    expect(app.windows()).toHaveLength(1);
    const permission = await page.evaluate(() =>
      navigator.permissions.query({ name: 'geolocation' }).then((answer) => answer.state),
    );
    expect(permission).toBe('denied');
  });

  it('opens the sample case, draws its timeline and writes its report', async () => {
    await page
      .getByRole('button', { name: /sample/i })
      .first()
      .click();
    await page.waitForURL(/timeline/, { timeout: 60_000 });
    await page.getByText('Gallery').first().waitFor();
    const id = decodeURIComponent(/#\/case\/([^/?]+)/.exec(page.url())?.[1] ?? '');
    const reply = await page.evaluate(
      (args) =>
        (globalThis as unknown as { phonehome: { request(...args: unknown[]): Promise<unknown> } }).phonehome.request(
          'report',
          'write',
          args,
        ),
      { case: id, task: 'report', out: null, choices: {} },
    );
    expect(reply).toMatchObject({ ok: true });
    expect(faults).toEqual([]);
  });
});
