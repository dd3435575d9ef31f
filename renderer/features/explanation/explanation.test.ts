import { describe, expect, it } from 'vitest';
import type { LawView } from '../../../shared/types/explanation.ts';
import { mockBridge } from '../../bridge/mock.ts';
import { groupsOf } from './Laws.tsx';
import { afterText, isGeneral, scopeSentence } from './words.ts';

const law = (because: LawView['because'], country: string, citation: string): LawView => ({
  because,
  country,
  countryName: country,
  act: citation,
  citation,
  date: null,
  obligation: '',
  reach: '',
  source: null,
  checked: '',
});

describe('words of explanations', () => {
  it('put laws under their country once, with every reason for which it may reach', () => {
    const groups = groupsOf([
      law('place', 'SG', 'a'),
      law('operator', 'US', 'b'),
      law('owner', 'US', 'b'),
      law('owner', 'US', 'c'),
    ]);
    expect(groups.map(({ country, because, acts }) => [country, because, acts.length])).toEqual([
      ['SG', ['place'], 1],
      ['US', ['operator', 'owner'], 2],
    ]);
  });

  it('say how long after in a size that is read', () => {
    expect([0.4, 41, 119, 130, 7300].map(afterText)).toEqual(['less than a second', '41 s', '119 s', '2 min', '2 h']);
  });

  it('mark what nobody read in a source', () => {
    expect([
      isGeneral('general knowledge'),
      isGeneral('general-knowledge'),
      isGeneral('Xiaomi, 2014'),
      isGeneral(null),
    ]).toEqual([true, true, false, false]);
  });

  it('say why an inner address has no place', () => {
    expect(scopeSentence('public')).toBeNull();
    expect(scopeSentence('private')).toMatch(/inner network/);
  });
});

it('the test double explains every kind of subject in the words of the contract', async () => {
  const { client } = mockBridge({ pace: 0, live: 'counters' });
  await client.cases.view({ case: 'c1' });
  const subjects = [
    ['host', 'track.example'],
    ['address', '198.51.100.24'],
    ['service', 'mi-push'],
    ['event', 'v1'],
    ['app', '10012'],
    ['host', 'nobody.example'],
  ] as const;
  for (const [kind, key] of subjects) {
    const { subject } = await client.explain.get({ case: 'c1', subject: { kind, key } });
    expect(subject.key).toBe(key);
  }
});
