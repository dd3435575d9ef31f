import { countryName } from '../../../shared/text/country-names.ts';
import { foldCase } from '../../../shared/text/search-words.ts';
import type { FindingView } from '../../../shared/types/finding.ts';
import type { SearchGroup } from '../../../shared/types/search.ts';
import type { ReadCase } from '../ports/case-handle.ts';
import { type Dictionary, networkTitle } from './dictionary.ts';
import { type LaneBytes, loadTotals, type Totals } from './search-totals.ts';

/** One thing that can be found by its name or by other words of it. */
export interface Findable {
  readonly group: SearchGroup;
  readonly key: string;
  readonly name: string;
  /** Other words: what they are, and the words. */
  readonly other: readonly (readonly [what: string, text: string])[];
  readonly about: string | null;
  /** All of it in lower case, to be passed by quickly. */
  readonly folded: string;
}

/** What is found without the tables of hosts and addresses: the small tables of a case, held in memory. */
export interface SearchNames {
  readonly things: readonly Findable[];
  readonly totals: Totals;
}

type Bare = Omit<Findable, 'folded'>;
type FoundFinding = Pick<FindingView, 'id' | 'title' | 'text' | 'app' | 'rule' | 'state'>;

const withFold = (thing: Bare): Findable => ({
  ...thing,
  // Parts apart by a sign that no word holds, so that no word lies across two of them.
  folded: foldCase([thing.name, ...thing.other.map(([, text]) => text)].join('\n')),
});

const several = (n: number, one: string, many = `${one}s`) => (n === 1 ? `1 ${one}` : `${n} ${many}`);

function appThings(dictionary: Dictionary): Bare[] {
  return [...dictionary.apps.values()].map((app) => {
    const packages = JSON.parse(app.packages) as string[];
    const words: (readonly [string, string])[] = packages.map((name) => ['package', name]);
    words.push(['uid', `uid ${app.uid}`]);
    if (app.service_name !== null) words.push(['service', app.service_name]);
    const other = app.user !== null && app.user > 0 ? ` · user ${app.user}` : '';
    return {
      group: 'app' as const,
      key: String(app.uid),
      name: app.name,
      other: words,
      about: `${packages[0] ?? `uid ${app.uid}`}${other}`,
    };
  });
}

function networkThings(dictionary: Dictionary): Bare[] {
  return [...dictionary.networkOfKey.values()].map((network) => ({
    group: 'network' as const,
    key: network.key,
    name: networkTitle(network),
    other: [['type', network.type]],
    about: null,
  }));
}

async function countriesOf(read: ReadCase): Promise<Bare[]> {
  const rows = await read.all<{ country: string; n: number }>(
    `SELECT country, count(*) n FROM address WHERE country IS NOT NULL AND scope = 'public' GROUP BY country`,
  );
  return rows.map(({ country, n }) => ({
    group: 'country',
    key: country,
    name: countryName(country),
    other: [['code', country]],
    about: several(n, 'address', 'addresses'),
  }));
}

async function organisationsOf(read: ReadCase, dictionary: Dictionary): Promise<Bare[]> {
  const owners = await read.all<{ id: string; n: number }>(
    'SELECT owner id, count(*) n FROM host WHERE owner IS NOT NULL GROUP BY owner',
  );
  const operators = await read.all<{ id: string; n: number }>(
    `SELECT coalesce(organisation, 'AS' || asn) id, count(*) n FROM address
     WHERE organisation IS NOT NULL OR asn IS NOT NULL GROUP BY 1`,
  );
  const owned = new Map(owners.map(({ id, n }) => [id, n]));
  const run = new Map(operators.map(({ id, n }) => [id, n]));
  // A network may be known by its number alone.
  return [...dictionary.organisations].map(([id, name]: [string, string | null]) => {
    const parts = [
      owned.has(id) && `owner of ${several(owned.get(id)!, 'host')}`,
      run.has(id) && `its networks hold ${several(run.get(id)!, 'address', 'addresses')}`,
    ].filter((part) => part !== false);
    return {
      group: 'organisation',
      key: id,
      name: name ?? id,
      // An id is a word of this program; only a network's number is one that people know.
      other: /^AS\d+$/.test(id) ? [['network', id]] : [],
      about: parts.join(', ') || null,
    };
  });
}

function servicesOf(dictionary: Dictionary): Bare[] {
  const services = new Map<string, { name: string; vendor: string | null }>();
  for (const [id, app] of dictionary.appOfService)
    services.set(id, { name: app.service_name ?? id, vendor: app.service_vendor });
  for (const [id, service] of dictionary.hostServices) if (!services.has(id)) services.set(id, service);
  return [...services].map(([id, { name, vendor }]) => ({
    group: 'service',
    key: id,
    name,
    other: vendor === null ? [] : [['vendor', vendor]],
    about: vendor,
  }));
}

function findingThings(findings: readonly FoundFinding[]): Bare[] {
  return findings.map(({ id, title, text, app, rule, state }) => ({
    group: 'finding',
    key: id,
    name: title,
    other: [['text', text], ...(app === null ? [] : [['app', app] as const])],
    about: `${rule === null ? 'written by the examiner' : 'proposed by a rule'}, ${state}`,
  }));
}

/**
 * Reads what can be found in memory, once; whoever writes the case throws the answer away. `findings`: proposed ones and the
 * examiner's own. `lanes`: counted bytes by app and by network.
 */
export async function loadSearchNames(
  read: ReadCase,
  dictionary: Dictionary,
  findings: readonly FoundFinding[],
  lanes: LaneBytes,
): Promise<SearchNames> {
  const things = [
    ...appThings(dictionary),
    ...(await organisationsOf(read, dictionary)),
    ...servicesOf(dictionary),
    ...(await countriesOf(read)),
    ...networkThings(dictionary),
    ...findingThings(findings),
  ];
  return { things: things.map(withFold), totals: await loadTotals(read, lanes) };
}
