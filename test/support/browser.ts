import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const places = [
  process.env.PHONEHOME_CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** A Chromium of this machine, or null: then the window's tests are left out and say so. */
export const chromiumPath: string | null = places.find((path) => path !== undefined && existsSync(path)) ?? null;
if (!chromiumPath) console.log('left out: the window in a browser (no Chromium found; set PHONEHOME_CHROMIUM)');

/** Without a sandbox, a graphics card, and traffic of its own. */
export const quietly: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--no-first-run',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts it without a window and without traffic of its own; `more` are further arguments. */
export function launchBrowser(more: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath!,
    args: [...quietly, ...more],
  });
}
