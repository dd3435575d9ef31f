const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' });

/** Names that the data of browsers and of Node give differently: one program says one name, on screen and on paper. */
const fixed: Readonly<Record<string, string>> = {
  FK: 'Falkland Islands',
  HK: 'Hong Kong',
  MO: 'Macao',
  PS: 'Palestine',
};

/** The English name of a country by its two letters; what is no such code stays as it is. */
export function countryName(code: string): string {
  const own = fixed[code];
  if (own !== undefined) return own;
  try {
    return names.of(code) ?? code;
  } catch {
    return code;
  }
}
