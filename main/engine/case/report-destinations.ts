import type { AppView } from '../../../shared/types/app.ts';
import type { DestinationBy, DestinationRow } from '../../../shared/types/destination.ts';
import type { Explanation } from '../../../shared/types/explanation.ts';
import { lawsFor } from '../enrich/laws.ts';
import type { Lists } from '../enrich/lists.ts';
import type { SubjectKind } from '../model/explain-facts.ts';
import type { ReadCase } from '../ports/case-handle.ts';
import { addressList } from '../query/addresses.ts';
import { destinationList } from '../query/destinations.ts';
import { loadDictionary } from '../query/dictionary.ts';
import type { ReportDestinations } from '../report/destination-data.ts';
import { explainCase } from './explain-case.ts';

/** More is no table that anybody reads: it stands in the case. */
const MOST_SERVICES = 60;
const MOST_APPS = 30;

/** Services of hosts that were seen, then those of apps that sent, the most bytes first in each. */
function servicesOf(rows: readonly DestinationRow[], apps: readonly AppView[]): string[] {
  const ofHosts = rows.flatMap((row) => (row.key === null ? [] : [row.key]));
  const ofApps = apps.flatMap((app) => (app.sent > 0 && app.service ? [app.service.id] : []));
  return [...new Set([...ofHosts, ...ofApps])];
}

/** Where contacts lead, as the window shows it, and what lists say of it. */
export async function reportDestinations(
  read: ReadCase,
  lists: Lists,
  apps: readonly AppView[],
): Promise<ReportDestinations> {
  const dictionary = await loadDictionary(read);
  const rowsBy = async (by: DestinationBy) => destinationList(read, dictionary, by, {});
  const { rows: countries, sources } = await rowsBy('country');
  const { rows: hosts } = await rowsBy('host');
  const addresses = await addressList(
    read,
    hosts.flatMap((row) => row.addresses.slice(0, 1)),
  );
  // The countries and states of most contacts come first.
  const of = (pick: (row: DestinationRow) => readonly string[]) => [...new Set(countries.flatMap(pick))];
  const subjects = {
    places: of((row) => row.countries),
    operatorStates: of((row) => row.operatorStates),
    ownerStates: of((row) => row.ownerStates),
  };
  const explain = (kind: SubjectKind, key: string) => explainCase(read, dictionary, lists, { kind, key });
  // An app may speak for its service and for itself.
  const ofApps = new Map<number, Promise<Explanation>>();
  const ofApp = ({ uid }: AppView) => {
    const known = ofApps.get(uid) ?? explain('app', String(uid));
    ofApps.set(uid, known);
    return known;
  };
  const services = (await rowsBy('service')).rows;
  const explained: Explanation[] = [];
  for (const id of servicesOf(services, apps).slice(0, MOST_SERVICES)) {
    if (!lists.catalogue.of(id)) continue;
    const own = await explain('service', id);
    const seen = own.candidates.some((one) => one.for.some(({ evidence }) => evidence !== null));
    const app = seen ? undefined : apps.find(({ sent, service }) => sent > 0 && service?.id === id);
    // No host of it was seen: then the app that belongs to it speaks.
    explained.push(app ? { ...own, candidates: (await ofApp(app)).candidates } : own);
  }
  const atStake: ReportDestinations['atStake'][number][] = [];
  for (const app of apps.filter(({ sent, packages }) => sent > 0 && packages.length > 0).slice(0, MOST_APPS)) {
    const rows = (await ofApp(app)).atStake.filter((one) => one.granted !== false);
    if (rows.length > 0) atStake.push({ app: app.name, uid: app.uid, rows });
  }
  return {
    countries,
    organisations: (await rowsBy('organisation')).rows,
    services,
    hosts,
    addresses,
    sources,
    laws: lawsFor(lists.laws, subjects),
    explained,
    atStake,
  };
}
