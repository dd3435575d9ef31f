import { type Entry, VPN_IN, VPN_OUT } from '../world/ledger.ts';
import { MOBILE, tunnel, VPN } from '../world/networks.ts';
import { hashOf } from '../world/random.ts';
import type { World } from '../world/world.ts';
import { bpfText } from './bpf-text.ts';
import { identText } from './ident.ts';
import { interfaceOf } from './interfaces.ts';
import { checkinText, currentFiles } from './netstats-checkin.ts';
import { pollsText } from './netstats-polls.ts';
import { type Recorder, type Series, seriesOf } from './series.ts';

const setNames: Readonly<Record<number, string>> = {
  [-1]: 'ALL',
  0: 'DEFAULT',
  1: 'FOREGROUND',
  [VPN_IN]: 'DBG_VPN_IN',
  [VPN_OUT]: 'DBG_VPN_OUT',
};

function seriesText(series: Series, long: boolean, lines: string[]): void {
  lines.push(
    `  ident=${series.key} uid=${series.uid} set=${setNames[series.set] ?? 'UNKNOWN'} tag=0x${series.tag.toString(16)}`,
  );
  lines.push(`    NetworkStatsHistory: bucketDuration=${series.bucketUs / (long ? 1000 : 1_000_000)}`);
  for (const b of series.buckets)
    lines.push(
      long
        ? `      bucketStart=${b.startUs / 1000} activeTime=${b.activeMs} rxBytes=${b.received} rxPackets=${b.receivedPackets} txBytes=${b.sent} txPackets=${b.sentPackets} operations=${b.operations}`
        : `      st=${b.startUs / 1_000_000} rb=${b.received} rp=${b.receivedPackets} tb=${b.sent} tp=${b.sentPackets} op=${b.operations}`,
    );
}

function table(world: World, title: string, recorder: Recorder, full: boolean, lines: string[]): void {
  const entries: readonly Entry[] = full ? world.entries : world.sinceBoot;
  lines.push(`${title}:`);
  const absent = recorder === 'dev' && world.sdk >= 33;
  lines.push(
    `  Pending bytes: ${absent ? '' : hashOf(world.options.seed, 'pending', recorder, Math.floor(world.polledUs / 1e6)) % 2_000_000}`,
  );
  lines.push(full ? '  Complete history:' : '  History since boot:');
  if (absent) return;
  const keyOf = (ident: Entry['ident']): string => identText(ident, world.sdk);
  for (const series of seriesOf({ recorder, entries, keyOf })) seriesText(series, world.sdk === 21, lines);
}

function active(world: World): string[] {
  const carrier = world.life.networkAt(world.polledUs);
  if (carrier === null) return [];
  const line = (type: number, ident: string): string => `  iface=${interfaceOf(type, world)} ident=${ident} `;
  const { book } = world.life;
  const lines = [line(carrier.type, identText(book.of(carrier), world.sdk))];
  if (world.vpnApp && world.life.vpnAt(world.polledUs))
    lines.push(line(VPN, identText(book.of(tunnel(carrier)), world.sdk)));
  return lines;
}

function head(world: World): string[] {
  const { sdk } = world;
  const lines: string[] = [];
  if (sdk >= 33) lines.push('Directory:', '  /data/misc/apexdata/com.android.tethering/netstats');
  if (sdk >= 31) {
    lines.push('Configs:', `  netstats_combine_subtype_enabled=${!world.byRadio} `);
    if (sdk >= 33)
      lines.push('  netstats_store_files_in_apexdata=true ', '  netstats_import_legacy_target_attempts=1 ');
    if (sdk >= 34) lines.push('  rate_limit_cache_expiry=10000 ', '  rate_limit_cache_max_entries=500 ');
  }
  lines.push('Active interfaces:', ...active(world), 'Active UID interfaces:', ...active(world));
  if (sdk >= 34) {
    lines.push('All wifi interfaces:', '  wlan0 ', 'All mobile interfaces:', `  ${interfaceOf(MOBILE, world)} `);
  }
  if (sdk >= 28 && sdk <= 30)
    lines.push('Top openSession callers (uid=count):', `  1000=${1 + (world.options.seed & 7)}`, '');
  if (sdk >= 31)
    lines.push(
      'Top openSession callers:',
      `  OpenSessionKey{callingUid=1000, callingPackage=android}=${2 + (world.options.seed & 15)}`,
      '',
    );
  if (sdk >= 34) lines.push(...pollsText(world));
  if (sdk >= 30) lines.push(...providers(world));
  if (sdk >= 33) lines.push('Stats Observers:', '  DataUsageRequest [ requestId=1, thresholdInBytes=2097152 ] ', '');
  return lines;
}

/** Counters of tethering hardware. What they held has long been booked under uid -5. */
function providers(world: World): string[] {
  const elapsed = Math.floor((world.polledUs - world.bootUs) / 1000);
  return [
    'Stats Providers:',
    '  TetherController Xt:',
    `    NetworkStats: elapsedRealtime=${Math.max(elapsed, 0)}`,
    '',
  ];
}

/**
 * `dumpsys netstats` with its arguments, as the Android of that world prints it (FORMATS 1.1 to 1.7). UTF-8 text with `\n`.
 */
export function netstatsText(world: World, args: readonly string[]): string {
  const has = (...names: string[]): boolean => names.some((name) => args.includes(name));
  if (has('--poll', 'poll')) return 'Forced poll\n';
  if (has('--checkin')) return world.sdk === 21 ? currentFiles(world) : checkinText(world, args);
  const full = has('--full', 'full');
  const uid = has('--uid', 'detail');
  const tag = has('--tag', 'detail');
  const lines = head(world);
  table(world, 'Dev stats', 'dev', full, lines);
  table(world, 'Xt stats', 'xt', full, lines);
  if (uid) table(world, 'UID stats', 'uid', full, lines);
  if (tag) table(world, 'UID tag stats', 'uid_tag', full, lines);
  if (world.sdk >= 34) lines.push(...bpfText(world));
  return `${lines.join('\n')}\n`;
}
