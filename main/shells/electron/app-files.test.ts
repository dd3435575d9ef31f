import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { answerAppRequest } from './app-files.ts';
import { isOwnPage } from './own-page.ts';

let folder: string;
let window: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'phonehome-app-'));
  window = join(folder, 'window');
  mkdirSync(join(window, 'assets'), { recursive: true });
  writeFileSync(join(window, 'index.html'), '<meta property="csp-nonce" nonce="PHONEHOME-NONCE">');
  writeFileSync(join(window, 'assets', 'a b.js'), 'export {};');
  writeFileSync(join(window, 'notes.secret'), 'no');
  writeFileSync(join(folder, 'secret.js'), 'no');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ask = (address: string, method = 'GET') => answerAppRequest(new Request(address, { method }), window);

it('serves the page under its policy with a fresh nonce', async () => {
  for (const address of ['app://phonehome/index.html', 'app://phonehome/', 'app://phonehome/index.html#/cases']) {
    const answer = await ask(address);
    expect(answer.status).toBe(200);
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(await answer.text()).toContain(`nonce="${/'nonce-([\w-]+)'/.exec(policy)?.[1]}"`);
  }
});

it('serves assets by their type', async () => {
  const answer = await ask('app://phonehome/assets/a%20b.js');
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8']);
});

it.each([
  'app://phonehome/../secret.js',
  'app://phonehome/..%2fsecret.js',
  'app://phonehome/assets/..%2f..%2fsecret.js',
  'app://phonehome/%00',
  'app://phonehome/%zz',
  'app://phonehome/notes.secret',
  'app://phonehome/assets',
  'app://phonehome/none.js',
])('has nothing at %s', async (address) => {
  expect((await ask(address)).status).toBe(404);
});

it('answers no other host and no other method', async () => {
  expect((await ask('app://elsewhere/index.html')).status).toBe(403);
  expect((await ask('app://phonehome/index.html', 'POST')).status).toBe(403);
});

it.each([
  ['app://phonehome/index.html#/x', undefined, true],
  ['http://localhost:5173/x', 'http://localhost:5173', true],
  ['http://localhost:5173/x', undefined, false],
  ['http://localhost:5174/x', 'http://localhost:5173', false],
  ['app://phonehome.evil/', undefined, false],
  ['https://phonehome/', undefined, false],
  ['file:///etc/passwd', undefined, false],
  ['about:blank', undefined, false],
  ['', undefined, false],
] as const)('%s with %s is its own page: %s', (address, devServer, own) => {
  expect(isOwnPage(address, devServer)).toBe(own);
});
