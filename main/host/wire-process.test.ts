import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { News } from '../../shared/contract/derive.ts';
import { emptyCaseInfo } from '../../shared/types/case.ts';
import { fakePhones } from '../../test/shells/fake-engine.ts';
import { forkEngine } from './fork-engine.ts';
import type { Host } from './host.ts';
import { connectProcess } from './wire-process.ts';

const file = join(import.meta.dirname, '..', '..', 'test', 'shells', 'fake-engine-process.ts');

let folder: string;
let host: Host;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'phonehome-process-'));
  host = connectProcess(() => forkEngine(file), { shell: 'web', version: '1.2.3', resources: folder });
});
afterEach(async () => {
  await host.close();
  rmSync(folder, { recursive: true, force: true });
});

it('answers each window under its own number, and passes news on', async () => {
  const news: News[] = [];
  host.listen((one) => news.push(one));
  const both = await Promise.all([
    host.handle({ id: 1, group: 'phones', name: 'list', args: null }),
    host.handle({ id: 1, group: 'program', name: 'info', args: null }),
  ]);
  expect(both[0]).toEqual({ id: 1, ok: true, value: fakePhones });
  expect(both[1]).toMatchObject({ id: 1, ok: true, value: { shell: 'web' } });
  const made = await host.handle({
    id: 2,
    group: 'cases',
    name: 'create',
    args: { path: join(folder, 'one'), info: emptyCaseInfo },
  });
  const id = made.ok ? (made.value as { id: string }).id : '';
  await host.handle({ id: 3, group: 'evidence', name: 'import', args: { case: id, task: 't', paths: [folder] } });
  await expect.poll(() => news.map((one) => `${one.group}.${one.name}`)).toContain('cases.changed');
  expect(news[0]).toMatchObject({ group: 'tasks', name: 'changed', payload: { task: 't', state: 'running' } });
});

it('fails what a dead engine was asked, and starts another for the next question', async () => {
  const [dead, other] = await Promise.all([
    host.handle({ id: 4, group: 'cases', name: 'open', args: { path: join(folder, 'crash') } }),
    host.handle({ id: 5, group: 'cases', name: 'open', args: { path: join(folder, 'crash') } }),
  ]);
  expect(dead).toMatchObject({ id: 4, ok: false, error: { code: 'internal' } });
  expect(other).toMatchObject({ id: 5, ok: false, error: { code: 'internal' } });
  expect(await host.handle({ id: 6, group: 'phones', name: 'list', args: null })).toMatchObject({ id: 6, ok: true });
});

it('answers nothing after it was closed', async () => {
  await host.close();
  expect(await host.handle({ id: 1, group: 'phones', name: 'list', args: null })).toMatchObject({ ok: false });
});

it('fails in words where the process cannot be started', async () => {
  const none = connectProcess(() => forkEngine(join(folder, 'no-such-file.ts')), {
    shell: 'web',
    version: '1.2.3',
    resources: folder,
  });
  const reply = await none.handle({ id: 1, group: 'phones', name: 'list', args: null });
  expect(reply).toMatchObject({ ok: false, error: { code: 'internal' } });
  await none.close();
});
