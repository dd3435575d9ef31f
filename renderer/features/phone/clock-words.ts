/** `phone is 412.9 ms ahead (± 10.2 ms)` */
export function offsetText(offsetMs: number | null, errorMs: number | null): string | null {
  if (offsetMs === null) return null;
  const size = Math.abs(offsetMs);
  const far = size >= 10_000 ? `${(size / 1000).toFixed(1)} s` : `${size.toFixed(1)} ms`;
  const error = errorMs === null ? '' : ` (± ${errorMs.toFixed(1)} ms)`;
  return `the phone’s clock is ${far} ${offsetMs < 0 ? 'behind' : 'ahead of'} this computer’s${error}`;
}

/** How the two clocks moved against each other between the comparisons: `the phone’s clock gained 41.2 ms (± 12.0 ms)`. */
export function driftText(driftMs: number, errorMs: number | null): string {
  const error = errorMs === null ? '' : ` (± ${errorMs.toFixed(1)} ms)`;
  if (errorMs !== null && Math.abs(driftMs) <= errorMs) return `no change that can be told${error}`;
  return `the phone’s clock ${driftMs > 0 ? 'gained' : 'lost'} ${Math.abs(driftMs).toFixed(1)} ms${error}`;
}
