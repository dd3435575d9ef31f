import { isoOf } from '../../../shared/base/time.ts';
import { countryName } from '../../../shared/text/country-names.ts';
import type {
  AddressView,
  DestinationBy,
  DestinationRow,
  DestinationsView,
  OrganisationView,
  SourceView,
} from '../../../shared/types/destination.ts';
import type { EventFilter } from '../../../shared/types/event.ts';
import { contactMatches } from './live-views.ts';
import type { LiveWorld, MockContact } from './live-world.ts';

const organisation = (id: string, name: string, state: string | null): OrganisationView => ({
  id,
  name,
  group: null,
  state,
});
const amazon = organisation('amazon', 'Amazon', 'US');
const google = organisation('google', 'Google', 'US');
const xiaomi = organisation('xiaomi', 'Xiaomi', 'CN');
const meta = organisation('meta', 'Meta', 'US');
const tencent = organisation('tencent', 'Tencent', 'CN');

/** Who runs the network of an address by how it begins, and who owns a host; made up as the phone is. */
const operators: readonly (readonly [begins: string, who: OrganisationView, asn: number])[] = [
  ['203.0.113.', google, 64_500],
  ['198.51.100.2', amazon, 64_501],
  ['198.51.100.7', xiaomi, 64_502],
  ['198.51.100.1', tencent, 64_503],
  ['192.0.2.6', meta, 64_504],
];
const owners: Readonly<Record<string, OrganisationView>> = {
  'mtalk.example': google,
  'play.example': google,
  'push.example': xiaomi,
  'track.example': xiaomi,
  'data.example': xiaomi,
  'chat.example': meta,
  'media.example': meta,
  'weather.example': xiaomi,
};
const trackers: Readonly<Record<string, string>> = { 'track.example': 'Xiaomi' };
/** Of these two sources name two countries. */
const disputed: Readonly<Record<string, string>> = { '198.51.100.24': 'US', '198.51.100.141': 'CN' };

export const mockSources: readonly SourceView[] = [
  {
    key: 'made-up-places',
    title: 'Made-up places',
    date: '2026-10-01',
    sha256: 'a1'.repeat(32),
    licence: 'CC-BY-4.0',
    attribution: 'Places: made up for this window (places.example), CC BY 4.0',
    shipped: true,
  },
  {
    key: 'made-up-networks',
    title: 'Made-up networks',
    date: '2026-09-15',
    sha256: 'a2'.repeat(32),
    licence: 'CC-BY-4.0',
    attribution: null,
    shipped: true,
  },
];

const operatorOf = (ip: string) => operators.find(([begins]) => ip.startsWith(begins)) ?? null;
export const ownerOf = (host: string | null): OrganisationView | null =>
  host === null ? null : (owners[host] ?? null);

/** All that the made-up lists know of an address. */
export function mockAddress({ ip, country }: Pick<MockContact['peer'], 'ip' | 'country'>): AddressView {
  const other = disputed[ip];
  const operator = operatorOf(ip);
  const said: AddressView['said'] = [];
  if (country !== null) {
    said.push({ kind: 'location', country, region: null, source: 'Made-up places', date: '2026-10-01' });
    said.push({
      kind: 'registration',
      country: other ?? country,
      region: null,
      source: 'Made-up networks',
      date: '2026-09-15',
    });
    if (other !== undefined)
      said.push({ kind: 'location', country: other, region: null, source: 'Imported places', date: '2024-03-01' });
  }
  return {
    ip,
    scope: 'public',
    place:
      country === null
        ? null
        : {
            country,
            region: null,
            source: 'Made-up places',
            date: '2026-10-01',
            disputed: other !== undefined,
            confidence: other === undefined ? 'high' : 'low',
          },
    said,
    network:
      operator === null
        ? null
        : { asn: operator[2], name: operator[1].name, source: 'Made-up networks', date: '2026-09-15' },
    organisation: operator?.[1] ?? null,
  };
}

function keyOf({ peer, app }: MockContact, by: DestinationBy): readonly [key: string | null, name: string] {
  const operator = operatorOf(peer.ip)?.[1] ?? null;
  const who = ownerOf(peer.host) ?? operator;
  const service = app.seed?.service;
  if (by === 'country')
    return peer.country === null ? [null, 'Country not known'] : [peer.country, countryName(peer.country)];
  if (by === 'organisation') return who === null ? [null, 'Organisation not known'] : [who.id, who.name];
  if (by === 'state') return who?.state ? [who.state, countryName(who.state)] : [null, 'State not known'];
  if (by === 'service') return service ? [service[0], service[1]] : [null, 'No known service'];
  const key = by === 'host' ? (peer.host ?? peer.ip) : peer.ip;
  return [key, key];
}

function rowOf(key: string | null, name: string, contacts: readonly MockContact[]): DestinationRow {
  const each = <T>(read: (contact: MockContact) => T | null | undefined) =>
    [...new Set(contacts.map(read).filter((one) => one !== null && one !== undefined))] as T[];
  const services = new Map(
    contacts.flatMap(({ app }) => (app.seed?.service ? [[app.seed.service[0], app.seed.service] as const] : [])),
  );
  const addresses = each(({ peer }) => peer.ip);
  const hosts = each(({ peer }) => peer.host);
  return {
    key,
    name,
    countries: each(({ peer }) => peer.country).sort(),
    operatorStates: each(({ peer }) => operatorOf(peer.ip)?.[1].state).sort(),
    ownerStates: each(({ peer }) => ownerOf(peer.host)?.state).sort(),
    operators: each(({ peer }) => operatorOf(peer.ip)?.[1].name).sort(),
    owners: each(({ peer }) => ownerOf(peer.host)?.name).sort(),
    services: [...services.values()].map(([id, title, , optional]) => ({ id, name: title, optional })),
    trackers: each(({ peer }) => (peer.host === null ? null : trackers[peer.host])),
    hosts,
    hostCount: hosts.length,
    addresses,
    addressCount: addresses.length,
    apps: each(({ app }) => app.name),
    disputed: addresses.filter((ip) => disputed[ip] !== undefined).length,
    contacts: contacts.length,
    // Looks at connections count no bytes.
    sent: null,
    received: null,
    first: isoOf(Math.min(...contacts.map(({ fromUs }) => fromUs))),
    last: isoOf(Math.max(...contacts.map(({ toUs }) => toUs))),
  };
}

function passes(contact: MockContact, filter: EventFilter): boolean {
  const { state, organisation: who, whose, service, host, ...rest } = filter;
  const operator = operatorOf(contact.peer.ip)?.[1] ?? null;
  const owner = ownerOf(contact.peer.host);
  const meant = { owner: [owner], operator: [operator], first: [owner ?? operator], either: [owner, operator] };
  const parties = meant[whose ?? 'either'];
  if (state !== undefined && !parties.some((one) => one?.state === state)) return false;
  if (who !== undefined && !parties.some((one) => one?.id === who)) return false;
  if (service !== undefined && contact.app.seed?.service?.[0] !== service) return false;
  if (host !== undefined && host !== contact.peer.host && host !== contact.peer.ip) return false;
  return contactMatches(contact, rest);
}

/** The contacts of the made-up live acquisition by what they share; none where no phone is watched. */
export function mockDestinations(live: LiveWorld | null, by: DestinationBy, filter: EventFilter): DestinationsView {
  const groups = new Map<string | null, { name: string; contacts: MockContact[] }>();
  for (const contact of live?.contacts ?? []) {
    if (!passes(contact, filter)) continue;
    const [key, name] = keyOf(contact, by);
    const group = groups.get(key) ?? { name, contacts: [] };
    groups.set(key, group);
    group.contacts.push(contact);
  }
  const rows = [...groups].map(([key, { name, contacts }]) => rowOf(key, name, contacts));
  rows.sort((a, b) => Number(a.key === null) - Number(b.key === null) || b.contacts - a.contacts);
  return { by, rows, sources: live === null ? [] : [...mockSources] };
}
