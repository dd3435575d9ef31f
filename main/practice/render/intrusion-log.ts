import { connectionsBetween } from '../world/connections.ts';
import { frontEvents } from '../world/front.ts';
import { hashOf } from '../world/random.ts';
import { HOUR_US, localText, MINUTE_US } from '../world/time.ts';
import type { World } from '../world/world.ts';
import { lookupsBetween } from './services/dnsresolver.ts';

type Line = Record<string, unknown>;

/** Ten minutes of every fourth hour: a whole day of a busy phone would be tens of megabytes. */
const hours = [1, 7, 9, 13, 17, 21];

function linesOf(world: World, fromUs: number, toUs: number): { readonly us: number; readonly line: Line }[] {
  const always = { ...world, bootUs: 0 };
  const nameOf = (uid: number): string => world.apps.find((app) => app.appId === uid % 100_000)?.package ?? 'android';
  const ms = (us: number): number => Math.floor(world.wallUs(us) / 1000);
  const lookups = lookupsBetween(always, fromUs, toUs).map(({ atUs, uid, host, ip }) => ({
    us: atUs,
    line: {
      dns_event: {
        event_time: ms(atUs),
        package_name: nameOf(uid),
        hostname: host,
        ip_addresses: [`/${ip}`],
        ip_addresses_count: 1,
      },
    },
  }));
  const connects = connectionsBetween(always, fromUs, toUs)
    .filter((one) => one.fromUs > fromUs && one.protocol === 'tcp')
    .map(({ fromUs: us, app, remote }) => ({
      us,
      line: {
        connect_event: {
          event_time: ms(us),
          package_name: app.package,
          port: remote.port,
          ip_address: `/${remote.ip}`,
        },
      },
    }));
  return [...lookups, ...connects];
}

/** The log of security events: their times are nanoseconds, those of the others milliseconds. */
function securityLines(world: World, fromUs: number, toUs: number): { readonly us: number; readonly line: Line }[] {
  return frontEvents(world, 0, fromUs)
    .filter((event) => event.atUs < toUs)
    .flatMap((event) => {
      const of = (body: Line): { us: number; line: Line }[] => [
        // Number would lose the last digits of nanoseconds; they are zeros here.
        { us: event.atUs, line: { security_event: { event_time: world.wallUs(event.atUs) * 1000, ...body } } },
      ];
      if (event.kind === 'unlocked')
        return [
          ...of({ keyguard_dismiss_auth_attempt: { success: true, method_strength: 1 } }),
          ...of({ keyguard_dismissed: {} }),
        ];
      if (event.kind === 'locked') return of({ keyguard_secured: {} });
      if (event.kind === 'startup')
        return of({ os_startup: { verified_boot_state: 'green', dm_verity_mode: 'enforcing' } });
      if (event.kind === 'shutdown') return of({ os_shutdown: {} });
      if (event.kind !== 'resumed') return [];
      const uid = world.apps.find((app) => app.package === event.package)?.appId ?? 0;
      const pid = 5000 + (hashOf(world.options.seed, 'pid', event.package) % 20_000);
      return of({
        app_process_start: {
          process: event.package,
          start_time: Math.floor(event.atUs / 1000),
          uid,
          pid,
          seinfo: 'default',
          apk_hash: '',
        },
      });
    });
}

/** The days of which there is a log, by their names. */
export function intrusionDayNames(world: World, days = 3): { readonly name: string; readonly endUs: number }[] {
  const { life } = world;
  const today = life.dayOf(world.polledUs);
  return Array.from({ length: days }, (_, index) => {
    const { startUs } = life.day(today - days + 1 + index);
    const name = `${localText(world.wallUs(startUs + 12 * HOUR_US), world.home.zone).slice(0, 10)}.txt`;
    return { name, endUs: Math.min(startUs + 24 * HOUR_US, world.polledUs) };
  });
}

/**
 * Android 16's intrusion log of the last days, by name: one JSON object a line, with a counter that all kinds share; now and then a
 * line stands twice. Sources: documentation of MVT, “Intrusion logs”, and its modules intrusion_logs/*.py.
 */
export function intrusionLogs(world: World, days = 3): Map<string, string> {
  const { life } = world;
  const today = life.dayOf(world.polledUs);
  const out = new Map<string, string>();
  let id = 0;
  for (const [index, { name, endUs }] of intrusionDayNames(world, days).entries()) {
    const { startUs } = life.day(today - days + 1 + index);
    const found = hours.flatMap((hour) => {
      const fromUs = startUs + hour * HOUR_US;
      const toUs = Math.min(fromUs + 10 * MINUTE_US, endUs);
      return toUs > fromUs ? linesOf(world, fromUs, toUs) : [];
    });
    found.push(...securityLines(world, startUs, endUs));
    found.sort((a, b) => a.us - b.us);
    const text = found.map(({ line }) => {
      const [[kind, body]] = Object.entries(line) as [[string, Line]];
      const written = JSON.stringify({ [kind]: { event_id: id, ...body } });
      id += 1;
      return id % 97 === 0 ? `${written}\n${written}\n` : `${written}\n`;
    });
    out.set(name, text.join(''));
  }
  return out;
}
