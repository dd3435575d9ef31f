import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { labelApps, serviceOf } from './enrich-apps.ts';
import { createEnrichers } from './enrichers/index.ts';
import { loadLists } from './lists.ts';
import { faultsOf } from './service-list.ts';

const resources = fileURLToPath(new URL('../../../resources', import.meta.url));

describe('loadLists', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lists-'));
    await cp(resources, folder, { recursive: true });
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('reads the lists that ship with the program', async () => {
    const lists = await loadLists(folder);
    expect(lists.services.packages.length).toBeGreaterThan(80);
    expect(lists.files.map((row) => row.file)).toEqual(
      expect.arrayContaining(['lists/services.json', 'lists/organisations.json']),
    );
  });

  it('refuses a list that differs from its hash by one character', async () => {
    const path = join(folder, 'lists/services/xiaomi.json');
    await writeFile(path, (await readFile(path, 'utf8')).replace('"Mi Cloud"', '"Mi cloud"'));
    await expect(loadLists(folder)).rejects.toMatchObject({
      code: 'broken-file',
      message: expect.stringContaining('xiaomi.json differs from its hash'),
    });
  });

  it('names the file that is missing, and the place in one that is wrong', async () => {
    await rm(join(folder, 'lists/services.json'));
    await expect(loadLists(folder)).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('services.json'),
    });
    await writeFile(join(folder, 'manifest.json'), '{"version":1,"files":[{"file":"../up"}]}');
    await expect(loadLists(folder)).rejects.toMatchObject({
      code: 'broken-file',
      message: expect.stringContaining('files.0.file'),
    });
    await writeFile(join(folder, 'manifest.json'), 'not json');
    await expect(loadLists(folder)).rejects.toMatchObject({ message: expect.stringContaining('is not JSON') });
  });
});

describe('the shipped list', () => {
  it('holds together, and marks what is general knowledge', async () => {
    const { services } = await loadLists(resources);
    expect(faultsOf(services)).toEqual([]);
    const general = 'general knowledge';
    const rests = (row: { optionalBasis: unknown; switchOff: { basis: unknown } | null }) =>
      row.optionalBasis === general || row.switchOff?.basis === general;
    const unmarked = [
      ...services.packages.filter(rests),
      ...services.services.filter(rests),
      ...services.services.flatMap((row) => row.signs).filter((sign) => sign.basis === general),
    ].filter((row) => !row.sources.includes('general-knowledge'));
    expect(unmarked).toEqual([]);
  });

  it('finds faults in a list that does not hold together', async () => {
    const { services } = await loadLists(resources);
    const [row] = services.packages;
    if (!row) throw new Error('no row');
    const broken = {
      ...services,
      packages: [
        row,
        row,
        { ...row, service: 'nowhere', sources: ['nobody'], optional: 'no' as const, optionalBasis: null },
      ],
      prefixes: [...services.prefixes, ...services.prefixes.slice(0, 1)],
    };
    expect(faultsOf(broken)).toEqual([
      `${row.package} says the same of ${row.service} twice.`,
      `${row.package} names the unknown service nowhere.`,
      `${row.package} names the unknown source nobody.`,
      `${row.package} must give a basis for "optional" exactly when it gives an answer.`,
      'The prefix com.miui. stands twice.',
    ]);
  });

  it('explains the services of the 2014 affair on a Xiaomi phone, and keeps the two views of its push channel', async () => {
    const enrichers = createEnrichers(await loadLists(resources), { maker: 'Xiaomi' });
    const app = (name: string) => ({ uid: 10_100, packages: [name] });
    const service = (name: string) => serviceOf(labelApps([app(name)], enrichers), app(name));
    expect(service('com.xiaomi.account')).toMatchObject({ name: 'Mi Account', optional: true });
    expect(service('com.android.mms')).toMatchObject({ name: 'Cloud Messaging', optional: true });
    expect(service('com.miui.cloudservice')).toMatchObject({ name: 'Mi Cloud', optional: true });
    const push = labelApps([app('com.xiaomi.xmsf')], enrichers);
    expect(push.map((label) => [label.value, label.detail.optional])).toEqual([
      ['Mi Push', null],
      ['Cloud Messaging', true],
    ]);
  });

  it('does not call another maker’s messaging app Cloud Messaging', async () => {
    const enrichers = createEnrichers(await loadLists(resources), { maker: 'samsung' });
    expect(labelApps([{ uid: 10_100, packages: ['com.android.mms'] }], enrichers)).toEqual([]);
  });
});
