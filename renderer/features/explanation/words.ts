import type { AddressView, PlaceSaid } from '../../../shared/types/destination.ts';
import type { Candidate, LawView } from '../../../shared/types/explanation.ts';

export const confidenceWords: Readonly<Record<Candidate['confidence'], string>> = {
  high: 'much speaks for it',
  medium: 'some of it speaks for it',
  low: 'little speaks for it',
};

export const onWords: Readonly<Record<Candidate['on'], string>> = {
  on: 'switched on, as the phone says',
  off: 'switched off, as the phone says',
  'not known': 'whether it is switched on is not known',
};

export const placeKindWords: Readonly<Record<PlaceSaid['kind'], string>> = {
  'cloud region': 'the operator’s own list of its regions',
  'host name': 'the operator’s name for the server',
  location: 'a database of places',
  registration: 'where the range is registered, which is no place of a server',
};

export const becauseWords: Readonly<Record<LawView['because'], string>> = {
  place: 'the server stands there',
  operator: 'it can command who runs the network',
  owner: 'it can command who owns the host',
};

const scopes: Readonly<Record<Exclude<AddressView['scope'], 'public'>, string>> = {
  private: 'An address of an inner network: it has no place of its own.',
  link: 'An address of the phone’s own link: it goes no further.',
  loopback: 'The phone itself.',
  multicast: 'An address for many receivers of the phone’s own network.',
  reserved: 'An address that is set apart: it has no place.',
};

/** Why an address has no place; null for one of the public network. */
export function scopeSentence(scope: AddressView['scope']): string | null {
  return scope === 'public' ? null : scopes[scope];
}

/** `3 s`, `4 min`, `2 h`: how long after. */
export function afterText(seconds: number): string {
  if (seconds < 1) return 'less than a second';
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3600)} h`;
}

/** A basis that is nobody’s reading of a source. */
export function isGeneral(basis: string | null): boolean {
  return basis !== null && /general[- ]knowledge/i.test(basis);
}
