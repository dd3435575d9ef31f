import { getDomain } from 'tldts';

/**
 * The part of a host's name that somebody registered, by the Public Suffix List with its private part: `a.b.co.uk` → `b.co.uk`. Null
 * for an address, a single label, or a name that is itself a public suffix.
 */
export function domainOf(name: string): string | null {
  return getDomain(name, { allowPrivateDomains: true });
}
