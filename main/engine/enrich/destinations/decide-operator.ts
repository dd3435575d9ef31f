import type { AddressStatement, Confidence, HostStatement, Sourced, StatementSource } from '../../model/enricher.ts';
import type { Lists } from '../lists.ts';
import type { Organisation } from '../organisations.ts';
import { daysApart } from './days-apart.ts';

/** Who runs the network that an address lies in. */
export interface Operator {
  readonly asn: number;
  /** As the network is announced: often the name of one company of a group. */
  readonly announced: string;
  /** The group behind it, where it is known. */
  readonly organisation: Organisation | null;
  readonly source: StatementSource;
}

type Books = Pick<Lists, 'organisations'>;

/**
 * The operator of an address's network by the table whose date is nearest to the contact (`atUs`, microseconds UTC; null: the newest), or
 * null where no network is known.
 */
export function operatorOf(
  said: readonly Sourced<AddressStatement>[],
  lists: Books,
  atUs: number | null,
): Operator | null {
  let best: Sourced<Extract<AddressStatement, { kind: 'network' }>> | null = null;
  for (const one of said) {
    if (one.kind !== 'network') continue;
    if (!best || daysApart(one.source, atUs) < daysApart(best.source, atUs)) best = one;
  }
  if (!best) return null;
  const { asn, name, source } = best;
  return { asn, announced: name, organisation: lists.organisations.ofNetwork(asn), source };
}

const ranks: Readonly<Record<Confidence, number>> = { high: 2, medium: 1, low: 0 };

/** Whose host a name is: the most confident statement, the first of equals. Null where no list knows. */
export function ownerOf(
  said: readonly Sourced<HostStatement>[],
  lists: Books,
):
  | (Pick<Organisation, 'id' | 'name' | 'group' | 'state'> & {
      readonly domain: string;
      readonly source: StatementSource;
    })
  | null {
  let best: Sourced<Extract<HostStatement, { kind: 'owner' }>> | null = null;
  for (const one of said)
    if (one.kind === 'owner' && (!best || ranks[one.confidence] > ranks[best.confidence])) best = one;
  const organisation = best && lists.organisations.of(best.organisation);
  if (!best || !organisation) return null;
  const { id, name, group, state } = organisation;
  return { id, name, group, state, domain: best.domain, source: best.source };
}
