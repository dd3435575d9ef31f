import { hostFromWords } from '../../../../shared/text/host-words.ts';
import type { Confidence } from '../../model/enricher.ts';
import type { AppFact, ExplainFacts, HostFact } from '../../model/explain-facts.ts';
import { type ExplainBooks, sourceWords, type Weighed } from './books.ts';

const weights: Readonly<Record<Confidence, number>> = { high: 6, medium: 4, low: 2 };
/** So many hosts of a service are named one by one. */
const NAMED = 3;

const plural = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`;
/** Names that were said in the connection itself, not of its address at another time. */
const saidInIt = new Set(['tls', 'quic', 'http', 'dns', 'push', 'xmpp']);

/** Hosts of the subject that the catalogue has as endpoints of this service. */
export function endpointReasons(service: string, facts: ExplainFacts, books: ExplainBooks): Weighed[] {
  const name = books.catalogue.of(service)?.name ?? service;
  const own = facts.hosts.filter((host) => host.service === service);
  const reasons = own.slice(0, NAMED).map((host): Weighed => {
    const endpoint = books.catalogue.endpointsOf(service).find((one) => one.pattern === host.endpoint);
    const exact = host.endpoint === host.name;
    const how = exact ? 'is an endpoint of' : `falls under ${host.endpoint ?? 'a pattern'}, an endpoint of`;
    const purpose = endpoint ? `: ${endpoint.purpose}` : '';
    const era = endpoint?.era ? ` The source is of ${endpoint.era}.` : '';
    const direct = host.from.some((one) => saidInIt.has(one));
    const seen =
      host.contacts === 0
        ? 'Its name was asked for; no contact with it was seen.'
        : `${plural(host.contacts, 'contact')}; the name is known from ${host.from.map(hostFromWords).join('; ') || 'the address'}${direct ? '' : ', and not from the connection itself'}.`;
    return {
      weight: weights[host.confidence ?? 'low'] - (exact ? 0 : 0.5) - (direct ? 0 : 1) - (host.contacts === 0 ? 1 : 0),
      reason: {
        text: `${host.name} ${how} ${name}${purpose}. ${seen}${era}`,
        evidence: host.event,
        source: endpoint ? sourceWords(books, endpoint.sources) : `catalogue of ${books.catalogue.source.date}`,
      },
    };
  });
  if (own.length > NAMED) {
    const text = `${plural(own.length - NAMED, 'more host')} of the same service: ${own
      .slice(NAMED, NAMED + 8)
      .map((host) => host.name)
      .join(', ')}${own.length > NAMED + 8 ? ', …' : ''}.`;
    reasons.push({
      weight: 0,
      reason: { text, evidence: own[NAMED]!.event, source: `catalogue of ${books.catalogue.source.date}` },
    });
  }
  return reasons;
}

/** A host that is of no known service and belongs to whoever runs this one: little, and said so. */
export function ownerReasons(service: string, facts: ExplainFacts, books: ExplainBooks): Weighed[] {
  const vendor = books.catalogue.of(service)?.vendor.toLowerCase();
  const own = facts.hosts.filter((host) => host.service === null && host.owner?.name.toLowerCase() === vendor);
  const [first] = own;
  if (!first || vendor === undefined) return [];
  const more = own.length > 1 ? ` and ${plural(own.length - 1, 'other host')}` : '';
  return [
    {
      weight: 0.5,
      reason: {
        text: `${first.name}${more} belong${own.length > 1 ? '' : 's'} to ${first.owner!.name}, who runs this service among others; which one is not known from the name.`,
        evidence: first.event,
        source: 'list of owners of domains',
      },
    },
  ];
}

const nameOf = (uid: number, apps: ReadonlyMap<number, AppFact>) => apps.get(uid)?.name ?? `uid ${uid}`;

/** Who else spoke to the service’s hosts: apps that are no part of it, as far as the catalogue knows. */
export function otherSpeakers(service: string, facts: ExplainFacts, books: ExplainBooks): Weighed[] {
  const packages = new Set(books.catalogue.packagesOf(service).map((row) => row.package));
  const own = facts.hosts.filter((host) => host.service === service);
  const speakers = new Map<number, HostFact>();
  for (const host of own) for (const uid of host.uids) if (!speakers.has(uid)) speakers.set(uid, host);
  const belongs = (uid: number) => facts.apps.get(uid)?.packages.some((name) => packages.has(name)) === true;
  const strange = [...speakers.keys()].filter((uid) => uid >= 0 && !belongs(uid));
  const members = [...speakers.keys()].filter(belongs);
  const out: Weighed[] = [];
  const [member] = members;
  if (member !== undefined && facts.app === null) {
    const host = speakers.get(member)!;
    const text = `${members.map((uid) => nameOf(uid, facts.apps)).join(', ')}, with packages of this service, spoke to it.`;
    out.push({
      weight: 2,
      reason: { text, evidence: host.event, source: `catalogue of ${books.catalogue.source.date}` },
    });
  }
  const [first] = strange;
  if (first !== undefined) {
    const host = speakers.get(first)!;
    const names = strange.slice(0, 5).map((uid) => nameOf(uid, facts.apps));
    const rest = strange.length > 5 ? ` and ${strange.length - 5} more` : '';
    const text = `${names.join(', ')}${rest} spoke to hosts of this service, and no package of ${strange.length > 1 ? 'theirs' : 'its'} is known to belong to it: an app may carry software of the service in it, or act for another app.`;
    out.push({ weight: -1, reason: { text, evidence: host.event, source: null } });
  }
  return out;
}

/** Bytes of the app in captures that went elsewhere than to this service. */
export function unexplainedBytes(service: string, facts: ExplainFacts): Weighed[] {
  const { app, capturedBytes } = facts;
  // Of an event only its own host is known here; and of an app with very many hosts not all are.
  if (facts.subject.kind !== 'app' || facts.hostsCut) return [];
  if (!app || capturedBytes === null || capturedBytes === 0) return [];
  const explained = facts.hosts
    .filter((host) => host.service === service)
    .reduce((sum, host) => sum + (host.appBytes ?? 0), 0);
  const other = capturedBytes - explained;
  if (other <= 0) return [];
  const elsewhere = facts.hosts.find((host) => host.service !== service && (host.appBytes ?? 0) > 0);
  const text = `Captures hold ${capturedBytes} bytes of ${app.name}, both ways; ${other} of them went to peers that are not known to be of this service${elsewhere ? `, such as ${elsewhere.name}` : ''}.`;
  return [
    { weight: explained > 0 ? -0.5 : -1, reason: { text, evidence: elsewhere?.event ?? facts.appEvent, source: null } },
  ];
}
