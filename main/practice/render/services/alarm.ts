import { hashOf } from '../../world/random.ts';
import { localText } from '../../world/time.ts';
import type { World } from '../../world/world.ts';
import { durationText, uidName } from '../uid-name.ts';

const wallText = (world: World, trueUs: number): string => {
  const wallUs = world.wallUs(trueUs);
  return `${localText(wallUs, world.home.zone)}.${String(Math.floor(wallUs / 1000) % 1000).padStart(3, '0')}`;
};

/** `dumpsys alarm` (FORMATS 6.4): both clocks of one moment, when the wall clock was last set, who woke the phone how often. */
export function alarmText(world: World, atUs: number): string {
  const wallMs = (us: number): number => Math.floor(world.wallUs(us) / 1000);
  const setUs =
    world.clockSet !== null && world.clockSet.atUs > world.bootUs
      ? world.clockSet.atUs
      : Math.min(world.bootUs + 9_366_000, atUs);
  const elapsed = (us: number): number => Math.floor((us - world.bootUs) / 1000);
  const woken = world.apps.filter(
    (app) => app.appId >= 10_000 && hashOf(world.options.seed, 'alarm', app.package) % 3 === 0,
  );
  const out = [
    'Current Alarm Manager state:',
    ...(world.sdk >= 23
      ? ['  Settings:', '    min_futurity=+5s0ms', '    min_interval=+1m0s0ms', '    max_interval=+365d0h0m0s0ms', '']
      : []),
    world.sdk >= 24
      ? `  nowRTC=${wallMs(atUs)}=${wallText(world, atUs)} nowELAPSED=${elapsed(atUs)}`
      : `nowRTC=${wallMs(atUs)}=${wallText(world, atUs)} nowELAPSED=${durationText(elapsed(atUs))}`,
    `  mLastTimeChangeClockTime=${wallMs(setUs)}=${wallText(world, setUs)}`,
    `  mLastTimeChangeRealtime=${elapsed(setUs)}`,
    ...(world.sdk >= 26 ? [`  RuntimeStarted=${wallText(world, world.bootUs)}`] : []),
    `  Num time change events: ${world.clockSet === null ? 1 : 2}`,
    '',
    '  Alarm Stats:',
    ...woken.map((app) => {
      const times = 1 + (hashOf(world.options.seed, 'wakeups', app.package) % 40);
      return `  ${uidName(app.appId)}:${app.package} ${durationText(times * 113)} running, ${times} wakeups:`;
    }),
    '',
  ];
  return out.join('\n');
}
