import { type FrontEvent, frontEvents } from '../../world/front.ts';
import { hashOf } from '../../world/random.ts';
import { DAY_US, localText, MINUTE_US } from '../../world/time.ts';
import type { World } from '../../world/world.ts';

const types: Readonly<Record<FrontEvent['kind'], string>> = {
  resumed: 'ACTIVITY_RESUMED',
  paused: 'ACTIVITY_PAUSED',
  'screen on': 'SCREEN_INTERACTIVE',
  'screen off': 'SCREEN_NON_INTERACTIVE',
  unlocked: 'KEYGUARD_HIDDEN',
  locked: 'KEYGUARD_SHOWN',
  startup: 'DEVICE_STARTUP',
  shutdown: 'DEVICE_SHUTDOWN',
};

/** Before Android 10 the two of an app had other names, and before 9 the screen was not recorded. */
export function usageTypeOf(kind: FrontEvent['kind'], sdk: number): string | null {
  if (sdk < 29 && kind === 'resumed') return 'MOVE_TO_FOREGROUND';
  if (sdk < 29 && kind === 'paused') return 'MOVE_TO_BACKGROUND';
  if (sdk < 28 && kind !== 'resumed' && kind !== 'paused') return null;
  if (sdk < 29 && (kind === 'startup' || kind === 'shutdown')) return null;
  return types[kind];
}

/** Times of usage records move with the clock when it is set (FORMATS 6.1): they stand in today's offset. */
export const shownMs = (world: World, trueUs: number): number => Math.floor(trueUs / 1000) + world.skewMs;

function timeText(world: World, trueUs: number, compact: boolean): string {
  if (compact) return `time=${shownMs(world, trueUs)}`;
  const local = localText(shownMs(world, trueUs) * 1000, world.home.zone);
  // Until Android 6 the form of the owner's language, to the minute; written here in the English one.
  return `time="${world.sdk >= 24 ? local : local.slice(0, 16)}"`;
}

/** The class that stands for an app's screen. */
export function screenClass(world: World, name: string): string {
  return `${name}.${world.apps.find((one) => one.package === name)?.system ? 'Main' : 'ui.Launch'}Activity`;
}

/** The number by which the system knows a screen that is open. */
export function instanceOf(world: World, name: string): number {
  return hashOf(world.options.seed, 'instance', name) % 268_435_456;
}

function eventLine(world: World, event: FrontEvent, compact: boolean): string | null {
  const type = usageTypeOf(event.kind, world.sdk);
  if (type === null) return null;
  const flags = world.sdk >= 28 ? ' flags=0x0 ' : ' ';
  const when = `    ${timeText(world, event.atUs, compact)} type=${type}`;
  if (!('package' in event)) return `${when} package=android${flags}`;
  const main = screenClass(world, event.package);
  const instance = instanceOf(world, event.package);
  const task = world.sdk >= 29 ? ` instanceId=${instance} taskRootPackage=${event.package} taskRootClass=${main}` : '';
  return `${when} package=${event.package} class=${main}${task}${flags}`;
}

function span(world: World, fromUs: number, toUs: number, compact: boolean): string {
  if (compact) return `beginTime=${shownMs(world, fromUs)} endTime=${shownMs(world, toUs)} `;
  return `timeRange="${localText(shownMs(world, fromUs) * 1000, world.home.zone)} – ${localText(shownMs(world, toUs) * 1000, world.home.zone)}" `;
}

function lines(world: World, user: number, fromUs: number, toUs: number, compact: boolean): string[] {
  return frontEvents(world, user, fromUs)
    .filter((event) => event.atUs < toUs)
    .map((event) => eventLine(world, event, compact))
    .filter((line) => line !== null);
}

const clockText = (ms: number): string => {
  const two = (n: number): string => String(n).padStart(2, '0');
  const seconds = Math.floor(ms / 1000);
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return `"${hours > 0 ? `${hours}:` : ''}${rest}"`;
};

export interface Usage {
  usedMs: number;
  /** When it last was in front, as the records show it; milliseconds. */
  last: number;
  times: number;
}

/** How often and how long each app was in front in that span, by package. */
export function usageOf(world: World, user: number, fromUs: number, toUs: number): Map<string, Usage> {
  const sums = new Map<string, Usage>();
  for (const one of world.sessions) {
    if (one.user !== user || one.fromUs < fromUs || one.fromUs >= toUs) continue;
    const sum = sums.get(one.package) ?? { usedMs: 0, last: 0, times: 0 };
    sum.usedMs += Math.floor((one.toUs - one.fromUs) / 1000);
    sum.last = shownMs(world, one.toUs);
    sum.times += 1;
    sums.set(one.package, sum);
  }
  return sums;
}

/** The days of which there are files: those of the last ten (seven before Android 7), each from its first minute by local time. */
export function usageDays(world: World): { readonly fromUs: number; readonly toUs: number }[] {
  const { life } = world;
  const reach = world.sdk < 24 ? 7 : 10;
  const out: { fromUs: number; toUs: number }[] = [];
  for (let day = life.dayOf(world.nowUs) - reach + 1; day <= life.dayOf(world.polledUs); day += 1) {
    const { startUs } = life.day(day);
    const fromUs = Math.max(startUs, world.historyFromUs);
    const toUs = Math.min(startUs + DAY_US, world.polledUs);
    if (toUs > fromUs) out.push({ fromUs, toUs });
  }
  return out;
}

function packages(world: World, user: number, fromUs: number, toUs: number, compact: boolean): string[] {
  const sums = usageOf(world, user, fromUs, toUs);
  return [...sums].map(([name, { usedMs, last, times }]) => {
    const used = compact ? String(usedMs) : clockText(usedMs);
    const when = compact ? String(last) : `"${localText(last * 1000, world.home.zone)}"`;
    if (world.sdk < 24) return `      package=${name} totalTime=${used} lastTime=${when} `;
    return `      package=${name} totalTimeUsed=${used} lastTimeUsed=${when} totalTimeVisible=${used} lastTimeVisible=${when} totalTimeFS=${compact ? 0 : clockText(0)} appLaunchCount=${times} `;
  });
}

/** The day files of one user, with every event (Android 11 and later). */
function dayFiles(world: World, user: number): string {
  const known = world.users.find((one) => one.id === user);
  if (!known) return `the specified user id doesn't exist.\n`;
  const out = [`user=${user}`];
  // Its files are locked until the user is.
  if (!known.running) return `${out[0]}\n`;
  for (const { fromUs, toUs } of usageDays(world)) {
    out.push(`  stats ${shownMs(world, fromUs)} daily`, `  ${span(world, fromUs, toUs, true)}`);
    out.push(
      '    packages',
      ...packages(world, user, fromUs, toUs, true),
      '    events',
      ...lines(world, user, fromUs, toUs, true),
    );
  }
  return `${out.join('\n')}\n`;
}

/** `dumpsys usagestats`, `-c` and `file USER daily` (FORMATS 6.1). Users that are not running have nothing to say. */
export function usageText(world: World, args: readonly string[]): string {
  const compact = args.includes('-c') && world.sdk >= 26;
  if (args[0] === 'file' && world.sdk >= 30) return dayFiles(world, Number(args[1] ?? 0));
  const toUs = world.polledUs;
  const fromUs = world.nowUs - DAY_US;
  const out: string[] = [];
  for (const user of world.users) {
    out.push(`user=${user.id} `);
    if (!user.running) continue;
    const events = lines(world, user.id, fromUs, toUs, compact);
    if (world.sdk >= 24) out.push(`  Last 24 hour events (${span(world, fromUs, world.nowUs, compact)})`, ...events);
    out.push('  In-memory daily stats', `  ${span(world, Math.min(fromUs + MINUTE_US, toUs), toUs, compact)}`);
    out.push('    packages', ...packages(world, user.id, fromUs, toUs, compact));
    if (world.sdk < 24) out.push('    events', ...events);
  }
  return `${out.join('\n')}\n`;
}
