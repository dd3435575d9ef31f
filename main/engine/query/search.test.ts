import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MemoryCase, memoryCase, seriesRow } from '../../../test/support/memory-case.ts';
import { loadDictionary } from './dictionary.ts';
import { find } from './search.ts';
import { liesIn, networkOf } from './search-hosts.ts';
import { loadSearchNames, type SearchNames } from './search-names.ts';
import type { CountedBy } from './search-totals.ts';
import { timelineWindow } from './timeline.ts';

let held: MemoryCase;
let names: SearchNames;
const notes = [{ key: 'notes', name: 'Notes of the case', text: 'Handed over switched on,\nbattery at 61 %.' }];
const ask = async (text: string, limit = 5) => (await find(held, names, { text, limit }, notes)).groups;
const keys = async (text: string) =>
  Object.fromEntries((await ask(text)).map(({ group, answers }) => [group, answers.map(({ key }) => key)]));

beforeAll(async () => {
  held = await memoryCase();
  await held.insert('app', [
    {
      uid: 10_001,
      user: 0,
      name: 'Облако',
      kind: 'app',
      packages: '["com.miui.cloudservice"]',
      service_id: 'mi-cloud',
      service_name: 'Mi Cloud',
      service_vendor: 'Xiaomi',
    },
    { uid: 1_010_001, user: 10, name: 'Other', kind: 'app', packages: '["org.other"]' },
  ]);
  await held.insert('network', [{ id: 1, key: 'wifi:home', type: 'wifi', name: 'home 100% _x', vpn: 0, said: '[]' }]);
  await held.insert('series', [seriesRow()]);
  await held.insert('volume', [
    { id: 1, series: 1, from_us: 0, to_us: 10, sent: 5, received: 7, counted: 1, superseded: 0 },
    { id: 2, series: 1, from_us: 0, to_us: 10, sent: 900, received: 900, counted: 0, superseded: 0 },
  ]);
  await held.insert('host', [
    {
      id: 1,
      name: 'api.cloud.example',
      domain: 'cloud.example',
      owner: 'xiaomi',
      owner_name: 'Xiaomi',
      state: 'CN',
      service: 'mi-cloud',
      service_name: 'Mi Cloud',
      service_vendor: 'Xiaomi',
    },
    { id: 2, name: 'cloud.example', domain: 'cloud.example' },
    { id: 3, name: 'asked_only.example', domain: 'asked_only.example' },
  ]);
  await held.insert('address', [
    {
      id: 1,
      ip: '52.74.1.1',
      scope: 'public',
      country: 'SG',
      disputed: 0,
      asn: 16_509,
      network_name: 'AMAZON-02',
      organisation: 'amazon',
      organisation_name: 'Amazon',
      state: 'US',
      own_services: 0,
      said: '[]',
    },
    {
      id: 2,
      ip: '152.74.1.9',
      scope: 'public',
      country: 'DE',
      disputed: 0,
      asn: 64_500,
      network_name: 'A network',
      own_services: 0,
      said: '[]',
    },
    { id: 3, ip: '2001:db8::7', scope: 'public', disputed: 0, own_services: 0, said: '[]' },
  ]);
  const contact = (id: number, ip: string, host: string | null, sent: number | null) => ({
    id,
    section: 1,
    source: 'capture',
    uid: 10_001,
    from_us: id,
    to_us: id + 1,
    open_start: 0,
    open_end: 0,
    protocol: 'tcp',
    remote_ip: ip,
    remote_port: 443,
    host,
    host_from: host === null ? null : 'tls',
    sent,
    received: sent === null ? null : 1,
  });
  await held.insert('contact', [
    contact(1, '52.74.1.1', 'api.cloud.example', 100),
    contact(2, '52.74.1.1', 'api.cloud.example', 20),
    contact(3, '152.74.1.9', null, null),
  ]);
  await held.insert('lookup', [
    {
      id: 1,
      section: 1,
      from_us: 0,
      client_ip: '10.0.0.2',
      server_ip: '10.0.0.1',
      name: 'Asked_Only.example',
      type: 'A',
      is_response: 0,
      code: 0,
    },
  ]);
  const finding = {
    id: 'f1',
    title: 'Mi Cloud sent at night',
    text: 'Облако (uid 10001) sent 5 B.',
    app: 'Облако',
    rule: 'night',
    state: 'open' as const,
  };
  const dictionary = await loadDictionary(held);
  const lanes = async (by: CountedBy) =>
    (await timelineWindow(held, dictionary, { by, fromUs: 0, toUs: 100, buckets: 1, filter: { kind: 'volume' } }))
      .lanes;
  names = await loadSearchNames(held, dictionary, [finding], lanes);
});
afterAll(() => held.close());

describe('a search', () => {
  it('finds apps by name in any script, package, uid and service, and says which of them it was', async () => {
    expect(await keys('ОБЛАКО')).toEqual({ app: ['10001'], finding: ['f1'] });
    const [app] = (await ask('cloudservice')).flatMap(({ answers }) => answers);
    expect(app).toMatchObject({
      key: '10001',
      why: { what: 'package', text: 'com.miui.cloudservice', marks: [[9, 21]] },
    });
    expect((await ask('10001')).map(({ group, answers }) => [group, answers[0]?.why?.what])).toEqual([
      ['app', 'uid'],
      ['finding', 'text'],
    ]);
  });

  it('counts of an app what the phone counted, and its contacts apart', async () => {
    const [app] = (await ask('облако')).flatMap(({ answers }) => answers);
    expect(app).toMatchObject({ sent: 5, received: 7, contacts: 3, more: false });
  });

  it('finds hosts, those that begin with the word first, with their contacts and look-ups', async () => {
    const hosts = (await ask('cloud')).find(({ group }) => group === 'host')!;
    expect(hosts.answers.map(({ key, contacts, sent, received }) => [key, contacts, sent, received])).toEqual([
      ['cloud.example', 0, null, null],
      ['api.cloud.example', 2, 120, 2],
    ]);
    expect(hosts.answers[1]).toMatchObject({ marks: [[4, 9]], about: 'Xiaomi · Mi Cloud' });
    expect((await ask('asked_only'))[0]?.answers[0]).toMatchObject({ group: 'host', contacts: 0, lookUps: 1 });
  });

  it('finds addresses by how they begin, by a part, and by the network that they lie in', async () => {
    expect(await keys('52.74.')).toEqual({ address: ['52.74.1.1', '152.74.1.9'] });
    expect(await keys('52.74.0.0/16')).toEqual({ address: ['52.74.1.1'] });
    expect(await keys('0.0.0.0/0')).toEqual({ address: ['52.74.1.1', '152.74.1.9'] });
    expect(await keys('2001:db8::/32')).toEqual({ address: ['2001:db8::7'] });
    expect(await keys('[2001:db8::7]')).toEqual({ address: ['2001:db8::7'] });
    const [one] = (await ask('152.74')).flatMap(({ answers }) => answers);
    expect(one).toMatchObject({ about: 'DE · A network', contacts: 1, sent: null, received: null });
  });

  it('of an organisation counts what it owns and what goes over its networks', async () => {
    const of = async (text: string) => (await ask(text)).find(({ group }) => group === 'organisation')?.answers[0];
    expect(await of('xiaomi')).toMatchObject({ key: 'xiaomi', contacts: 2, about: 'owner of 1 host' });
    expect(await of('amazon')).toMatchObject({ contacts: 2, about: 'its networks hold 1 address' });
    expect(await of('as64500')).toMatchObject({ key: 'AS64500', name: 'A network', contacts: 1 });
  });

  it('finds countries by name and letters, services by vendor, networks, and notes by a part of them', async () => {
    expect((await keys('singapore')).country).toEqual(['SG']);
    expect((await keys('sg')).country).toEqual(['SG']);
    expect((await keys('xiaomi')).service).toEqual(['mi-cloud']);
    expect(await keys('100% _x')).toEqual({ network: ['wifi:home'] });
    expect(await keys('on, battery')).toEqual({ note: ['notes'] });
  });

  it('wants every word, takes signs as they are, and finds nothing in nothing', async () => {
    expect(await keys('cloud nowhere')).toEqual({});
    expect(await keys('cloud%')).toEqual({});
    expect(await keys('asked-only')).toEqual({});
    expect(await keys('   ')).toEqual({});
    expect((await ask('example', 1))[0]).toMatchObject({
      total: 3,
      more: false,
      answers: [{ key: 'api.cloud.example' }],
    });
  });
});

describe('networks', () => {
  it('are read with their bits, and nothing else is', () => {
    expect(networkOf('10.0.0.0/12')).toEqual({ of: '10.0.0.0', bits: 12 });
    for (const text of ['10.0.0.0', '10.0.0.0/33', '10.0.0/8', 'a/8', '2001:db8::/129'])
      expect(networkOf(text)).toBeNull();
  });

  it('hold the addresses whose first bits are theirs', () => {
    expect(liesIn('10.15.255.255', { of: '10.0.0.0', bits: 12 })).toBe(true);
    expect(liesIn('10.16.0.0', { of: '10.0.0.0', bits: 12 })).toBe(false);
    expect(liesIn('2001:db8:1::', { of: '2001:db8::', bits: 48 })).toBe(false);
    expect(liesIn('2001:db8:0:5::1', { of: '2001:db8::', bits: 48 })).toBe(true);
    expect(liesIn('10.0.0.1', { of: '::', bits: 0 })).toBe(false);
  });
});
