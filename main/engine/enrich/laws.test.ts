import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { faultsOfLaws, LawBook, type LawList, lawList, lawsFor } from './laws.ts';

const file = join(import.meta.dirname, '../../../resources/lists/laws.json');
const shipped = lawList.parse(JSON.parse(await readFile(file, 'utf8')));

const act = (country: string, title: string): LawList['acts'][number] => ({
  country,
  title,
  citation: 's. 1',
  date: '2020-01-01',
  obligation: 'To answer.',
  reach: 'Everybody.',
  url: null,
  checked: 'not opened',
});
const small: LawList = {
  list: 'laws',
  title: 'Acts',
  date: '2026-01-01',
  version: 1,
  countries: { SG: 'Singapore', CN: 'China', DE: 'Germany', EU: 'Union' },
  unions: [{ country: 'EU', members: ['DE', 'FR'] }],
  acts: [act('CN', 'C'), act('SG', 'S'), act('DE', 'D'), act('EU', 'E')],
};

describe('lawsFor', () => {
  const book = new LawBook(small);
  const given = (places: string[], operatorStates: string[], ownerStates: string[]) =>
    lawsFor(book, { places, operatorStates, ownerStates }).map((law) => `${law.because}: ${law.act}`);

  it('tells the acts of the place, then of the operator’s state, then of the owner’s', () => {
    expect(given(['SG'], ['CN'], ['DE'])).toEqual(['place: S', 'operator: C', 'owner: D', 'owner: E']);
  });

  it('tells an act once, with the first of its reasons', () => {
    expect(given(['SG', 'SG'], ['SG'], ['CN', 'SG'])).toEqual(['place: S', 'owner: C']);
    expect(given(['DE', 'FR'], [], [])).toEqual(['place: D', 'place: E']);
  });

  it('gives a member the acts of its union, and nothing to a country that is not listed', () => {
    expect(given(['FR'], [], [])).toEqual(['place: E']);
    expect(given(['AQ'], [], [])).toEqual([]);
    expect(book.of('EU').map(({ title }) => title)).toEqual(['E']);
    expect(book.nameOf('AQ')).toBe('AQ');
  });

  it('leaves out an act of the union where a member does not take part', () => {
    const apart = new LawBook({ ...small, acts: [{ ...act('EU', 'E'), notIn: ['FR'] }] });
    expect(apart.of('FR')).toEqual([]);
    expect(apart.of('DE').map(({ title }) => title)).toEqual(['E']);
  });

  it('says whose act it is, and how far it was checked', () => {
    expect(lawsFor(book, { places: ['FR'], operatorStates: [], ownerStates: [] })).toEqual([
      {
        because: 'place',
        country: 'EU',
        countryName: 'Union',
        act: 'E',
        citation: 's. 1',
        date: '2020-01-01',
        obligation: 'To answer.',
        reach: 'Everybody.',
        source: null,
        checked: 'not opened',
      },
    ]);
  });
});

describe('faultsOfLaws', () => {
  it('tells doubles, and countries without a name or an act', () => {
    const broken = {
      ...small,
      countries: { ...small.countries, BR: 'Brazil' },
      unions: [{ country: 'AU', members: ['DE'] }],
      acts: [...small.acts, act('CN', 'C'), act('US', 'U')],
    };
    expect(faultsOfLaws(broken)).toEqual([
      'laws.json names BR, which has no act.',
      'laws.json names the union AU, which has no act.',
      'laws.json has the act C of CN twice.',
      'laws.json has no name for US.',
    ]);
  });
});

describe('the shipped acts', () => {
  it('hold together, and each has a citation, a date, a text to open and a word on how far it was checked', () => {
    expect(faultsOfLaws(shipped)).toEqual([]);
    expect(shipped.acts.filter((one) => one.date === null || one.url === null)).toEqual([]);
    expect(shipped.acts.filter((one) => one.date !== null && one.date > shipped.date)).toEqual([]);
    expect(shipped.acts.filter((one) => !/checked|not opened/i.test(one.checked))).toEqual([]);
  });

  it('reach the states of the affair and the places where servers of phones stand', () => {
    const book = new LawBook(shipped);
    for (const country of ['CN', 'HK', 'US', 'IN', 'DE', 'RU', 'SG', 'GB', 'KR', 'JP', 'TW', 'IL']) {
      expect([country, book.of(country).length > 0]).toEqual([country, true]);
    }
    expect(book.of('PL')).toEqual(book.of('EU'));
    expect(book.of('DK').length).toBe(book.of('EU').length - 1);
    const acts = lawsFor(book, { places: ['SG'], operatorStates: ['US'], ownerStates: ['CN'] });
    expect(acts.map(({ because }) => because).filter((one, at, all) => one !== all[at - 1])).toEqual([
      'place',
      'operator',
      'owner',
    ]);
  });

  it('are told in a line or two', () => {
    for (const one of shipped.acts) {
      expect(one.obligation.length).toBeLessThan(220);
      expect(one.reach.length).toBeLessThan(160);
    }
  });
});
