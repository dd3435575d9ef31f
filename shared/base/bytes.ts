const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** Bytes for people, decimal units, three significant digits: `0 B`, `812 B`, `1.24 MB`. */
export function humanBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
  return `${value.toFixed(digits)} ${units[unit]}`;
}
