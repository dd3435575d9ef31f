/** The query of a place in the window's address: what a copied address brings back. */
export type ViewAddress = Readonly<Record<string, string>>;

export const places = ['cases', 'phone', 'timeline', 'destinations', 'apps', 'findings', 'evidence', 'report'] as const;
export type PlaceName = (typeof places)[number];

/** Where the window stands: `#/phone`, `#/case/<id>/timeline?from=…&to=…`. */
export interface Address {
  readonly caseId: string | null;
  readonly place: PlaceName;
  readonly view: ViewAddress;
}

export const home: Address = { caseId: null, place: 'cases', view: {} };

function isPlace(text: string | undefined): text is PlaceName {
  return places.some((place) => place === text);
}

/** Reads an address; what cannot be understood leads to the list of cases. */
export function parseAddress(hash: string): Address {
  const [path = '', query = ''] = splitOnce(hash.replace(/^#/, ''), '?');
  const parts = path.split('/').filter((part) => part !== '');
  // Without a prototype: a key named __proto__ is a key like any other.
  const view: Record<string, string> = Object.create(null);
  for (const [key, value] of new URLSearchParams(query)) view[key] = value;
  if (parts[0] === 'case' && parts[1] !== undefined) {
    const place = parts[2];
    return { caseId: decode(parts[1]), place: isPlace(place) ? place : 'timeline', view };
  }
  return isPlace(parts[0]) ? { caseId: null, place: parts[0], view } : home;
}

/** Writes an address, without the leading `#`. Empty values are left out. */
export function formatAddress(address: Address): string {
  const path =
    address.caseId === null ? `/${address.place}` : `/case/${encodeURIComponent(address.caseId)}/${address.place}`;
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(address.view)) if (value !== '') query.set(key, value);
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}

function splitOnce(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
