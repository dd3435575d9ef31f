import type { AtStake, Candidate } from '../../../../shared/types/explanation.ts';
import type { ExplainFacts } from '../../model/explain-facts.ts';
import type { ExplainBooks, Weighed } from './books.ts';
import { decidesOf, doesNotProveOf } from './decides.ts';
import { endpointReasons, otherSpeakers, ownerReasons, unexplainedBytes } from './host-reasons.ts';
import { packageReasons, packageRows, permissionReasons } from './package-reasons.ts';
import { readSigns, stateBefore } from './signs.ts';

/** A state of the phone weighs less than a host or a package: it says that a service could, not that it did. */
const ON_WEIGHS = 1;
const OFF_WEIGHS = -2;
const day = 86_400_000_000;

const confidenceOf = (score: number): Candidate['confidence'] => (score >= 6 ? 'high' : score >= 3 ? 'medium' : 'low');

/** Whether the state that was read is of a time that says something of the subject. */
function timely(facts: ExplainFacts): boolean {
  const { accounts, packages, settings, sockets, syncs } = facts.state;
  const all = [accounts.asked, packages.asked, sockets.asked, syncs.asked, ...Object.values(settings.asked)];
  const times = all.flatMap((one) => (one ? [Date.parse(one.at) * 1000] : []));
  return facts.atUs === null || times.some((at) => Math.abs(at - facts.atUs!) < day);
}

function candidateOf(
  id: string,
  facts: ExplainFacts,
  books: ExplainBooks,
  atStake: readonly AtStake[],
): { candidate: Candidate; score: number } | null {
  const service = books.catalogue.of(id);
  if (!service) return null;
  const endpoints = endpointReasons(id, facts, books);
  // Several hosts of one service are not more of a reason than the best of them.
  const best = endpoints.reduce<Weighed | null>((a, b) => (a && a.weight >= b.weight ? a : b), null);
  const weighed: Weighed[] = [
    ...endpoints.map((one) => (one === best ? one : { ...one, weight: 0 })),
    ...packageReasons(id, facts, books),
    ...ownerReasons(id, facts, books),
    ...permissionReasons(id, facts, books, atStake),
    ...otherSpeakers(id, facts, books),
    ...unexplainedBytes(id, facts),
  ];
  const signs = readSigns(books.catalogue.signsOf(id), facts, books);
  const before = stateBefore(books.catalogue.signsOf(id), facts, books, signs.on);
  const state = signs.on === 'on' ? ON_WEIGHS : signs.on === 'off' && timely(facts) ? OFF_WEIGHS : 0;
  const known = { service, on: signs.on, unread: signs.unread, hostSeen: endpoints.length > 0 };
  const score = weighed.reduce((sum, one) => sum + one.weight, state);
  return {
    score,
    candidate: {
      service,
      confidence: confidenceOf(score),
      on: signs.on,
      for: [...weighed.filter((one) => one.weight >= 0).map((one) => one.reason), ...signs.for, ...before.for],
      against: [
        ...weighed.filter((one) => one.weight < 0).map((one) => one.reason),
        ...signs.against,
        ...before.against,
      ],
      decides: decidesOf(known, facts),
      doesNotProve: doesNotProveOf(known, facts),
    },
  };
}

/**
 * The known services that may explain a subject, those for which most speaks first; with the same, by the name of their ids. Pure: the
 * same facts and lists give the same answer. Nothing known of it: an empty list.
 */
export function candidatesOf(facts: ExplainFacts, books: ExplainBooks, atStake: readonly AtStake[] = []): Candidate[] {
  const ids = new Set<string>();
  if (facts.subject.kind === 'service') ids.add(facts.subject.key);
  else {
    for (const host of facts.hosts) if (host.service !== null) ids.add(host.service);
    for (const row of packageRows(facts, books)) ids.add(row.service);
  }
  return [...ids]
    .flatMap((id) => candidateOf(id, facts, books, atStake) ?? [])
    .sort((a, b) => b.score - a.score || (a.candidate.service.id < b.candidate.service.id ? -1 : 1))
    .map((one) => one.candidate);
}

/** What all of an explanation does not prove, and what is lacking in it; one sentence each. */
export function limitsOf(facts: ExplainFacts, candidates: readonly Candidate[], atStake: readonly AtStake[]): string[] {
  const out: string[] = [];
  if (candidates.length === 0) {
    out.push(
      'No service in the catalogue explains this. That is no sign of anything: the catalogue knows few of all services, and most apps have servers of their own.',
    );
  } else {
    out.push(
      'A service is an explanation from lists with their dates, and no observation. That one fits does not rule out another that the lists do not know.',
    );
  }
  if (facts.hosts.length === 0) {
    out.push(
      facts.addresses.length > 0
        ? 'Only an address was seen with it, and no name of a host.'
        : 'No host was seen with it: the phone’s own history says how much an app sent, and not to whom.',
    );
  }
  if (atStake.some((row) => row.followedBy)) {
    out.push(
      'That a transmission followed a use within ten minutes is a sequence, and no cause. Intervals of the history are up to two hours wide: of one that was under way at the use, a part may have been sent before it.',
    );
  }
  if (atStake.length > 0) {
    out.push(
      'The phone notes only the last use of a permission, by its own clock, and neither what was read nor whether it was sent.',
    );
  }
  return out;
}
