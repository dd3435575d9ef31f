/** A longer mask says nothing more and fits no column. */
const MOST_HIDDEN = 12;

/** The value with its middle hidden: enough to be known again by who has it. */
export function masked(value: string): string {
  if (value.length <= 4) return '*'.repeat(value.length);
  const shown = Math.min(3, Math.floor(value.length / 4));
  return `${value.slice(0, shown)}${'*'.repeat(Math.min(MOST_HIDDEN, value.length - 2 * shown))}${value.slice(-shown)}`;
}

const encoded: Readonly<Record<string, string>> = { '@': '(?:@|%40)', ':': '(?::|%3a)', '+': '(?:\\+|%2b)' };
const pattern = (value: string) =>
  [...value].map((sign) => encoded[sign] ?? sign.replace(/[.*?^${}()|[\]\\/-]/, '\\$&')).join('');

/** A text in which each of the values is masked wherever it stands, written out or as an address of the web writes it. */
export function maskedIn(text: string, values: readonly string[]): string {
  let out = text;
  // The longest first: one may stand inside another.
  for (const value of [...values].filter(Boolean).sort((a, b) => b.length - a.length)) {
    out = out.replace(new RegExp(pattern(value), 'gi'), () => masked(value));
  }
  return out;
}
