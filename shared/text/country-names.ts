const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' });

/** The English name of a country by its two letters; what is no such code stays as it is. */
export function countryName(code: string): string {
  try {
    return names.of(code) ?? code;
  } catch {
    return code;
  }
}
