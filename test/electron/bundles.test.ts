import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, it } from 'vitest';
import { forkEngine } from '../../main/host/fork-engine.ts';
import { connectProcess } from '../../main/host/wire-process.ts';
import { temporaryFolder } from '../support/engine.ts';
import { buildForElectron } from './build.ts';

const root = join(import.meta.dirname, '..', '..');

/*
 * What Electron loads is built as for Electron; the engine's bundle also runs under plain Node, so all of it but the
 * window is proved where no Electron can be had.
 */
let built: string;
beforeAll(async () => {
  built = await buildForElectron();
});

it('the preload script loads Electron and nothing else', () => {
  const text = readFileSync(join(built, 'preload.cjs'), 'utf8');
  expect([...text.matchAll(/require\(([^)]*)\)/g)].map((match) => match[1])).toEqual(['"electron"']);
  expect(text).not.toContain('__filename');
  expect(text).not.toContain('import.meta');
});

it('the entry that package.json names is the main process', async () => {
  const { main } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { main: string };
  expect(join(root, main)).toBe(join(built, 'electron.cjs'));
  expect(existsSync(join(root, main))).toBe(true);
  for (const name of ['electron.cjs', 'engine-process.cjs']) {
    expect(readFileSync(join(built, name), 'utf8'), name).not.toContain('import.meta');
    // Syntax as CommonJS; running the first of them takes Electron.
    await promisify(execFile)(process.execPath, ['--check', join(built, name)]);
  }
});

it('the engine’s bundle makes the sample case and its report', async () => {
  await using folder = await temporaryFolder();
  process.env.PHONEHOME_HOME = folder.path;
  const host = connectProcess(() => forkEngine(join(built, 'engine-process.cjs')), {
    shell: 'electron',
    version: 'test',
    resources: join(root, 'resources'),
  });
  try {
    const info = await host.handle({ id: 1, group: 'program', name: 'info', args: null });
    expect(info).toMatchObject({ ok: true, value: { shell: 'electron', casesFolder: join(folder.path, 'cases') } });
    const sample = await host.handle({ id: 2, group: 'cases', name: 'sample', args: { task: 's' } });
    expect(sample).toMatchObject({ ok: true, value: { sample: true } });
    const id = sample.ok ? (sample.value as { id: string }).id : '';
    const args = { case: id, task: 'r', out: null, choices: {} };
    const report = await host.handle({ id: 3, group: 'report', name: 'write', args });
    expect(report).toMatchObject({ ok: true });
    const { path, pages } = report.ok ? (report.value as { path: string; pages: number }) : { path: '', pages: 0 };
    expect(pages).toBeGreaterThan(5);
    expect(readFileSync(path).subarray(0, 5).toString()).toBe('%PDF-');
  } finally {
    delete process.env.PHONEHOME_HOME;
    await host.close();
  }
});
