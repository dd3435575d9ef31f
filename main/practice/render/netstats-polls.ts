import { hashOf } from '../world/random.ts';
import { localOf, MINUTE_US } from '../world/time.ts';
import type { World } from '../world/world.ts';

const reasons = [
  'DUMPSYS',
  'FORCE_UPDATE',
  'GLOBAL_ALERT',
  'NETWORK_STATUS_CHANGED',
  'OPEN_SESSION',
  'PERIODIC',
  'RAT_CHANGED',
  'REG_CALLBACK',
  'REMOVE_UIDS',
  'UPSTREAM_CHANGED',
] as const;

/** What Android 14 and later say of their polls, newest first; times are local, without a zone (FORMATS 0.5). */
export function pollsText(world: World): string[] {
  const count = (reason: string): number =>
    hashOf(world.options.seed, 'polls', reason) % (reason === 'PERIODIC' ? 300 : 60);
  const lines = ['Poll counts per reason:', ...reasons.map((reason) => `  ${reason}: ${count(reason)}`), ''];
  lines.push('Recent poll events:');
  let atUs = world.polledUs;
  for (let n = 0; n < 50 && atUs > world.bootUs; n++) {
    const dice = hashOf(world.options.seed, 'poll event', n);
    const reason = n % 3 === 0 ? 'PERIODIC' : reasons[dice % reasons.length]!;
    const t = localOf(world.wallUs(atUs), world.home.zone);
    const fraction = String(dice % 1_000_000).padStart(6, '0');
    const text = `${t.year}-${t.month}-${t.day}T${t.hour}:${t.minute}:${t.second}.${fraction}`;
    lines.push(`  ${text} - Poll(flags=${reason === 'PERIODIC' ? 3 : 2}, PollEvent{reason=${reason}})`);
    atUs -= (4 + (dice % 27)) * MINUTE_US;
  }
  lines.push('');
  return lines;
}
