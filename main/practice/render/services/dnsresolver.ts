import { addressOn, connectionsBetween } from '../../world/connections.ts';
import { hashOf } from '../../world/random.ts';
import { localOf, MINUTE_US } from '../../world/time.ts';
import type { World } from '../../world/world.ts';

/** The number by which the phone knows its network of that hour. */
export function netIdAt(world: World, atUs: number): number {
  return 100 + (hashOf(world.options.seed, 'net id', Math.floor(atUs / 3_600_000_000)) % 50);
}

/** One look-up of a name that the phone had not in memory. */
export interface Lookup {
  readonly atUs: number;
  readonly uid: number;
  readonly host: string;
  readonly ip: string;
  readonly tookMs: number;
}

const rememberedUs = 5 * MINUTE_US;

/** Look-ups of that span, in order: before a connection, where the name was not asked for in the five minutes before. */
export function lookupsBetween(world: World, fromUs: number, toUs: number): Lookup[] {
  const begun = connectionsBetween(world, fromUs - rememberedUs, toUs)
    .filter((one) => one.fromUs > fromUs - rememberedUs && one.fromUs <= toUs)
    .sort((a, b) => a.fromUs - b.fromUs || (a.key < b.key ? -1 : 1));
  const known = new Map<string, number>();
  return begun.flatMap(({ uid, host, remote, key, fromUs: atUs }) => {
    const name = `${host} ${remote.ip.includes(':')}`;
    if (atUs - (known.get(name) ?? Number.NEGATIVE_INFINITY) < rememberedUs) return [];
    known.set(name, atUs);
    const tookMs = 4 + (hashOf(world.options.seed, 'lookup', key) % 90);
    const whenUs = atUs - 3000;
    return whenUs > fromUs ? [{ atUs: whenUs, uid, host, ip: remote.ip, tookMs }] : [];
  });
}

const masked = (ip: string): string => ip.replace(/([.:]).*$/, '$1***');

function timeText(world: World, us: number): string {
  const wallUs = world.wallUs(us);
  const t = localOf(wallUs, world.home.zone);
  return `${t.hour}:${t.minute}:${t.second}.${String(Math.floor(wallUs / 1000) % 1000).padStart(3, '0')}`;
}

/** The log of look-ups: 200 of them at most; up to Android 13 those of the last hour (FORMATS 2). */
function queryLog(world: World, nowUs: number): string {
  const reachUs = world.sdk >= 34 ? 6 * 60 * MINUTE_US : 60 * MINUTE_US;
  const lines = lookupsBetween(world, Math.max(nowUs - reachUs, world.bootUs), nowUs)
    .slice(-200)
    .map(({ atUs, uid, host, ip, tookMs }) => {
      const pid = 5000 + (hashOf(world.options.seed, 'pid of', uid) % 20_000);
      return `  time=${timeText(world, atUs)} netId=${netIdAt(world, atUs)} uid=${uid} pid=${pid} hostname=${host[0]}*** answer=[${masked(ip)}] (${tookMs}ms)`;
    });
  const title = world.sdk >= 34 ? 'DNS query log:' : 'DNS query log (last 60 minutes):';
  return `${[title, ...lines].join('\n')}\n`;
}

/** `dumpsys dnsresolver` and `dumpsys dnsresolver querylog`, which only root may ask (FORMATS 2). */
export function dnsresolverText(world: World, args: readonly string[], nowUs: number): string {
  if (args.length === 1 && args[0] === 'querylog' && world.sdk >= 30) return queryLog(world, nowUs);
  const network = world.life.networkAt(nowUs);
  if (network === null) return 'NetId: 0\n';
  const net = addressOn(world.options.seed, network).split('.').slice(0, 3).join('.');
  const asked = lookupsBetween(world, nowUs - 30 * MINUTE_US, nowUs).length;
  const lines = [
    `NetId: ${netIdAt(world, nowUs)}`,
    '  DnsEvent subsampling map: default:8 0:400 2:110 7:110',
    '  DNS servers: # IP (total, successes, errors, timeouts, internal errors, RTT avg, last sample)',
    `    ${net}.1 (${asked}, ${asked}, 0, 0, 0, 21ms, 3s)`,
    '  No search domains defined',
    '  DNS parameters: sample validity = 1800s, success threshold = 25%, samples (min, max) = (8, 8), base_timeout = 5000msec, retry count = 2times',
    '  DNS64 config: none',
    '  Private DNS mode: OPPORTUNISTIC',
    '  Private DNS configuration (0 entries)',
    '  Concurrent DNS query timeout: 0',
    '  Server statistics: (total, RTT avg, {rcode:counts}, last update)',
    '    over UDP',
    `      ${net}.1:53 (${asked}, 21ms, [NOERROR:${asked} ], 3s) score{21.0}`,
    '    over TLS',
    '      <no server>',
    '    over TCP',
    '      <no server>',
    '  TC mode: default',
    `  TransportType: ${network.ssid === null ? 'CELLULAR' : 'WIFI'}`,
    ...(world.sdk >= 33 ? [`  Metered: ${network.metered}`] : []),
    '',
    'PrivateDnsLog:',
    '',
    'Experiments list:',
    '',
  ];
  return lines.join('\n');
}
