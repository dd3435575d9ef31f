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

/** Names in the order of how well they fit; of those that fit alike the ones with more first, else as they stand. */
function heaviest(
  names: readonly string[],
  group: 'host' | 'address',
  totals: Totals,
  words: readonly string[],
): string[] {
  const ranked = names.map((name) => ({ name, fit: fitOf(name, words), weight: totals.weight(group, name) }));
  return ranked.sort((a, b) => a.fit - b.fit || b.weight - a.weight).map(({ name }) => name);
}

interface HostRow {
  readonly name: string;
  readonly owner: string | null;
  readonly service: string | null;
}

async function hostAnswers(read: ReadCase, totals: Totals, found: Fitting, { words, limit }: Words): Promise<Group> {
  const names = heaviest(found.names, 'host', totals, words).slice(0, limit);
  const rows = await read.all<HostRow>(
    `SELECT name, owner_name owner, service_name service FROM host WHERE name IN (SELECT value FROM json_each(?))`,
    [JSON.stringify(names)],
  );
  const told = new Map(rows.map((row) => [row.name, row]));
  const answers = await Promise.all(
    names.map(async (name): Promise<SearchAnswer> => {
      const row = told.get(name);
      const about = [row?.owner, row?.service].filter((part) => part != null).join(' · ') || null;
      const sum = withContacts(await totals.of('host', name));
      return {
        ...sum,
        group: 'host',
        key: name,
        name,
        marks: marksOf(name, words),
        why: null,
        about,
        lookUps: totals.lookUps(name),
      };
    }),
  );
  return { group: 'host', total: found.names.length, more: found.more, answers };
}

interface AddressRow {
  readonly ip: string;
  readonly country: string | null;
  readonly operator: string | null;
}

async function addressAnswers(read: ReadCase, totals: Totals, found: Fitting, { words, limit }: Words): Promise<Group> {
  const ips = heaviest(found.names, 'address', totals, words).slice(0, limit);
  const rows = await read.all<AddressRow>(
    `SELECT ip, country, coalesce(organisation_name, network_name) operator FROM address
     WHERE ip IN (SELECT value FROM json_each(?))`,
    [JSON.stringify(ips)],
  );
  const told = new Map(rows.map((row) => [row.ip, row]));
  const [word = ''] = words;
  const network = networkOf(word);
  const answers = await Promise.all(
    ips.map(async (ip): Promise<SearchAnswer> => {
      const row = told.get(ip);
      const about = [row?.country, row?.operator].filter((part) => part != null).join(' · ') || null;
      // Of a network, all of the address fits.
      const marks = network ? [[0, ip.length] as [number, number]] : marksOf(ip, [word.replace(/[[\]]/g, '')]);
      const why = network ? { what: 'network', text: `lies in ${word}`, marks: [] } : null;
      return {
        ...withContacts(await totals.of('address', ip)),
        group: 'address',
        key: ip,
        name: ip,
        marks,
        why,
        about,
      };
    }),
  );
  return { group: 'address', total: found.names.length, more: found.more, answers };
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
