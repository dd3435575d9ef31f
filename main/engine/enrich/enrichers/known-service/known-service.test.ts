import { describe, expect, it } from 'vitest';
import type { Lists } from '../../lists.ts';
import type { PackageEntry, ServiceEntry } from '../../service-list.ts';
import { knownService } from './index.ts';

const row = (over: Partial<PackageEntry>): PackageEntry => ({
  package: 'com.maker.cloud',
  service: 'maker-cloud',
  role: 'copies notes',
  optional: 'yes',
  optionalBasis: "maker's statement",
  switchOff: { how: 'Settings > Cloud: off.', basis: 'general knowledge' },
  sources: ['press'],
  date: '2020-05-01',
  confidence: 'high',
  ...over,
});

const service = (id: string, name: string): ServiceEntry => ({
  id,
  vendor: 'Maker',
  name,
  purpose: 'Copies notes.',
  data: [],
  optional: null,
  optionalBasis: null,
  switchOff: null,
  sources: ['press'],
  date: '2020-05-01',
  confidence: 'high',
  published: [],
  announced: [],
  signs: [],
});

const lists = (packages: PackageEntry[]): Pick<Lists, 'services' | 'files'> => ({
  services: {
    title: 'A list',
    date: '2020-06-01',
    sources: [{ id: 'press', title: 'The Press', url: null, date: null }],
    services: [service('maker-cloud', 'Maker Cloud'), service('maker-push', 'Maker Push')],
    endpoints: [],
    packages,
    prefixes: [],
  },
  files: [],
});

const ask = (packages: PackageEntry[], names: string[], maker: string | null = null) =>
  knownService(lists(packages), { maker }).label({ uid: 10_100, packages: names });

describe('known-service', () => {
  it('labels only the packages that the list names, with source, date and reason', () => {
    const labels = ask([row({})], ['com.other', 'com.maker.cloud']);
    expect(labels).toEqual([
      {
        subject: { kind: 'package', name: 'com.maker.cloud' },
        kind: 'service',
        value: 'Maker Cloud',
        detail: { id: 'maker-cloud', vendor: 'Maker', optional: true },
        source: 'Phonehome list "A list"',
        date: '2020-05-01',
        confidence: 'high',
        why: "The package name com.maker.cloud is listed under Maker Cloud: copies notes. Optional: yes (maker's statement). To switch it off (general knowledge; not checked on this phone): Settings > Cloud: off. Sources: The Press.",
      },
    ]);
  });

  it('keeps both labels where two rows disagree', () => {
    const labels = ask(
      [row({}), row({ optional: null, optionalBasis: null }), row({ service: 'maker-push', optional: 'no' })],
      ['com.maker.cloud'],
    );
    expect(labels.map((label) => [label.value, label.detail.optional])).toEqual([
      ['Maker Cloud', true],
      ['Maker Cloud', null],
      ['Maker Push', false],
    ]);
    expect(labels[1]?.why).toContain('Optional: not known.');
  });

  it('holds a row for certain makers back from others, and lowers it where the maker is unknown', () => {
    const rows = [row({ onlyMakers: ['Maker'] })];
    expect(ask(rows, ['com.maker.cloud'], 'MAKER')[0]?.confidence).toBe('high');
    expect(ask(rows, ['com.maker.cloud'], 'Elsewhere')).toEqual([]);
    const [unsure] = ask(rows, ['com.maker.cloud'], null);
    expect(unsure?.confidence).toBe('low');
    expect(unsure?.why).toContain('the maker of this phone is not known');
  });
});
