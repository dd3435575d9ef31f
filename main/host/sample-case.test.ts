import { readdirSync, readFileSync } from 'node:fs';
import { join, normalize } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder, testEngine, work } from '../../test/support/engine.ts';
import { checkout } from './checkout.ts';
import { findHome } from './home.ts';
import { buildSampleCase, sampleFolder } from './sample-case.ts';

const settings = { version: 'test', resources: checkout.resources };

it('is two acquisitions of one Xiaomi, and what its owner switched off stopped in between', async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'deep', 'Sample.phonehome');
  await buildSampleCase(path, settings, work());
  expect(readdirSync(join(folder.path, 'deep'))).toEqual(['Sample.phonehome']);

  const engine = testEngine();
  const open = await engine.openCase(path);
  expect(await open.view()).toMatchObject({ sample: true, readOnly: false });
  const batches = await open.batches();
  expect(batches.map((batch) => [batch.kind, batch.state, batch.startedAt.slice(0, 10)])).toEqual([
    ['acquisition', 'complete', '2026-03-02'],
    ['acquisition', 'complete', '2026-03-16'],
  ]);
  expect(new Set(batches.map((batch) => batch.serial)).size).toBe(1);
  expect((await open.summary()).device).toMatchObject({ maker: 'Xiaomi', zone: 'Asia/Kolkata' });

  const sent = async (app: string, from: string, to: string) => {
    const ends = { fromUs: Date.parse(from) * 1000, toUs: Date.parse(to) * 1000 };
    return (await open.window({ by: 'app', ...ends, buckets: 10, filter: { app } })).sent;
  };
  for (const app of ['com.miui.cloudservice', 'com.miui.cloudbackup', 'com.miui.micloudsync']) {
    expect(await sent(app, '2026-02-10T00:00Z', '2026-02-28T00:00Z'), app).toBeGreaterThan(100_000);
    expect(await sent(app, '2026-03-04T00:00Z', '2026-03-16T00:00Z'), app).toBe(0);
  }
  expect(await sent('com.android.chrome', '2026-03-04T00:00Z', '2026-03-16T00:00Z')).toBeGreaterThan(100_000);
  // Each visit took one capture: to China before, to Singapore and elsewhere after.
  const captures = (await open.evidence()).filter(({ sections }) => sections.includes('packet capture'));
  expect(captures).toHaveLength(2);
  const hosts = new Map((await open.hosts()).map((one) => [one.host, one]));
  expect(hosts.get('tracking.miui.com')).toMatchObject({ addresses: ['42.62.48.20'] });
  expect(hosts.get('tracking.miui.com')!.last < '2026-03-01').toBe(true);
  expect(hosts.get('app.chat.global.xiaomi.net')).toMatchObject({ addresses: ['161.117.97.20'] });
  expect(hosts.get('app.chat.global.xiaomi.net')!.first > '2026-03-14').toBe(true);
  // The phone was on mobile data at the first, at home at the second: what the history is taken to say of it is never wrong.
  const { events } = await open.events({ kind: 'contact' }, 1000, 0);
  const networks = (evidence: string) =>
    new Set(
      events
        .filter((event) => event.evidence.id === evidence && event.evidence.section === 'packet capture')
        .flatMap((event) => event.correlated?.networks ?? [])
        .map(({ type, confidence }) => `${type} ${confidence}`),
    );
  expect(captures.map(({ id }) => [...networks(id)])).toEqual([['mobile medium'], ['wifi medium']]);
  expect(await open.verify(work())).toMatchObject({ ok: true, failures: [] });
  await open.close();
});

it('is the same each time', async () => {
  await using folder = await temporaryFolder();
  const logs: string[] = [];
  for (const name of ['one', 'two']) {
    const path = join(folder.path, `${name}.phonehome`);
    await buildSampleCase(path, settings, work());
    // The log holds every evidence file's hash, and the hash of the line before.
    logs.push(readFileSync(join(path, 'custody.jsonl'), 'utf8'));
  }
  expect(logs[0]).toBe(logs[1]);
});

it('leaves nothing where it was cancelled', async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'Sample.phonehome');
  const abort = new AbortController();
  const progress = {
    steps() {},
    now: (phrase: string) => {
      if (phrase.startsWith('Second')) abort.abort();
    },
  };
  await expect(buildSampleCase(path, settings, { progress, signal: abort.signal })).rejects.toMatchObject({
    code: 'cancelled',
  });
  expect(readdirSync(folder.path)).toEqual([]);
});

it.each([
  [{ PHONEHOME_HOME: '/p' }, 'linux', '/p', '/p/cases'],
  [{ XDG_DATA_HOME: '/x' }, 'linux', '/x/phonehome', '/u/Phonehome'],
  [{}, 'linux', '/u/.local/share/phonehome', '/u/Phonehome'],
  [{}, 'darwin', '/u/Library/Application Support/Phonehome', '/u/Phonehome'],
] as const)('lies in the person’s folder for cases: %j %s', (env, platform, folder, cases) => {
  const home = findHome(env, platform, '/u');
  expect(home).toEqual({ folder: normalize(folder), casesFolder: normalize(cases) });
  expect(sampleFolder(home).startsWith(normalize(cases))).toBe(true);
});
