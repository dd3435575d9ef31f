import { parse } from 'tldts';

const options = { allowPrivateDomains: true };

/**
 * The part of a host's name that somebody registered, by the Public Suffix List with its private part: `a.b.co.uk` → `b.co.uk`. Null
 * for an address, a single label, a name that is itself a public suffix, and one whose ending is on no list (`printer.local`).
 */
export function domainOf(name: string): string | null {
  const { domain, isIcann, isPrivate } = parse(name, options);
  return isIcann || isPrivate ? domain : null;
}
