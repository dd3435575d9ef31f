import { readFileSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { decidePlace } from '../destinations/decide-place.ts';
import { createDestinationEnrichers } from '../enrichers/index.ts';
import { loadLists } from '../lists.ts';
import { resourceManifest } from '../manifest.ts';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const resources = join(root, 'resources');
const lists = await loadLists(resources);
const { addresses } = createDestinationEnrichers(lists);
const said = (ip: string) => addresses.flatMap((one) => one.ofAddress(ip));
const at = Date.parse('2026-06-15T00:00:00Z') * 1000;

/** Addresses of which it is known from elsewhere what they are: the table of the project's research. */
const known: readonly (readonly [ip: string, place: string, registered: string, asn: number, region: string | null])[] =
  [
    ['8.8.8.8', 'US', 'US', 15_169, null],
    ['114.114.114.114', 'CN', 'US', 21_859, null],
    ['42.62.48.10', 'CN', 'CN', 23_724, null],
    ['111.13.141.211', 'CN', 'CN', 9808, null],
    ['161.117.97.14', 'SG', 'CN', 45_102, null],
    ['161.117.71.214', 'SG', 'CN', 45_102, null],
    ['52.220.131.242', 'SG', 'US', 16_509, 'ap-southeast-1'],
    ['13.250.0.1', 'SG', 'US', 16_509, 'ap-southeast-1'],
    ['13.126.0.1', 'IN', 'US', 16_509, 'ap-south-1'],
    ['47.88.0.1', 'US', 'CN', 45_102, null],
    ['47.74.139.176', 'SG', 'CN', 45_102, null],
    ['119.29.29.29', 'SG', 'CN', 132_203, null],
    ['43.224.244.1', 'HK', 'HK', 63_855, null],
    ['103.43.244.1', 'HK', 'HK', 63_915, null],
    ['2406:da18::1', 'SG', 'US', 16_509, 'ap-southeast-1'],
    ['54.186.0.1', 'US', 'US', 16_509, 'us-west-2'],
    ['13.229.171.142', 'SG', 'US', 16_509, 'ap-southeast-1'],
  ];

describe('the databases that ship', () => {
  it.each(known)('answer for %s: in %s, registered in %s, announced by AS%i', (ip, place, registered, asn, region) => {
    const statements = said(ip);
    const decided = decidePlace(statements, [], at);
    expect(decided).toMatchObject({ shown: { country: place }, disputed: false });
    expect(decided.shown?.kind).toBe(region ? 'cloud region' : 'location');
    if (region) expect(decided.shown?.region).toContain(region);
    expect(statements.find((one) => one.kind === 'registration')?.country).toBe(registered);
    expect(statements.find((one) => one.kind === 'network')?.asn).toBe(asn);
  });

  it('name their network in IPv6 too, and nothing in ranges that are nobody’s', () => {
    expect(said('2404:6800:4003::1').find((one) => one.kind === 'network')?.asn).toBe(15_169);
    expect(['10.0.0.1', '192.168.1.1', 'fe80::1', '240.0.0.1'].flatMap(said)).toEqual([]);
  });

  it('put AWS ranges of another copy into their countries', () => {
    const { ranges } = JSON.parse(readFileSync(new URL('./fixtures/aws-2021-01-27.json', import.meta.url), 'utf8')) as {
      ranges: Record<string, string[]>;
    };
    const aws = lists.clouds.operators.find((one) => one.id === 'aws');
    // Routers between its regions: no phone speaks to them, and the list has left them out.
    const backbone = /^(13\.34|15\.230|52\.93|52\.144|150\.222)\./;
    const rows = Object.entries(ranges).flatMap(([id, prefixes]) => {
      const country = aws?.regions.find((one) => one.id === id)?.country;
      return prefixes.map((prefix) => {
        const { shown } = decidePlace(said(prefix.replace(/\/\d+$/, '')), [], null);
        return { prefix, right: shown?.country === country, table: shown?.kind === 'cloud region' };
      });
    });
    const servers = rows.filter((row) => !backbone.test(row.prefix));
    expect(servers.length).toBeGreaterThan(100);
    expect(servers.filter((row) => !row.right)).toEqual([]);
    expect(rows.filter((row) => row.table && !row.right)).toEqual([]);
  });

  it('put every range of the table of AWS into its region', () => {
    const aws = lists.clouds.operators.find((one) => one.id === 'aws');
    const wrong = aws?.regions.flatMap((region) =>
      (region.ranges ?? []).filter((prefix) => {
        const { shown } = decidePlace(said(prefix.replace(/\/\d+$/, '')), [], null);
        return shown?.country !== region.country || !shown.region?.includes(region.id);
      }),
    );
    expect(aws?.regions.filter((region) => region.ranges).length).toBeGreaterThanOrEqual(42);
    expect(wrong).toEqual([]);
  });

  it('are the packages that package.json names', () => {
    const manifest = resourceManifest.parse(JSON.parse(readFileSync(join(resources, 'manifest.json'), 'utf8')));
    const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    const named = manifest.files.flatMap((row) => (row.package ? [row.package] : []));
    expect(named).toHaveLength(2);
    for (const one of named) {
      const cut = one.lastIndexOf('@');
      expect(dependencies[one.slice(0, cut)], one).toBe(one.slice(cut + 1));
    }
  });

  it('give every source its key, date, hash and licence, and no key twice', () => {
    const { cloudRegions, locations, registrations, networks, hostRegions } = lists.databases;
    const sources = [...cloudRegions, ...locations, ...registrations, ...networks, hostRegions].map(
      (one) => one.source,
    );
    for (const source of sources) {
      expect(source.key).toMatch(/^[a-z-]+ \d{4}-\d{2}-\d{2}$/);
      expect(source.key.endsWith(source.date)).toBe(true);
      expect(source.sha256).toMatch(/^[0-9a-f]{64}$/);
      expect(source.licence).not.toBe('');
    }
    expect(new Set(sources.map((one) => one.key)).size).toBe(sources.length);
  });

  it('are refused where one differs from its hash', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'resources-'));
    await cp(resources, folder, { recursive: true });
    const path = join(folder, 'networks/networks.zst');
    const bytes = await readFile(path);
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    await writeFile(path, bytes);
    await expect(loadLists(folder)).rejects.toMatchObject({
      code: 'broken-file',
      message: expect.stringContaining('networks.zst differs from its hash'),
    });
    await rm(folder, { recursive: true });
  });
});
