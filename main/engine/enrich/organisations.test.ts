import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { OrganisationBook, organisationList } from './organisations.ts';

const root = join(import.meta.dirname, '../../..');
const list = organisationList.parse(
  JSON.parse(await readFile(join(root, 'resources/lists/organisations.json'), 'utf8')),
);
const book = new OrganisationBook(list);
const line = /^[^,]*,[^,]*,(\d+),"?(.*?)"?$/;

/** Names of networks as they are announced, from the data that the program's own table of networks is made of. */
async function announced(): Promise<ReadonlyMap<number, string>> {
  const names = new Map<number, string>();
  for (const file of ['asn-ipv4.csv', 'asn-ipv6.csv']) {
    const input = createReadStream(join(root, 'node_modules/@ip-location-db/asn', file), 'utf8');
    for await (const text of createInterface({ input })) {
      const [, asn, name] = line.exec(text) ?? [];
      if (asn && name && !names.has(Number(asn))) names.set(Number(asn), name.replaceAll('""', '"').toLowerCase());
    }
  }
  return names;
}

describe('the organisations', () => {
  it('stand once each, with networks that belong to one of them, sources that are there, and a reason for the state', () => {
    const ids = list.organisations.map((one) => one.id);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
    const numbers = list.organisations.flatMap((one) => one.networks);
    expect(new Set(numbers).size).toBe(numbers.length);
    const sources = new Set(list.sources.map((one) => one.id));
    for (const one of list.organisations) {
      expect([one.id, one.sources.filter((id) => !sources.has(id))]).toEqual([one.id, []]);
      expect([one.id, one.state !== null && one.stateWhy === null]).toEqual([one.id, false]);
      expect([one.id, one.networks.length > 0 && one.announced === undefined]).toEqual([one.id, false]);
      expect([one.id, one.ownServicesOnly === true && one.networks.length === 0]).toEqual([one.id, false]);
    }
  });

  it.each([
    ['Alibaba', [45102, 37963], 'CN'],
    ['Tencent', [132203, 45090], 'CN'],
    ['Huawei', [136907, 55990], 'CN'],
    ['Kingsoft Cloud', [59019], 'CN'],
    ['Amazon', [16509, 14618], 'US'],
    ['Google', [15169, 396982], 'US'],
    ['Microsoft', [8075], 'US'],
    ['Meta', [32934], 'US'],
    ['Xiaomi', [63855, 63915], 'CN'],
    ['OPPO (HeyTap)', [63593], 'CN'],
    ['China Telecom', [23724, 4134], 'CN'],
    ['China Mobile', [9808], 'CN'],
  ])('%s announces %j and is under %s', (name, networks, state) => {
    expect(networks.map((asn) => book.ofNetwork(asn))).toEqual(
      networks.map(() => expect.objectContaining({ name, state })),
    );
  });

  it('leaves a network that is in no row without an organisation', () => {
    expect(book.ofNetwork(64_496)).toBeNull();
    expect(book.of('nobody')).toBeNull();
  });

  it('have only networks whose announced name says so', async () => {
    const names = await announced();
    expect(names.size).toBeGreaterThan(80_000);
    const wrong = list.organisations.flatMap((one) =>
      one.networks
        .filter((asn) => !one.announced?.some((word) => names.get(asn)?.includes(word)))
        .map((asn) => `${one.id} ${asn} ${names.get(asn)}`),
    );
    expect(wrong).toEqual([]);
  });
});
