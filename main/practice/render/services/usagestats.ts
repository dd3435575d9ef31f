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
function typeOf(kind: FrontEvent['kind'], sdk: number): string | null {
  if (sdk < 29 && kind === 'resumed') return 'MOVE_TO_FOREGROUND';
  if (sdk < 29 && kind === 'paused') return 'MOVE_TO_BACKGROUND';
  if (sdk < 28 && kind !== 'resumed' && kind !== 'paused') return null;
  if (sdk < 29 && (kind === 'startup' || kind === 'shutdown')) return null;
  return types[kind];
}

/** Times of usage records move with the clock when it is set (FORMATS 6.1): they stand in today's offset. */
const shown = (world: World, trueUs: number): number => Math.floor(trueUs / 1000) + world.skewMs;

function timeText(world: World, trueUs: number, compact: boolean): string {
  if (compact) return `time=${shown(world, trueUs)}`;
  const local = localText(shown(world, trueUs) * 1000, world.home.zone);
  // Until Android 6 the form of the owner's language, to the minute; written here in the English one.
  return `time="${world.sdk >= 24 ? local : local.slice(0, 16)}"`;
}

function eventLine(world: World, event: FrontEvent, compact: boolean): string | null {
  const type = typeOf(event.kind, world.sdk);
  if (type === null) return null;
  const flags = world.sdk >= 28 ? ' flags=0x0 ' : ' ';
  const when = `    ${timeText(world, event.atUs, compact)} type=${type}`;
  if (!('package' in event)) return `${when} package=android${flags}`;
  const app = world.apps.find((one) => one.package === event.package);
  const main = `${event.package}.${app?.system ? 'Main' : 'ui.Launch'}Activity`;
  const instance = hashOf(world.options.seed, 'instance', event.package) % 268_435_456;
  const task = world.sdk >= 29 ? ` instanceId=${instance} taskRootPackage=${event.package} taskRootClass=${main}` : '';
  return `${when} package=${event.package} class=${main}${task}${flags}`;
}

function span(world: World, fromUs: number, toUs: number, compact: boolean): string {
  if (compact) return `beginTime=${shown(world, fromUs)} endTime=${shown(world, toUs)} `;
  return `timeRange="${localText(shown(world, fromUs) * 1000, world.home.zone)} – ${localText(shown(world, toUs) * 1000, world.home.zone)}" `;
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

/** How often and how long each app was in front in that span. */
function packages(world: World, user: number, fromUs: number, toUs: number, compact: boolean): string[] {
  const sums = new Map<string, { usedMs: number; last: number; times: number }>();
  for (const one of world.sessions) {
    if (one.user !== user || one.fromUs < fromUs || one.fromUs >= toUs) continue;
    const sum = sums.get(one.package) ?? { usedMs: 0, last: 0, times: 0 };
    sum.usedMs += Math.floor((one.toUs - one.fromUs) / 1000);
    sum.last = shown(world, one.toUs);
    sum.times += 1;
    sums.set(one.package, sum);
  }
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
  const firstUs = Math.max(world.historyFromUs, world.nowUs - 10 * DAY_US);
  for (let fromUs = firstUs; fromUs < world.polledUs; fromUs += DAY_US) {
    const toUs = Math.min(fromUs + DAY_US, world.polledUs);
    out.push(`  stats ${shown(world, fromUs)} daily`, `  ${span(world, fromUs, toUs, true)}`);
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
