import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contract } from '../../shared/contract/contract.ts';
import { createClient } from '../../shared/contract/derive.ts';
import { emptyCaseInfo } from '../../shared/types/case.ts';
import type { TaskView } from '../../shared/types/task.ts';
import { type FakeEngine, fakeEngine, fakePhones } from '../../test/shells/fake-engine.ts';
import { createHost, type Host } from './host.ts';
import { wireTo } from './in-process.ts';

let folder: string;
let engine: FakeEngine;
let host: Host;

const client = () => createClient(contract, wireTo(host));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'phonehome-host-'));
  engine = fakeEngine();
  const sample = join(folder, 'cases', 'sample.phonehome');
  host = createHost({
    engine,
    shell: 'test',
    home: { folder: join(folder, 'home'), casesFolder: join(folder, 'cases') },
    sample: {
      folder: sample,
      async build() {
        await (await engine.createCase(sample, emptyCaseInfo, true)).close();
      },
    },
    checkResults: true,
  });
});
afterEach(async () => {
  await host.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('cases', () => {
  it('are made, opened, remembered, forgotten and closed', async () => {
    const made = await client().cases.create({
      path: join(folder, 'one'),
      info: { ...emptyCaseInfo, number: '26/7' },
    });
    expect(made.path).toBe(join(folder, 'one.phonehome'));
    expect(await client().cases.recent(null)).toMatchObject([{ path: made.path, number: '26/7', missing: false }]);
    await client().cases.close({ case: made.id });
    await expect(client().cases.view({ case: made.id })).rejects.toMatchObject({ code: 'not-found' });
    rmSync(made.path, { recursive: true });
    expect(await client().cases.recent(null)).toMatchObject([{ missing: true }]);
    await client().cases.forget({ path: made.path });
    expect(await client().cases.recent(null)).toEqual([]);
  });

  it('come with their first picture where one is wanted and can be read', async () => {
    const { id, path } = await client().cases.create({ path: join(folder, 'one'), info: emptyCaseInfo });
    const picture = { overview: await client().timeline.overview({ case: id, bins: 10 }), window: null, bars: 0 };
    const asked: number[] = [];
    engine.first = async (bars) => {
      asked.push(bars);
      if (bars > 20) throw new Error('the case file is damaged');
      return picture;
    };
    expect(await client().cases.open({ path })).not.toHaveProperty('first');
    expect((await client().cases.open({ path, bars: 12 })).first).toEqual(picture);
    // The case opens all the same: whoever asks for what could not be read is told.
    const opened = await client().cases.open({ path, bars: 30 });
    expect([opened.id, opened.first]).toEqual([id, undefined]);
    expect(asked).toEqual([12, 30]);
  });

  it('keep one id for one folder, also through a link, until the last window closed it', async () => {
    const { id, path } = await client().cases.create({ path: join(folder, 'one'), info: emptyCaseInfo });
    symlinkSync(path, join(folder, 'link.phonehome'));
    const both = await Promise.all([
      client().cases.open({ path }),
      client().cases.open({ path: join(folder, 'link.phonehome') }),
    ]);
    expect(both.map((view) => view.id)).toEqual([id, id]);
    expect((await client().cases.open({ path: join(folder, 'one') })).id).toBe(id);
    for (const _ of [1, 2, 3]) await client().cases.close({ case: id });
    expect((await client().cases.view({ case: id })).id).toBe(id);
    await client().cases.close({ case: id });
    expect(engine.calls).toContain(`close ${path}`);
  });

  it('builds the sample once and marks it', async () => {
    const first = await client().cases.sample({ task: 't1' });
    expect(first.sample).toBe(true);
    const second = await client().cases.sample({ task: 't2' });
    expect(second.id).toBe(first.id);
    const other = await client().cases.create({ path: join(folder, 'two'), info: emptyCaseInfo });
    expect(other.sample).toBe(false);
  });

  it('a list of recent cases that is damaged is an empty one', async () => {
    mkdirSync(join(folder, 'home'), { recursive: true });
    writeFileSync(join(folder, 'home', 'recent-cases.json'), '[{"path": 5}, ');
    expect(await client().cases.recent(null)).toEqual([]);
  });

  it('says what is not a case', async () => {
    await expect(client().cases.open({ path: folder })).rejects.toMatchObject({ code: 'not-a-case' });
  });
});

describe('the door', () => {
  it.each([
    ['cases', 'open', { path: '' }, 'path'],
    ['cases', 'create', { path: '/x', info: {} }, 'info.number'],
    ['timeline', 'overview', { case: 'C1', bins: 3 }, 'bins'],
    ['timeline', 'window', { case: 'C1', by: 'colour' }, 'by'],
    ['events', 'list', { case: 'C1', filter: { uid: 'root' }, limit: 10, offset: 0 }, 'filter.uid'],
    ['evidence', 'import', { case: 'C1', task: 't', paths: [] }, 'paths'],
    ['tasks', 'cancel', {}, 'task'],
    ['phones', 'acquire', { case: 'C1', task: 't', serial: null, profile: 'all' }, 'profile'],
    ['phones', 'acquire', { case: 'C1', task: 't', serial: null, profile: 'full', extras: ['reboot'] }, 'extras'],
  ])('refuses %s.%s %j', async (group, name, args, field) => {
    const reply = await host.handle({ id: 1, group, name, args });
    expect(reply).toMatchObject({ ok: false, error: { code: 'wrong-use' } });
    expect(reply.ok ? '' : reply.error.message).toContain(field);
  });
});

describe('tasks', () => {
  it('tell what goes on at no more than about ten news a second, and can be cancelled', async () => {
    const { id } = await client().cases.create({ path: join(folder, 'one'), info: emptyCaseInfo });
    const news: TaskView[] = [];
    client().tasks.on.changed((task) => news.push(task));
    const started = performance.now();
    const endless = client().evidence.import({ case: id, task: 'slow', paths: ['/endless'] });
    const refused = client().evidence.import({ case: id, task: 'slow', paths: ['/endless'] });
    await expect(refused).rejects.toMatchObject({ code: 'wrong-use' });
    await new Promise((done) => setTimeout(done, 350));
    await client().tasks.cancel({ task: 'slow' });
    await expect(endless).rejects.toMatchObject({ code: 'cancelled' });
    const seconds = (performance.now() - started) / 1000;
    expect(news.at(-1)).toMatchObject({ task: 'slow', kind: 'import', case: id, state: 'cancelled' });
    expect(news.length).toBeGreaterThan(2);
    expect(news.length).toBeLessThanOrEqual(Math.ceil(seconds * 10) + 2);
  });

  it('end as done with the last steps, or as failed', async () => {
    const { id } = await client().cases.create({ path: join(folder, 'one'), info: emptyCaseInfo });
    const news: TaskView[] = [];
    const changed: string[] = [];
    client().tasks.on.changed((task) => news.push(task));
    client().cases.on.changed((payload) => changed.push(payload.case));
    await client().evidence.import({ case: id, task: 'a', paths: [folder] });
    expect(news.at(-1)).toMatchObject({ task: 'a', state: 'done', steps: [{ id: 'read', state: 'complete' }] });
    await expect(
      client().phones.acquire({ case: id, task: 'b', serial: 'L0CK', profile: 'quick' }),
    ).rejects.toMatchObject({ code: 'phone-unauthorized' });
    expect(news.at(-1)).toMatchObject({ task: 'b', kind: 'acquire', state: 'failed' });
    expect(changed).toEqual([id, id]);
  });

  it('are stopped when the host closes', async () => {
    const { id } = await client().cases.create({ path: join(folder, 'one'), info: emptyCaseInfo });
    const endless = client().evidence.import({ case: id, task: 'slow', paths: ['/endless'] });
    const ended = expect(endless).rejects.toMatchObject({ code: 'cancelled' });
    await host.close();
    await ended;
    expect(engine.calls.at(-1)).toBe('engine.close');
  });
});

describe('phones', () => {
  it('are listed and their changes passed on', async () => {
    expect(await client().phones.list(null)).toEqual(fakePhones);
    const heard: number[] = [];
    client().phones.on.changed((phones) => heard.push(phones.devices.length));
    engine.plug({ ...fakePhones, devices: [] });
    expect(heard).toEqual([0]);
  });
});

describe('folders for the chooser', () => {
  it('lists folders, cases and files, without hidden ones', async () => {
    mkdirSync(join(folder, 'b'));
    mkdirSync(join(folder, 'a.phonehome'));
    mkdirSync(join(folder, '.hidden'));
    writeFileSync(join(folder, 'dump 10.txt'), 'abc');
    writeFileSync(join(folder, 'dump 9.txt'), '');
    symlinkSync(join(folder, 'nowhere'), join(folder, 'broken'));
    const view = await client().program.folder({ path: folder });
    expect(view.entries.map((entry) => [entry.name, entry.kind, entry.bytes])).toEqual([
      ['b', 'folder', null],
      ['a.phonehome', 'case', null],
      ['dump 9.txt', 'file', 0],
      ['dump 10.txt', 'file', 3],
    ]);
    expect((await client().program.folder({ path: '/' })).parent).toBeNull();
    await expect(client().program.folder({ path: join(folder, 'none') })).rejects.toMatchObject({ code: 'not-found' });
    await expect(client().program.folder({ path: join(folder, 'dump 9.txt') })).rejects.toMatchObject({
      code: 'wrong-use',
    });
  });
});

it('every call of the contract has a handler that answers by its schema', async () => {
  const { id } = await client().cases.create({ path: join(folder, 'one'), info: emptyCaseInfo });
  const args: Record<string, unknown> = {
    'program.info': null,
    'cases.recent': null,
    'cases.view': { case: id },
    'phones.list': null,
    'phones.acquire': { case: id, task: 't', serial: 'F4K3', profile: 'quick' },
    'phones.look': { case: id, task: 't', serial: null },
    'phones.pair': { address: '192.168.1.5:37000', code: '123456' },
    'phones.connect': { address: '192.168.1.5:41000' },
    'tasks.cancel': { task: 'none' },
    'evidence.list': { case: id },
    'evidence.batches': { case: id },
    'evidence.warnings': { case: id, limit: 10, after: 0 },
    'evidence.verify': { case: id, task: 't' },
    'evidence.rebuild': { case: id, task: 't' },
    'custody.key': null,
    'custody.createKey': { name: null, passphrase: 'any four small words' },
    'custody.log': { case: id, after: 0, limit: 10 },
    'custody.sign': { case: id, task: 't', passphrase: 'any four small words' },
    'custody.requestStamp': { case: id, out: '/tmp/request.tsq' },
    'custody.takeStamp': { case: id, file: '/tmp/answer.tsr', authorities: [] },
    'custody.seal': { case: id, task: 't', to: ['age1x'], out: '/tmp/one.age' },
    'custody.unseal': { task: 't', file: '/tmp/one.age', identities: '/tmp/key', out: '/tmp/two' },
    'timeline.overview': { case: id, bins: 100 },
    'timeline.window': { case: id, by: 'app', fromUs: 0, toUs: 1, buckets: 10, filter: {} },
    'events.list': { case: id, filter: {}, limit: 10, offset: 0 },
    'events.detail': { case: id, id: 'V1' },
    'events.savePackets': { case: id, task: 'p1', id: 'C1', out: '/tmp/flow.pcap' },
    'summary.get': { case: id },
    'apps.list': { case: id },
    'destinations.list': { case: id, by: 'country', filter: {} },
    'search.find': { case: id, text: 'mi', limit: 5 },
    'explain.get': { case: id, subject: { kind: 'event', key: 'v1' } },
    'databases.list': null,
    'databases.add': { path: '/tmp/some.mmdb' },
    'databases.remove': { id: 'abc' },
    'findings.list': { case: id },
    'findings.draft': { case: id, window: null, cite: { ids: [] } },
    'findings.make': {
      case: id,
      finding: { title: 'A', text: '', window: null, cite: { largest: 0 }, picture: null },
    },
    'findings.edit': { case: id, key: 'm1', title: 'A', text: '' },
    'findings.decide': { case: id, key: 'm1', state: 'open', reason: null },
    'findings.move': { case: id, key: 'm1', place: 0 },
    'findings.picture': { case: id, key: 'm1' },
    'report.sections': null,
    'report.preview': { case: id, choices: {}, maxPages: 2 },
    'report.write': { case: id, task: 't', out: null, choices: {} },
  };
  const elsewhere = [
    'program.folder',
    'cases.forget',
    'cases.create',
    'cases.open',
    'cases.sample',
    'cases.close',
    'evidence.import',
  ];
  for (const [group, members] of Object.entries(contract)) {
    for (const [name, member] of Object.entries(members)) {
      const key = `${group}.${name}`;
      if (member.is !== 'call' || elsewhere.includes(key)) continue;
      expect(Object.keys(args), `a call of the contract that this test forgot`).toContain(key);
      expect(await host.handle({ id: 1, group, name, args: args[key] })).toMatchObject({ ok: true });
    }
  }
});
