import { excerptOf, fitOf, foldCase, marksOf, searchWords } from '../../../shared/text/search-words.ts';
import type { AppView } from '../../../shared/types/app.ts';
import type { CaseInfo } from '../../../shared/types/case.ts';
import type { FindingView } from '../../../shared/types/finding.ts';
import { type SearchAnswer, type SearchView, searchGroups } from '../../../shared/types/search.ts';
import { mockDestinations } from './destinations.ts';
import type { LiveWorld } from './live-world.ts';

interface Held {
  readonly apps: readonly AppView[];
  readonly live: LiveWorld | null;
  readonly findings: readonly Pick<FindingView, 'id' | 'title' | 'text'>[];
  readonly info: CaseInfo;
}

type Thing = Omit<SearchAnswer, 'marks' | 'why'> & { readonly other: readonly (readonly [string, string])[] };

const bare = {
  about: null,
  contacts: null,
  lookUps: null,
  more: false,
  sent: null,
  received: null,
  other: [],
} as const;

function* things({ apps, live, findings, info }: Held): Generator<Thing> {
  for (const { key, uid, name, packages, sent, received } of apps) {
    const other: [string, string][] = [
      ...packages.map((one): [string, string] => ['package', one]),
      ['uid', `uid ${uid}`],
    ];
    yield { ...bare, group: 'app', key, name, about: packages[0] ?? `uid ${uid}`, sent, received, other };
  }
  for (const by of ['host', 'address', 'organisation', 'service', 'country'] as const) {
    for (const { key, name, contacts } of mockDestinations(live, by, {}).rows) {
      if (key === null || (by === 'host' && /^[\d.:a-f]+$/.test(key))) continue;
      yield { ...bare, group: by, key, name, contacts };
    }
  }
  for (const { id, title, text } of findings)
    yield { ...bare, group: 'finding', key: id, name: title, other: [['text', text]] };
  if (info.notes !== null)
    yield { ...bare, group: 'note', key: 'notes', name: 'Notes of the case', other: [['text', info.notes]] };
}

/** What of the made-up case holds all words. */
export function mockSearch(held: Held, text: string, limit: number): SearchView {
  const words = searchWords(text);
  if (words.length === 0) return { text, groups: [] };
  const fitting = [...things(held)].filter(({ name, other }) => {
    const all = foldCase([name, ...other.map(([, one]) => one)].join('\n'));
    return words.every((word) => all.includes(word));
  });
  const groups = searchGroups.map((group) => {
    const own = fitting
      .filter((thing) => thing.group === group)
      .toSorted((a, b) => fitOf(a.name, words) - fitOf(b.name, words) || (b.sent ?? 0) - (a.sent ?? 0));
    const answers = own.slice(0, limit).map(({ other, ...thing }): SearchAnswer => {
      const lacking = words.find((word) => !foldCase(thing.name).includes(word));
      const found = lacking === undefined ? undefined : other.find(([, one]) => foldCase(one).includes(lacking));
      return {
        ...thing,
        marks: marksOf(thing.name, words),
        why: found ? { what: found[0], ...excerptOf(found[1], words) } : null,
      };
    });
    return { group, total: own.length, more: false, answers };
  });
  return { text, groups: groups.filter(({ total }) => total > 0) };
}
