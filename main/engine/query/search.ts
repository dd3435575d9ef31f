import { excerptOf, fitOf, foldCase, marksOf, searchWords } from '../../../shared/text/search-words.ts';
import { type SearchAnswer, type SearchGroup, type SearchView, searchGroups } from '../../../shared/types/search.ts';
import type { ReadCase } from '../ports/case-handle.ts';
import { addressesWith, type Fitting, hostsWith, networkOf } from './search-hosts.ts';
import type { Findable, SearchNames } from './search-names.ts';
import { type ContactTotals, noTotals, type Totals } from './search-totals.ts';

/** A note that is no row of a case: what stands on its cover. */
export interface Note {
  readonly key: string;
  readonly name: string;
  readonly text: string;
}

type Group = SearchView['groups'][number];

interface Words {
  readonly text: string;
  readonly words: readonly string[];
  readonly limit: number;
}

const byName = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Which other words of a thing fit, for whom its name alone does not; with the first that the name lacks. */
function whyOf(thing: Pick<Findable, 'name' | 'other'>, words: readonly string[]): SearchAnswer['why'] {
  const name = foldCase(thing.name);
  const lacking = words.find((word) => !name.includes(word));
  if (lacking === undefined) return null;
  const found = thing.other.find(([, text]) => foldCase(text).includes(lacking));
  return found ? { what: found[0], ...excerptOf(found[1], words) } : null;
}

const bare: Sums = { contacts: null, lookUps: null, more: false, sent: null, received: null };
const withContacts = (sum: ContactTotals | null): Sums =>
  sum === null ? bare : { ...bare, contacts: sum.contacts, more: sum.more, sent: sum.sent, received: sum.received };

type Sums = Pick<SearchAnswer, 'contacts' | 'lookUps' | 'more' | 'sent' | 'received'>;

async function totalsOf({ group, key }: Findable, totals: Totals): Promise<Sums> {
  switch (group) {
    case 'app': {
      const { contacts, more } = (await totals.of('app', key)) ?? noTotals;
      return { ...bare, contacts, more, ...totals.counted('app', key) };
    }
    case 'network':
      return { ...bare, ...totals.counted('network', key) };
    case 'finding':
    case 'note':
      return bare;
    default:
      return withContacts(await totals.of(group, key));
  }
}

/** Things of memory that hold all of the words. */
async function inMemory(names: SearchNames, group: SearchGroup, { words, limit }: Words): Promise<Group> {
  const fitting = names.things
    .filter((thing) => thing.group === group && words.every((word) => thing.folded.includes(word)))
    .map((thing) => ({ thing, fit: fitOf(thing.name, words), weight: names.totals.weight(group, thing.key) }));
  // Of those that fit alike, the ones with more stand first.
  fitting.sort((a, b) => a.fit - b.fit || b.weight - a.weight || byName.compare(a.thing.name, b.thing.name));
  const answers = await Promise.all(
    fitting.slice(0, limit).map(async ({ thing }): Promise<SearchAnswer> => {
      const { key, name, about } = thing;
      const sums = await totalsOf(thing, names.totals);
      return { ...sums, group, key, name, marks: marksOf(name, words), why: whyOf(thing, words), about };
    }),
  );
  return { group, total: fitting.length, more: false, answers };
}

/** What stands beside a name, and what it has besides. */
type Told = Pick<SearchAnswer, 'about'> & Partial<SearchAnswer>;

/** Answers for the names that fit best; of those that fit alike the ones with more first, else as they stand. */
async function namedAnswers(
  group: 'host' | 'address',
  found: Fitting,
  { words, limit }: Words,
  totals: Totals,
  tell: (names: readonly string[]) => Promise<(name: string) => Told>,
): Promise<Group> {
  const ranked = found.names.map((name) => ({ name, fit: fitOf(name, words), weight: totals.weight(group, name) }));
  ranked.sort((a, b) => a.fit - b.fit || b.weight - a.weight);
  const names = ranked.slice(0, limit).map(({ name }) => name);
  const told = await tell(names);
  const answers = await Promise.all(
    names.map(async (name): Promise<SearchAnswer> => {
      const sums = withContacts(await totals.of(group, name));
      return { ...sums, group, key: name, name, marks: marksOf(name, words), why: null, ...told(name) };
    }),
  );
  return { group, total: found.names.length, more: found.more, answers };
}

/** What is known of names, by a query that is given them as JSON and answers name and up to two words about it. */
async function wordsAbout(
  read: ReadCase,
  names: readonly string[],
  sql: string,
): Promise<(name: string) => string | null> {
  const rows = await read.all<{ name: string; one: string | null; other: string | null }>(sql, [JSON.stringify(names)]);
  const about = new Map(
    rows.map(({ name, one, other }) => [name, [one, other].filter((part) => part !== null).join(' · ')]),
  );
  return (name) => about.get(name) || null;
}

function hostAnswers(read: ReadCase, totals: Totals, found: Fitting, asked: Words): Promise<Group> {
  return namedAnswers('host', found, asked, totals, async (names) => {
    const about = await wordsAbout(
      read,
      names,
      `SELECT name, owner_name one, service_name other FROM host WHERE name IN (SELECT value FROM json_each(?))`,
    );
    return (name) => ({ about: about(name), lookUps: totals.lookUps(name) });
  });
}

function addressAnswers(read: ReadCase, totals: Totals, found: Fitting, asked: Words): Promise<Group> {
  const [word = ''] = asked.words;
  // Of a network, all of the address fits.
  const network = networkOf(word) && { what: 'network', text: `lies in ${word}`, marks: [] };
  return namedAnswers('address', found, asked, totals, async (ips) => {
    const about = await wordsAbout(
      read,
      ips,
      `SELECT ip name, country one, coalesce(organisation_name, network_name) other FROM address
       WHERE ip IN (SELECT value FROM json_each(?))`,
    );
    return (ip) => ({
      about: about(ip),
      marks: network ? [[0, ip.length]] : marksOf(ip, [word.replace(/[[\]]/g, '')]),
      why: network,
    });
  });
}

function noteAnswers(notes: readonly Note[], { words, limit }: Words): Group {
  const fitting = notes.filter(({ text }) => words.every((word) => foldCase(text).includes(word)));
  const answers = fitting.slice(0, limit).map(
    ({ key, name, text }): SearchAnswer => ({
      ...bare,
      group: 'note',
      key,
      name,
      marks: [],
      why: { what: 'text', ...excerptOf(text, words) },
      about: null,
    }),
  );
  return { group: 'note', total: fitting.length, more: false, answers };
}

/**
 * Everything of a case that holds all words of a text, by what it is: apps by name, package, uid and service; hosts; addresses, also by
 * how they begin and by the network that they lie in; organisations, services, countries, networks, findings, and the notes given.
 * At most `limit` of each; groups without an answer are left out. Contacts themselves are not gone through.
 */
export async function find(
  read: ReadCase,
  names: SearchNames,
  question: { readonly text: string; readonly limit: number },
  notes: readonly Note[],
): Promise<SearchView> {
  const words = searchWords(question.text);
  if (words.length === 0) return { text: question.text, groups: [] };
  const asked: Words = { ...question, words };
  const groups = await Promise.all(
    searchGroups.map(async (group) => {
      if (group === 'host') return hostAnswers(read, names.totals, await hostsWith(read, words), asked);
      if (group === 'address') return addressAnswers(read, names.totals, await addressesWith(read, words), asked);
      return group === 'note' ? noteAnswers(notes, asked) : inMemory(names, group, asked);
    }),
  );
  return { text: question.text, groups: groups.filter(({ total }) => total > 0) };
}
