import { isoOf } from '../../../shared/base/time.ts';
import { countryName } from '../../../shared/text/country-names.ts';
import type { Candidate, Explanation, LawView } from '../../../shared/types/explanation.ts';
import { mockAddress, ownerOf } from './destinations.ts';
import type { LiveWorld, MockContact } from './live-world.ts';
import type { MockApp, World } from './world.ts';

type Subject = Pick<Explanation['subject'], 'kind' | 'key'>;

function candidateOf(app: MockApp, contact: MockContact | null): Candidate | null {
  const service = app.seed?.service;
  if (!service) return null;
  const [id, name, vendor, optional] = service;
  return {
    service: {
      id,
      name,
      vendor,
      purpose: `Made up for this window: what ${name} of ${vendor} is there for stands here in one or two sentences.`,
      data: ['device identifier', 'version of the system'],
      optional,
      optionalBasis: optional === true ? `${vendor}, statement of 2014-10-24` : 'general knowledge',
      switchOff: optional === true ? { how: `Settings, ${name}, off.`, basis: 'general knowledge' } : null,
      published: [{ date: '2014-08-07', by: 'A made-up laboratory', says: `Made up: what it measured of ${name}.` }],
      announced: [{ date: '2014-10-22', by: vendor, plan: 'Made up: servers in another country.', due: '2014-12' }],
      sources: [{ title: `Documentation of ${vendor}`, url: 'https://docs.example/service', date: '2025-06-01' }],
    },
    confidence: contact?.peer.host ? 'high' : 'medium',
    on: optional === true ? 'on' : 'not known',
    for: [
      {
        text: `The app ${app.packages[0]} belongs to this service.`,
        evidence: 'E9',
        source: 'Phonehome service list, 2026-10-30',
      },
      ...(contact?.peer.host
        ? [{ text: `The host ${contact.peer.host} was seen.`, evidence: contact.id, source: null }]
        : []),
      ...(optional === true
        ? [{ text: 'An account of this vendor is present on the phone.', evidence: 'E22', source: null }]
        : []),
    ],
    against: contact?.peer.host
      ? []
      : [{ text: 'No name of the host was seen.', evidence: contact?.id ?? null, source: null }],
    decides: ['A capture that shows the name of the host.', 'A second acquisition with the service switched off.'],
    doesNotProve: ['That this service sent these bytes: apps of one uid share a counter.'],
  };
}

const law = (because: LawView['because'], country: string): LawView => ({
  because,
  country,
  countryName: countryName(country),
  act: `Made-up act of ${countryName(country)}`,
  citation: `${country} 2020/1, section 7`,
  date: '2020-05-01',
  obligation: 'Whoever keeps data gives it to an authority that asks for it in due form.',
  reach: 'Reaches whoever is established there, also for data that is kept elsewhere.',
  source: 'official journal',
  checked: 'made up for this window',
});

/** What the made-up lists say of an event, app, host, address or service. */
export function mockExplanation(world: World, live: LiveWorld | null, { kind, key }: Subject): Explanation {
  const contacts = live?.contacts ?? [];
  const found = contacts.filter(
    ({ id, peer, app }) =>
      id === key || peer.host === key || peer.ip === key || String(app.uid) === key || app.seed?.service?.[0] === key,
  );
  const contact = found[0] ?? null;
  const event = world.events.find(({ id }) => id === key);
  const app = contact?.app ?? event?.app ?? world.apps.find(({ uid }) => String(uid) === key) ?? null;
  const first = app === null ? null : candidateOf(app, contact);
  const peers = new Map(found.map(({ peer }) => [peer.ip, peer]));
  const addresses = kind === 'app' ? [] : [...peers.values()].slice(0, 5).map(mockAddress);
  const owner = ownerOf(contact?.peer.host ?? null);
  const place = addresses[0]?.place?.country ?? null;
  const operator = addresses[0]?.organisation?.state ?? null;
  return {
    subject: { kind, key, name: kind === 'event' || kind === 'app' ? (app?.name ?? key) : key },
    candidates: first === null ? [] : [first],
    addresses,
    owner:
      owner === null || kind === 'app'
        ? null
        : { ...owner, domain: contact!.peer.host!, source: 'Made-up owners', date: '2026-08-01' },
    tracker:
      contact?.peer.host === 'track.example'
        ? { owner: 'Xiaomi', category: 'analytics', source: 'Made-up trackers', date: '2026-08-01' }
        : null,
    laws: [
      ...(place === null ? [] : [law('place', place)]),
      ...(operator === null ? [] : [law('operator', operator)]),
      ...(owner?.state ? [law('owner', owner.state)] : []),
    ],
    atStake:
      app?.seed?.from === 'store'
        ? [
            {
              permission: 'android.permission.READ_CONTACTS',
              category: 'contacts',
              opens: 'Names, numbers and addresses of the people in the address book.',
              granted: true,
              lastUsed: event ? isoOf(event.fromUs) : null,
              evidence: 'E22',
              followedBy: event ? { event: event.id, seconds: 41, sent: event.sent } : null,
            },
          ]
        : [],
    limits: ['A service that is known to exist is an explanation, and no observation of what was sent.'],
  };
}
