import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { OpenCase } from '../../main/engine/engine-api.ts';
import {
  clientHello,
  dns,
  type Ends,
  ethernet,
  pcap,
  records,
  tcp,
  udp,
} from '../../main/engine/parse/captures/testing/capture-writer.ts';
import { emptyCaseInfo } from '../../shared/types/case.ts';
import { destinationGroups } from '../../shared/types/destination.ts';
import { temporaryFolder, testEngine, work } from '../support/engine.ts';

const start = Date.UTC(2026, 5, 5, 12) * 1000;
const phone = '192.168.1.20';
const to = (server: string, fromPort: number, toPort = 443): Ends => ({ from: phone, to: server, fromPort, toPort });
const hello = (server: string, port: number, name: string) => tcp(to(server, port), records(clientHello({ name })), 1);

/** Amazon in Singapore, Alibaba in Singapore, China Telecom, a server of the phone's own network, and one without a name. */
const singapore = '13.250.0.1';
const alibaba = '161.117.97.14';
const china = '42.62.48.10';
const packets = [
  udp({ ...to('192.168.1.1', 5000, 53) }, dns('api.account.xiaomi.com', 1)),
  hello(singapore, 40_001, 'api.account.xiaomi.com'),
  hello(alibaba, 40_002, 'resolver.msg.global.xiaomi.net'),
  hello(china, 40_003, 'unknown.example.org'),
  tcp(to(china, 40_004, 5222), new Uint8Array(64)),
  hello('10.1.2.3', 40_005, 'printer.local'),
];
const frames = packets.map((packet, n) => ({ atUs: start + n * 1_000_000, bytes: ethernet(packet) }));

let open: OpenCase;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  folder = await temporaryFolder();
  const path = join(folder.path, 'gateway.pcap');
  await writeFile(path, pcap(frames));
  open = await testEngine().createCase(join(folder.path, 'case'), emptyCaseInfo);
  await open.importFiles([path], work());
  return async () => {
    await open.close();
    await folder[Symbol.asyncDispose]();
  };
});

test('contacts tell place, operator and owner as three facts, each with its source', async () => {
  const { events } = await open.events({ kind: 'contact' }, 100, 0);
  const of = (ip: string, port = 443) => events.find(({ remote }) => remote?.ip === ip && remote.port === port);
  expect(of(singapore)).toMatchObject({
    place: { country: 'SG', disputed: false },
    operator: { asn: 16509, name: 'Amazon', state: 'US' },
    owner: { name: 'Xiaomi', state: 'CN' },
    service: { id: 'xiaomi-mi-account' },
  });
  expect(of(singapore)?.place?.source).toMatch(/AWS|Amazon/);
  expect(of(alibaba)).toMatchObject({
    place: { country: 'SG' },
    operator: { asn: 45102, state: 'CN' },
    owner: { state: 'CN' },
  });
  expect(of(china)).toMatchObject({
    place: { country: 'CN' },
    operator: { asn: 23724, state: 'CN' },
    owner: null,
    service: null,
  });
  expect(of('10.1.2.3')).toMatchObject({ place: null, operator: null });
  expect(of(china)?.place?.date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
});

test('every group has all contacts once, and its sums are those of the events', async () => {
  const { events } = await open.events({ kind: 'contact' }, 100, 0);
  const total = (pick: 'sent' | 'received') => events.reduce((sum, event) => sum + (event[pick] ?? 0), 0);
  for (const by of destinationGroups) {
    const { rows } = await open.destinations(by, {});
    expect([by, rows.reduce((sum, row) => sum + row.contacts, 0)]).toEqual([by, events.length]);
    expect([by, rows.reduce((sum, row) => sum + (row.sent ?? 0), 0)]).toEqual([by, total('sent')]);
  }
  const { rows, sources } = await open.destinations('country', {});
  expect(rows.map(({ key, name, contacts }) => [key, name, contacts])).toEqual([
    ['SG', 'Singapore', 2],
    ['CN', 'China', 2],
    ['inner', 'Inner and reserved addresses', 2],
  ]);
  expect(rows[0]).toMatchObject({ operatorStates: ['CN', 'US'], ownerStates: ['CN'] });
  for (const source of sources)
    expect(source).toMatchObject({ sha256: expect.stringMatching(/^[0-9a-f]{64}$/), shipped: true });
});

test('a filter on a place, a state, an organisation or a service lets through what it says, everywhere alike', async () => {
  const filters = [
    [{ country: 'CN' }, 2],
    [{ country: 'cn' }, 2],
    [{ state: 'CN' }, 4],
    [{ state: 'US' }, 1],
    [{ organisation: 'Xiaomi' }, 2],
    [{ organisation: 'amazon' }, 1],
    [{ service: 'xiaomi-mi-account' }, 1],
    // The server of that name, and the name server that was asked for it.
    [{ host: 'api.account.xiaomi.com' }, 2],
    [{ text: 'alibaba' }, 1],
    [{ country: 'BR' }, 0],
  ] as const;
  for (const [filter, contacts] of filters) {
    const { events } = await open.events({ ...filter, kind: 'contact' }, 100, 0);
    expect([filter, events.length]).toEqual([filter, contacts]);
    const { rows } = await open.destinations('address', filter);
    expect([filter, rows.reduce((sum, row) => sum + row.contacts, 0)]).toEqual([filter, contacts]);
    const window = await open.window({ by: 'host', fromUs: start - 1e6, toUs: start + 60e6, buckets: 100, filter });
    expect([filter, window.events]).toEqual([filter, contacts]);
  }
});

test('lanes of the timeline go by country, organisation and service, and their marks carry the country', async () => {
  const window = async (by: 'country' | 'organisation' | 'service') =>
    (await open.window({ by, fromUs: start - 1e6, toUs: start + 60e6, buckets: 100, filter: {} })).lanes;
  expect((await window('country')).map(({ key, name }) => [key, name]).sort()).toEqual([
    ['CN', 'China'],
    ['SG', 'Singapore'],
    ['inner', 'Inner and reserved addresses'],
  ]);
  const organisations = await window('organisation');
  expect(organisations.find(({ name }) => name === 'Xiaomi')?.contacts?.country).toEqual(['SG', 'SG']);
  expect((await window('service')).map(({ key }) => key)).toContain('xiaomi-mi-account');
});

test('the summary counts countries, the hosts carry their labels, and a look-up that led nowhere has its owner', async () => {
  expect((await open.summary()).countries).toBe(2);
  const hosts = await open.hosts();
  expect(hosts.find(({ host }) => host === 'api.account.xiaomi.com')).toMatchObject({
    countries: ['SG'],
    operators: [{ name: 'Amazon', state: 'US' }],
    domain: 'xiaomi.com',
    owner: { name: 'Xiaomi', state: 'CN' },
    lookUps: 1,
  });
});

test('a case that is derived anew says the same', async () => {
  const before = await open.destinations('host', {});
  await open.rebuild(work());
  expect(await open.destinations('host', {})).toEqual(before);
  expect((await open.verify(work())).ok).toBe(true);
});
