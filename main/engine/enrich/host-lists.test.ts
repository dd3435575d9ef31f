import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DomainBook, faultsOfDomains, listSource, ownerList, trackerList } from './host-lists.ts';
import { OrganisationBook, organisationList } from './organisations.ts';

const folder = join(import.meta.dirname, '../../../resources/lists');
const read = async (file: string): Promise<unknown> => JSON.parse(await readFile(join(folder, file), 'utf8'));

const source = listSource('owners', {
  file: 'lists/owners.json',
  sha256: 'ab'.repeat(32),
  title: 'Owners',
  source: 'tests',
  licence: 'MIT',
  date: '2026-01-01',
});
const row = (organisation: string, ...domains: string[]) => ({ organisation, source: 'here', domains });

describe('a book of domains', () => {
  const book = new DomainBook([row('maker', 'maker.com', 'maker'), row('tenant', 'shop.maker.com')], source);
  const owner = (name: string) => book.of(name)?.row.organisation ?? null;

  it('takes the longest domain that a name is or lies below', () => {
    expect(owner('maker.com')).toBe('maker');
    expect(owner('a.b.maker.com')).toBe('maker');
    expect(owner('shop.maker.com')).toBe('tenant');
    expect(owner('x.shop.maker.com')).toBe('tenant');
    expect(owner('cloud.maker')).toBe('maker');
  });

  it('takes whole labels only, and nothing where nothing fits', () => {
    expect(owner('notmaker.com')).toBeNull();
    expect(owner('maker.com.example')).toBeNull();
    expect(owner('com')).toBeNull();
    expect(owner('')).toBeNull();
    expect(owner('constructor')).toBeNull();
  });

  it('names its list with date and hash', () => {
    expect(book.source).toMatchObject({ key: 'owners 2026-01-01 abababab', licence: 'MIT', attribution: null });
  });
});

describe('faultsOfDomains', () => {
  it('tells unknown organisations and sources, doubles and sources without a row', () => {
    const rows = [row('maker', 'a.com'), row('nobody', 'a.com'), { ...row('maker', 'b.com'), source: 'gone' }];
    expect(faultsOfDomains('x.json', rows, [{ id: 'here' }, { id: 'idle' }], (id) => id === 'maker')).toEqual([
      'x.json names the unknown organisation nobody.',
      'x.json names the domain a.com twice.',
      'x.json names the unknown source gone.',
      'x.json has the source idle, which no row uses.',
    ]);
  });
});

describe('the shipped lists of hosts', async () => {
  const organisations = new OrganisationBook(organisationList.parse(await read('organisations.json')));
  const owners = ownerList.parse(await read('owners.json'));
  const trackers = trackerList.parse(await read('trackers.json'));
  const known = (id: string) => organisations.of(id) !== null;

  it('hold together and stay small', async () => {
    expect(faultsOfDomains('owners.json', owners.owners, owners.sources, known)).toEqual([]);
    expect(faultsOfDomains('trackers.json', trackers.trackers, trackers.sources, known)).toEqual([]);
    for (const file of ['owners.json', 'trackers.json']) {
      expect((await stat(join(folder, file))).size).toBeLessThan(500_000);
    }
  });

  it('rest on general knowledge with medium confidence at most', () => {
    const sure = [...owners.owners, ...trackers.trackers].filter(
      (one) => one.source === 'general-knowledge' && one.confidence === 'high',
    );
    expect(sure).toEqual([]);
  });

  it('refuse what is not a normalised domain', () => {
    for (const domain of ['Maker.com', 'maker.com.', '.maker.com', '*.maker.com', 'bücher.de', 'a b.com', '']) {
      const [first] = owners.owners;
      expect(ownerList.safeParse({ ...owners, owners: [{ ...first, domains: [domain] }] }).success).toBe(false);
    }
  });

  it('give a tracker to the owner of its host, but where it stands in rented space', () => {
    const book = new DomainBook(owners.owners, source);
    const apart = trackers.trackers.flatMap((one) =>
      one.domains.filter((domain) => {
        const owner = book.of(domain)?.row;
        return owner?.organisation !== one.organisation && !owner?.rented;
      }),
    );
    // The name of Umeng's server in a zone of its mother's.
    expect(apart).toEqual(['new-aaid.umeng.com.gds.alibabadns.com']);
  });
});
