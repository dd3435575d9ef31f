import { Failure } from '../../../shared/base/failure.ts';
import type { Explanation } from '../../../shared/types/explanation.ts';
import { atStakeOf } from '../enrich/at-stake.ts';
import { candidatesOf, limitsOf } from '../enrich/explain/explain.ts';
import { lawsFor } from '../enrich/laws.ts';
import type { Lists } from '../enrich/lists.ts';
import type { SubjectKind } from '../model/explain-facts.ts';
import type { ReadCase } from '../ports/case-handle.ts';
import { addressList } from '../query/addresses.ts';
import { atStakeFacts } from '../query/at-stake.ts';
import type { Dictionary } from '../query/dictionary.ts';
import { explainFacts } from '../query/explain-facts.ts';
import { hostLabels } from '../query/host-labels.ts';

type Books = Pick<Lists, 'catalogue' | 'services' | 'permissions' | 'laws'>;

const states = (list: readonly (string | null | undefined)[]) => [
  ...new Set(list.filter((one): one is string => one !== null && one !== undefined)),
];

/**
 * What is known of an event, app, host, address or service beyond what was seen. `key` is an event’s id, an app’s package, uid or name, a
 * host, an address, or a service’s id. Rejects with `not-found` where the case or the catalogue does not know it.
 */
export async function explainCase(
  read: ReadCase,
  dictionary: Dictionary,
  lists: Books,
  subject: { readonly kind: SubjectKind; readonly key: string },
): Promise<Explanation> {
  const service = subject.kind === 'service' ? lists.catalogue.of(subject.key) : null;
  if (subject.kind === 'service' && !service) {
    throw new Failure('not-found', `The catalogue has no service “${subject.key}”.`, 'Name it as lists and labels do.');
  }
  const facts = await explainFacts(read, dictionary, subject);
  const { app } = facts;
  const atStake = app ? atStakeOf(await atStakeFacts(read, app.uid, app.packages), lists.permissions) : [];
  const books = { catalogue: lists.catalogue, packages: lists.services.packages };
  const candidates = candidatesOf(facts, books, atStake);
  const addresses = await addressList(read, facts.addresses);
  const labels = await hostLabels(
    read,
    facts.hosts.map((host) => host.name),
  );
  return {
    subject: service ? { ...facts.subject, name: service.name } : facts.subject,
    candidates,
    addresses,
    owner: labels.owner,
    tracker: labels.tracker,
    laws: lawsFor(lists.laws, {
      places: states(addresses.map((one) => one.place?.country)),
      operatorStates: states(addresses.map((one) => one.organisation?.state)),
      ownerStates: labels.ownerStates,
    }),
    atStake,
    limits: limitsOf(facts, candidates, atStake),
  };
}
