import { frontEvents } from '../world/front.ts';
import { counts } from '../world/ledger.ts';
import { hashOf } from '../world/random.ts';
import { HOUR_US, localText, MINUTE_US } from '../world/time.ts';
import type { World } from '../world/world.ts';

interface LogLine {
  readonly atUs: number;
  readonly buffer: 'main' | 'system' | 'events';
  readonly uid: number;
  readonly pid: number;
  readonly level: 'I' | 'D' | 'W';
  readonly tag: string;
  readonly text: string;
}

/** The log reaches back some hours: a ring that newer lines push older ones out of. */
const reachUs = 6 * HOUR_US;

/** What the device had carried until then since it started, as the samples of netstats in the event log say it (FORMATS 7). */
function sampled(world: World, untilUs: number): number[] {
  const sum = [0, 0, 0, 0];
  for (const entry of world.sinceBoot) {
    if (!counts(entry) || entry.trueUs > untilUs) continue;
    sum[0]! += entry.received;
    sum[1]! += entry.receivedPackets;
    sum[2]! += entry.sent;
    sum[3]! += entry.sentPackets;
  }
  return sum;
}

function log(world: World): LogLine[] {
  const fromUs = Math.max(world.bootUs, world.nowUs - reachUs);
  const system = { uid: 1000, pid: 1234, level: 'I' } as const;
  const lines: LogLine[] = [
    { ...system, atUs: fromUs, buffer: 'main', tag: 'boot', text: 'practice phone' },
    ...frontEvents(world, 0, fromUs).flatMap((event): LogLine[] => {
      const at = { ...system, atUs: event.atUs, buffer: 'events' } as const;
      if (event.kind === 'screen on') return [{ ...at, tag: 'power_screen_state', text: '[1,0,0,0]' }];
      if (event.kind === 'screen off') return [{ ...at, tag: 'power_screen_state', text: '[0,2,0,0]' }];
      if (event.kind !== 'resumed') return [];
      const app = world.apps.find((one) => one.package === event.package);
      const pid = 5000 + (hashOf(world.options.seed, 'pid', event.package) % 20_000);
      const text = `[0,${pid},${app?.appId ?? 0},${event.package},activity,${event.package}/.Main]`;
      return [{ ...at, tag: 'am_proc_start', text }];
    }),
  ];
  for (let atUs = world.polledUs; atUs > fromUs; atUs -= 30 * MINUTE_US) {
    const xt = sampled(world, atUs);
    const trusted = Math.floor(atUs / 1000);
    const values =
      world.sdk >= 34
        ? [xt[0], xt[2], xt[1], xt[3], xt[0], xt[2], xt[1], xt[3], trusted]
        : [...xt, ...xt, ...xt, trusted];
    const tag = world.life.networkAt(atUs)?.ssid ? 'netstats_wifi_sample' : 'netstats_mobile_sample';
    lines.push({ ...system, atUs, buffer: 'events', tag, text: `[${values.join(',')}]` });
    lines.push({
      ...system,
      atUs: atUs - 800_000,
      buffer: 'main',
      level: 'D',
      tag: 'ConnectivityService',
      text: 'practice: network is validated',
    });
  }
  return lines.sort((a, b) => a.atUs - b.atUs || (a.text < b.text ? -1 : 1));
}

/** Names that logcat writes in place of short uids. */
const uidNames: Readonly<Record<number, string>> = { 0: 'root', 1001: 'radio', 1010: 'wifi', 2000: 'shell' };

function lineText(world: World, line: LogLine, forms: ReadonlySet<string>): string {
  const wallUs = world.wallUs(line.atUs);
  const fraction = forms.has('usec')
    ? String(wallUs % 1_000_000).padStart(6, '0')
    : String(Math.floor((wallUs % 1_000_000) / 1000)).padStart(3, '0');
  const when = forms.has('epoch')
    ? `${String(Math.floor(wallUs / 1_000_000)).padStart(19)}.${fraction}`
    : `${localText(wallUs, world.home.zone).slice(5)}.${fraction}`;
  const uid = forms.has('uid') ? ` ${(uidNames[line.uid] ?? String(line.uid)).padStart(5)}` : '';
  const pid = String(line.pid).padStart(5);
  return `${when}${uid} ${pid} ${pid} ${line.level} ${line.tag.padEnd(8)}: ${line.text}`;
}

/** Forms that a `-v` may name, with the SDK that brought them. */
const known: Readonly<Record<string, number>> = {
  threadtime: 21,
  brief: 21,
  usec: 23,
  printable: 23,
  year: 24,
  zone: 24,
  UTC: 24,
  epoch: 24,
  uid: 24,
  descriptive: 26,
};

/** `logcat -d` with its forms and buffers; `wrong` is what logcat says to what it does not know. */
export function logcatText(
  world: World,
  args: readonly string[],
): { readonly text: string } | { readonly wrong: string } {
  const forms = new Set<string>();
  const buffers = new Set<string>();
  let divides = false;
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at]!;
    if (arg === '-v') {
      const form = args[++at] ?? '';
      if ((known[form] ?? 99) > world.sdk) return { wrong: `Invalid parameter "${form}" to -v\n` };
      forms.add(form);
    } else if (arg === '-b') {
      const buffer = args[++at] ?? '';
      if (buffer === 'all' && world.sdk < 23) return { wrong: `Unable to open log device '/dev/log/all'\n` };
      buffers.add(buffer);
    } else if (arg === '-D' && world.sdk >= 24) divides = true;
    else if (arg !== '-d') return { wrong: `logcat: invalid option -- '${arg.replace(/^-+/, '')}'\n` };
  }
  const asked = (buffer: string): boolean =>
    buffers.has('all') || buffers.has(buffer) || (buffers.size === 0 && buffer !== 'events');
  const out: string[] = [];
  const begun = new Set<string>();
  let last: string | null = null;
  for (const line of log(world)) {
    if (!asked(line.buffer)) continue;
    if (!begun.has(line.buffer)) out.push(`--------- beginning of ${line.buffer}`);
    else if (divides && last !== line.buffer) out.push(`--------- switch to ${line.buffer}`);
    begun.add(line.buffer);
    last = line.buffer;
    out.push(lineText(world, line, forms));
  }
  return { text: `${out.join('\n')}\n` };
}
