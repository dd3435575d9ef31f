import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { OpenCase } from '../../main/engine/engine-api.ts';
import { checkout } from '../../main/host/checkout.ts';
import { buildSampleCase } from '../../main/host/sample-case.ts';
import type { SearchAnswer, SearchGroup } from '../../shared/types/search.ts';
import { phonehome } from '../support/cli.ts';
import { temporaryFolder, testEngine, work } from '../support/engine.ts';

describe('the search of the sample case', () => {
  let open: OpenCase;
  let path: string;
  beforeAll(async () => {
    const folder = await temporaryFolder();
    path = join(folder.path, 'Sample.phonehome');
    await buildSampleCase(path, { version: 'test', resources: checkout.resources }, work());
    open = await testEngine().openCase(path);
    return async () => {
      await open.close();
      await folder[Symbol.asyncDispose]();
    };
  });

  const answersTo = async (text: string, group: SearchGroup): Promise<SearchAnswer[]> =>
    (await open.find(text, 100)).groups.find((one) => one.group === group)?.answers ?? [];

  it('says of apps what the table of apps says', async () => {
    const apps = new Map((await open.apps()).map((app) => [app.key, app]));
    const found = await answersTo('mi', 'app');
    expect(found.length).toBeGreaterThan(10);
    for (const { key, name, sent, received } of found) expect(apps.get(key)).toMatchObject({ name, sent, received });
  });

  it('says of hosts, addresses, countries and services what destinations say', async () => {
    for (const [by, text] of [
      ['host', 'com'],
      ['address', '1'],
      ['country', 'in'],
      ['service', 'mi'],
    ] as const) {
      const rows = new Map((await open.destinations(by, {})).rows.map((row) => [row.key, row]));
      const found = (await answersTo(text, by)).filter(({ contacts }) => contacts !== 0);
      expect(found.length, by).toBeGreaterThan(1);
      for (const { key, contacts, sent, received } of found)
        expect({ by, key, ...rows.get(key) }).toMatchObject({ by, key, contacts, sent, received });
    }
  });

  it('says of an organisation what the filter by it lets through', async () => {
    for (const { key, contacts, sent } of await answersTo('a', 'organisation')) {
      const { total } = await open.events({ organisation: key, kind: 'contact' }, 1, 0);
      expect([key, contacts]).toEqual([key, total]);
      const { rows } = await open.destinations('country', { organisation: key });
      expect([key, sent]).toEqual([key, rows.reduce((sum, row) => sum + (row.sent ?? 0), 0)]);
    }
  });

  it('finds proposed findings and the notes on the cover', async () => {
    expect((await answersTo('cloudservice', 'finding')).length).toBeGreaterThan(0);
    const [note] = await answersTo('singapore', 'note');
    expect(note).toMatchObject({ key: 'notes', name: 'Notes of the case' });
    const [from = 0, to = 0] = note?.why?.marks[0] ?? [];
    expect(note?.why?.text.slice(from, to)).toBe('Singapore');
  });

  it('is the same from the command line', async () => {
    const said = await phonehome(['search', '--case', path, '--json', '--limit', '3', 'mi', 'cloud']);
    expect([said.exit, said.err]).toEqual([0, '']);
    expect(JSON.parse(said.out)).toEqual(await open.find('mi cloud', 3));
    const readable = await phonehome(['search', '--case', path, 'account.xiaomi']);
    expect(readable.out).toMatch(/^Hosts\n {2}api\.account\.xiaomi\.com — Xiaomi · Mi Account — 2 contacts/m);
    const none = await phonehome(['search', '--case', path, 'no such thing']);
    expect([none.exit, none.out]).toEqual([0, 'Nothing in the case holds all words of “no such thing”.\n']);
    expect((await phonehome(['search', '--case', path])).exit).toBe(2);
  });

  it('the filters of the window are those of `events`', async () => {
    const filters = ['--state', 'cn', '--whose', 'owner', '--direction', 'sent', '--min-bytes', '1000'];
    const said = await phonehome(['events', '--case', path, '--json', '--kind', 'contact', ...filters]);
    const asked = await open.events(
      { kind: 'contact', state: 'CN', whose: 'owner', direction: 'sent', minBytes: 1000 },
      5000,
      0,
    );
    const ids = said.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).id);
    expect(ids.length).toBeGreaterThan(3);
    expect(ids).toEqual(asked.events.map(({ id }) => id));
  });
});
