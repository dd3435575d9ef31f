import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { browserCommand } from './open-browser.ts';
import { uploadFolder } from './upload-folder.ts';

const address = 'http://127.0.0.1:1/?key=a&b=c';

it.each([
  ['linux', { DISPLAY: ':0' }, ['xdg-open', address]],
  ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, ['xdg-open', address]],
  ['linux', {}, null],
  ['linux', { DISPLAY: ':0', CI: 'true' }, null],
  ['linux', { DISPLAY: ':0', PHONEHOME_NO_BROWSER: '1' }, null],
  ['darwin', {}, ['open', address]],
  ['win32', {}, ['rundll32', 'url.dll,FileProtocolHandler', address]],
  ['win32', { CI: '1' }, null],
] as const)('opens a browser where there is one: %s %j', (platform, env, expected) => {
  expect(browserCommand(address, env, platform)).toEqual(expected);
});

it('clears the uploads of processes that are gone, and only those', async () => {
  const home = mkdtempSync(join(tmpdir(), 'phonehome-uploads-'));
  // No process can have this number: Linux stops at 4194304, Windows counts in fours.
  const gone = '999999999';
  for (const name of [gone, String(process.pid), 'notes']) mkdirSync(join(home, 'uploads', name), { recursive: true });
  expect(await uploadFolder(home)).toBe(join(home, 'uploads', String(process.pid)));
  expect(readdirSync(join(home, 'uploads')).sort()).toEqual([String(process.pid), 'notes'].sort());
  rmSync(home, { recursive: true });
});
