import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from './places.mjs';

interface Lock {
  readonly packages: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}
const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock;

describe('the lockfile', () => {
  it('names no addresses, so that any registry will do', () => {
    expect(Object.entries(lock.packages).filter(([, one]) => 'resolved' in one)).toEqual([]);
  });

  it('holds the optional packages of every system, without which npm ci refuses it', async () => {
    const { missingOptionals } = await import('./complete-lock.mjs');
    expect(missingOptionals(lock.packages)).toEqual([]);
  });

  it('agrees with package.json', () => {
    const said = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Lock['packages'];
    expect(lock.packages['']?.dependencies).toEqual(said.dependencies);
    expect(lock.packages['']?.devDependencies).toEqual(said.devDependencies);
  });

  it('gets entries for other systems by their names', async () => {
    const { entryFor, lookUp } = await import('./complete-lock.mjs');
    expect(entryFor({ name: '@a/tool-linux-arm64-musl', spec: '1.2.3', dev: true })).toEqual({
      version: '1.2.3',
      cpu: ['arm64'],
      dev: true,
      libc: ['musl'],
      optional: true,
      os: ['linux'],
    });
    expect(entryFor({ name: 'tool-win32-x64-msvc', spec: '^4.0.1', dev: false })).toEqual({
      version: '4.0.1',
      cpu: ['x64'],
      optional: true,
      os: ['win32'],
    });
    const packages = { 'node_modules/a': {}, 'node_modules/a/node_modules/b': {}, 'node_modules/c': {} };
    expect(lookUp(packages, 'node_modules/a', 'b')).toBe('node_modules/a/node_modules/b');
    expect(lookUp(packages, 'node_modules/a/node_modules/b', 'c')).toBe('node_modules/c');
    expect(lookUp(packages, 'node_modules/c', 'b')).toBeUndefined();
  });
});

describe('what is installed', () => {
  it('agrees with the lock, or does not', async () => {
    const { agrees } = await import('./node-modules.mjs');
    const wanted = {
      packages: {
        '': {},
        'node_modules/a': { version: '1.0.0' },
        'node_modules/b-darwin': { version: '1.0.0', optional: true },
      },
    };
    expect(agrees(wanted, { packages: { 'node_modules/a': { version: '1.0.0' } } })).toBe(true);
    expect(agrees(wanted, { packages: { 'node_modules/a': { version: '1.0.1' } } })).toBe(false);
    expect(agrees(wanted, { packages: {} })).toBe(false);
    const other = { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b-darwin': { version: '2.0.0' } };
    expect(agrees(wanted, { packages: other })).toBe(false);
  });
});

describe('what the machine lacks', () => {
  const tools = [
    { program: 'no-such-program-1', package: 'one', why: 'to do one thing', others: ['no-such-program-2', 'node'] },
    { program: 'no-such-program-3', package: 'three', why: 'to do another', env: 'THREE' },
  ];

  it('is looked for under all its names', async () => {
    const { installSentence, missingTools } = await import('./system-packages.mjs');
    const missing = missingTools(tools, { PATH: process.env.PATH });
    expect(missing.map((tool: { package: string }) => tool.package)).toEqual(['three']);
    expect(missingTools(tools, { PATH: process.env.PATH, THREE: '/somewhere' })).toEqual([]);
    expect(installSentence(tools, 'linux')).toBe(
      'Install what is missing (to do one thing and to do another): sudo apt-get install one three',
    );
  });

  it('is not installed where that takes a question', async () => {
    const { installer } = await import('./system-packages.mjs');
    expect(installer({ PATH: '' }, 0)).toBeNull();
  });
});

describe('the Electron window', () => {
  it.each([
    [{}, 'linux', 1000, 'there is no display'],
    [{ DISPLAY: ':0' }, 'linux', 1000, null],
    [{ WAYLAND_DISPLAY: 'w' }, 'linux', 1000, null],
    [{ DISPLAY: ':0' }, 'linux', 0, 'as root it runs only without its sandbox'],
    [{}, 'darwin', 501, null],
    [{}, 'win32', -1, null],
  ] as const)('with %j on %s as %d: %s', async (env, platform, uid, why) => {
    const { whyNoWindow } = await import('./electron.mjs');
    expect(whyNoWindow(env, platform, uid)).toBe(why);
  });
});

it('a built window is stale when a source is younger', async () => {
  const { isStale } = await import('./window.mjs');
  const folder = mkdtempSync(join(tmpdir(), 'phonehome-stale-'));
  const [made, source] = [join(folder, 'made'), join(folder, 'source')];
  writeFileSync(source, '');
  expect(isStale(made, [source])).toBe(true);
  writeFileSync(made, '');
  utimesSync(source, 1000, 1000);
  expect(isStale(made, [source])).toBe(false);
  utimesSync(source, new Date(Date.now() + 10_000), new Date(Date.now() + 10_000));
  expect(isStale(made, [source])).toBe(true);
  rmSync(folder, { recursive: true });
});

describe('the last line of a test run', () => {
  it('has the two figures alone on it', async () => {
    const { lastLine } = await import('./test-counts.mjs');
    expect(lastLine(12, 0)).toBe('12 passed, 0 failed');
  });

  it('counts a file that could not be loaded, and a run that broke without a failed test', async () => {
    const { countsOf } = await import('./test-counts.mjs');
    const passing = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 1, testResults: [] };
    expect(countsOf(passing, 0)).toEqual({ passed: 3, failed: 0, skipped: 1 });
    expect(countsOf(passing, 1)).toEqual({ passed: 3, failed: 1, skipped: 1 });
    expect(countsOf(null, 1)).toEqual({ passed: 0, failed: 1, skipped: 0 });
    const broken = { ...passing, testResults: [{ status: 'failed', assertionResults: [] }] };
    expect(countsOf(broken, 1)).toEqual({ passed: 3, failed: 1, skipped: 1 });
    const failing = {
      ...passing,
      numFailedTests: 2,
      testResults: [{ status: 'failed', assertionResults: [{ status: 'failed' }] }],
    };
    expect(countsOf(failing, 1)).toEqual({ passed: 3, failed: 2, skipped: 1 });
  });
});
