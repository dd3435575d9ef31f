import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decidePlace } from '../destinations/decide-place.ts';
import { createDestinationEnrichers } from '../enrichers/index.ts';
import { DatabaseShelf } from './shelf.ts';
import { type MmdbContent, writeMmdb } from './testing/mmdb-writer.ts';

const resources = fileURLToPath(new URL('../../../../resources', import.meta.url));
const country = (iso: string) => ({ country: { iso_code: iso, names: { en: iso } } });

describe('imported databases', () => {
  let folder: string;
  let shelf: DatabaseShelf;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'databases-'));
    shelf = new DatabaseShelf(resources, join(folder, 'kept'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function add(name: string, content: Buffer | string) {
    await writeFile(join(folder, name), content);
    return shelf.add(join(folder, name));
  }
  const mmdb = (type: string, date: string, entries: MmdbContent['entries'], ipVersion: 4 | 6 = 6) =>
    writeMmdb({ type, date, ipVersion, entries });
  const said = async (ip: string) =>
    createDestinationEnrichers(await shelf.lists()).addresses.flatMap((one) => one.ofAddress(ip));

  it('takes an official country database, keeps it by its hash, and lets it answer for itself', async () => {
    const entries: MmdbContent['entries'] = [
      ['119.29.29.0/24', country('HK')],
      ['2400:da00::/32', country('CN')],
    ];
    const view = await add('dbip-country-lite-2014-11.mmdb', mmdb('DBIP-Country-Lite', '2014-11-01', entries));
    expect(view).toMatchObject({ kind: 'location', date: '2014-11-01', licence: 'CC-BY-4.0', shipped: false });
    expect(view.attribution).toContain('https://db-ip.com');
    const places = (await said('119.29.29.29')).flatMap((one) =>
      one.kind === 'location' ? [[one.country, one.source.key]] : [],
    );
    expect(places).toEqual([
      ['SG', 'dbip-country 2026-06-01'],
      ['HK', `dbip-country-lite 2014-11-01 ${view.sha256.slice(0, 8)}`],
    ]);
    // The address is answered from many places at once: two databases name two countries, and that is said.
    expect(decidePlace(await said('119.29.29.29'), [], Date.parse('2014-08-01') * 1000)).toMatchObject({
      shown: { country: 'HK' },
      disputed: true,
      confidence: 'low',
    });
    expect((await said('2400:da00::1')).some((one) => one.kind === 'location' && one.country === 'CN')).toBe(true);
    expect(await shelf.views()).toContainEqual(view);
  });

  it('takes the same file once', async () => {
    const file = mmdb('DBIP-Country-Lite', '2025-01-01', [['1.2.3.0/24', country('AU')]], 4);
    const first = await add('one.mmdb', file);
    expect(await add('two.mmdb', file)).toMatchObject({ id: first.id });
    expect((await shelf.views()).filter((view) => !view.shipped)).toHaveLength(1);
    expect(await readdir(join(folder, 'kept'))).toHaveLength(2);
  });

  it('reads cities, networks and the flat form of country databases', async () => {
    await add(
      'city.mmdb',
      mmdb('GeoLite2-City', '2020-05-05', [
        [
          '9.9.9.0/24',
          { ...country('IN'), city: { names: { en: 'Pune' } }, subdivisions: [{ names: { en: 'Maharashtra' } }] },
        ],
      ]),
    );
    await add('flat.mmdb', mmdb('country ipv4', '2021-01-01', [['9.9.9.0/24', { country_code: 'DE' }]], 4));
    await add(
      'asn.mmdb',
      mmdb('DBIP-ASN-Lite (compat=GeoLite2-ASN)', '2022-02-02', [
        ['9.9.9.0/24', { autonomous_system_number: 64_500, autonomous_system_organization: 'Example' }],
      ]),
    );
    const statements = await said('9.9.9.9');
    expect(statements).toContainEqual(
      expect.objectContaining({ kind: 'location', country: 'IN', region: 'Pune, Maharashtra' }),
    );
    expect(statements).toContainEqual(expect.objectContaining({ kind: 'location', country: 'DE', region: null }));
    expect(statements).toContainEqual(expect.objectContaining({ kind: 'network', asn: 64_500, name: 'Example' }));
  });

  it('tells a database of registrations by its file’s name', async () => {
    const view = await add(
      'iptoasn-country.mmdb',
      mmdb('country', '2021-01-01', [['9.9.9.0/24', { country_code: 'DE' }]]),
    );
    expect(view.kind).toBe('registration');
  });

  it('takes ip-ranges.json of another day, with zones that lie elsewhere', async () => {
    const view = await add(
      'ip-ranges.json',
      JSON.stringify({
        syncToken: '1414534223',
        createDate: '2014-10-28-22-10-23',
        prefixes: [
          { ip_prefix: '9.9.0.0/16', region: 'ap-southeast-1', service: 'EC2' },
          {
            ip_prefix: '9.9.9.0/24',
            region: 'ap-southeast-1',
            service: 'EC2',
            network_border_group: 'ap-southeast-1-bkk-1',
          },
          { ip_prefix: '9.8.0.0/16', region: 'GLOBAL', service: 'CLOUDFRONT' },
          { ip_prefix: '9.7.0.0/16', region: 'xx-nowhere-1', service: 'EC2' },
        ],
        ipv6_prefixes: [{ ipv6_prefix: '2600:9999::/32', region: 'us-west-2', service: 'EC2' }],
      }),
    );
    expect(view).toMatchObject({ kind: 'cloud regions', date: '2014-10-28' });
    const region = async (ip: string) => (await said(ip)).filter((one) => one.kind === 'cloud region');
    expect(await region('9.9.1.1')).toMatchObject([{ country: 'SG', region: 'Singapore (AWS ap-southeast-1)' }]);
    expect(await region('9.9.9.1')).toMatchObject([{ country: 'TH', region: 'Bangkok (AWS ap-southeast-1-bkk-1)' }]);
    expect(await region('2600:9999::1')).toMatchObject([{ country: 'US' }]);
    expect([...(await region('9.8.1.1')), ...(await region('9.7.1.1'))]).toEqual([]);
  });

  it('refuses what is none with one sentence that names the file', async () => {
    const good = mmdb('DBIP-Country-Lite', '2025-01-01', [['1.2.3.0/24', country('AU')]], 4);
    const cases: [string, Buffer | string, string][] = [
      ['notes.mmdb', 'some text', 'is no database that can be imported'],
      ['cut.mmdb', good.subarray(0, good.length - 40), 'is no database that can be imported'],
      ['tail.mmdb', good.subarray(-150), 'is no database that can be imported'],
      ['empty.mmdb', '', 'is empty'],
      ['other.json', '{"prefixes":[]}', 'no list of ranges as AWS publishes it'],
      ['broken.json', '{"createDate":"2014-', 'it is broken JSON'],
      ['colours.mmdb', mmdb('Colours', '2025-01-01', [['1.2.3.0/24', { colour: 'red' }]]), 'no record in it names'],
    ];
    for (const [name, content, why] of cases) {
      await expect(add(name, content), name).rejects.toMatchObject({ message: expect.stringContaining(why) });
      await expect(add(name, content), name).rejects.toMatchObject({ message: expect.stringContaining(name) });
    }
    await expect(shelf.add(join(folder, 'absent.mmdb'))).rejects.toMatchObject({ code: 'not-found' });
    expect((await shelf.views()).every((view) => view.shipped)).toBe(true);
  });

  it('says which imported one was altered, lists it still, and takes it out', async () => {
    const view = await add('one.mmdb', mmdb('DBIP-Country-Lite', '2025-01-01', [['1.2.3.0/24', country('AU')]], 4));
    await writeFile(join(folder, 'kept', `${view.sha256}.data`), 'altered');
    const later = new DatabaseShelf(resources, join(folder, 'kept'));
    await expect(later.lists()).rejects.toMatchObject({
      code: 'broken-file',
      message: expect.stringContaining(`${view.id} (DBIP-Country-Lite (one.mmdb)) differs from its hash`),
    });
    expect(await later.views()).toContainEqual(view);
    await later.remove(view.id);
    expect((await later.lists()).databases.locations).toHaveLength(1);
    await expect(later.remove(view.id)).rejects.toMatchObject({ code: 'not-found' });
    await expect(later.remove('dbip-country')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('says where it could not be kept', async () => {
    await writeFile(join(folder, 'kept'), 'a file where the folder would be');
    const file = mmdb('DBIP-Country-Lite', '2025-01-01', [['1.2.3.0/24', country('AU')]], 4);
    await expect(add('one.mmdb', file)).rejects.toMatchObject({
      code: 'no-permission',
      message: expect.stringContaining(join(folder, 'kept')),
    });
  });

  it('needs a folder to import into', async () => {
    await expect(new DatabaseShelf(resources, null).add('any')).rejects.toMatchObject({ code: 'unsupported' });
  });
});
