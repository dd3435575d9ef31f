/** `phone is 412.9 ms ahead (± 10.2 ms)` */
export function offsetText(offsetMs: number | null, errorMs: number | null): string | null {
  if (offsetMs === null) return null;
  const size = Math.abs(offsetMs);
  const far = size >= 10_000 ? `${(size / 1000).toFixed(1)} s` : `${size.toFixed(1)} ms`;
  const error = errorMs === null ? '' : ` (± ${errorMs.toFixed(1)} ms)`;
  return `the phone’s clock is ${far} ${offsetMs < 0 ? 'behind' : 'ahead of'} this computer’s${error}`;
}
