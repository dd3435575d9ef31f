/** A uid as UserHandle.formatUid writes it: `1000`, `u0a103`, `u10s1000` (FORMATS 0.3). */
export function uidName(uid: number): string {
  if (uid < 10_000) return String(uid);
  const user = Math.floor(uid / 100_000);
  const app = uid % 100_000;
  return app < 10_000 ? `u${user}s${app}` : `u${user}a${app - 10_000}`;
}

/** A span of milliseconds as TimeUtils.formatDuration writes it: `+1h2m3s4ms` (FORMATS 0.4). */
export function durationText(ms: number): string {
  if (ms === 0) return '0';
  const left = Math.abs(ms);
  const days = Math.floor(left / 86_400_000);
  const hours = Math.floor(left / 3_600_000) % 24;
  const minutes = Math.floor(left / 60_000) % 60;
  const seconds = Math.floor(left / 1000) % 60;
  let text = ms < 0 ? '-' : '+';
  if (days > 0) text += `${days}d`;
  if (days > 0 || hours > 0) text += `${hours}h`;
  if (days > 0 || hours > 0 || minutes > 0) text += `${minutes}m`;
  if (days > 0 || hours > 0 || minutes > 0 || seconds > 0) text += `${seconds}s`;
  return `${text}${left % 1000}ms`;
}
