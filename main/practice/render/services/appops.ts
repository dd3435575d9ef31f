import { lastInBackground } from '../../world/accounts.ts';
import type { PracticeApp } from '../../world/apps.ts';
import { lastInFront } from '../../world/front.ts';
import { localText } from '../../world/time.ts';
import type { World } from '../../world/world.ts';
import { durationText, uidName } from '../uid-name.ts';

/** Operations behind permissions that people know. */
const operations: Readonly<Record<string, string>> = {
  READ_CONTACTS: 'READ_CONTACTS',
  CAMERA: 'CAMERA',
  RECORD_AUDIO: 'RECORD_AUDIO',
  ACCESS_FINE_LOCATION: 'FINE_LOCATION',
  ACCESS_COARSE_LOCATION: 'COARSE_LOCATION',
  READ_PHONE_STATE: 'READ_PHONE_STATE',
  READ_EXTERNAL_STORAGE: 'READ_EXTERNAL_STORAGE',
  READ_CALENDAR: 'READ_CALENDAR',
  READ_SMS: 'READ_SMS',
  READ_CALL_LOG: 'READ_CALL_LOG',
  GET_ACCOUNTS: 'GET_ACCOUNTS',
};

function accessed(world: World, trueUs: number, allowed: boolean, state: string): string[] {
  const wallUs = world.wallUs(trueUs);
  const ago = durationText(Math.floor((trueUs - world.nowUs) / 1000));
  const ms = String(Math.floor(wallUs / 1000) % 1000).padStart(3, '0');
  const when = `${localText(wallUs, world.home.zone)}.${ms} (${ago})`;
  const word = allowed ? 'Access' : 'Reject';
  if (world.sdk >= 30)
    return ['          null=[', `            ${word}: [${state}-s] ${when} duration=+33ms`, '          ]'];
  if (world.sdk === 29) return [`          ${word}: [${state}-s]${allowed ? ' ' : ''}${when}`];
  return [`          ${word}: ${state.padEnd(5)} = ${when}`];
}

function operation(world: World, app: PracticeApp, name: string, granted: boolean): string[] {
  // What keeps data in step with a server reads it in the background, and sends then.
  const background = granted && app.role === 'cloud';
  const firstUs = background ? lastInBackground(world, app.package) : lastInFront(world, app.package);
  const lastUs = firstUs === null ? null : background ? firstUs - 4_000_000 : firstUs + 1_500_000;
  const mode = granted ? 'allow' : 'ignore';
  if (world.sdk >= 28) {
    const head = `      ${name} (${mode}): `;
    return lastUs === null ? [head] : [head, ...accessed(world, lastUs, granted, background ? 'bg' : 'top')];
  }
  const ago = lastUs === null ? null : durationText(Math.floor((world.nowUs - lastUs) / 1000));
  const when = ago === null ? '' : `; ${granted ? 'time' : 'rejectTime'}=${ago} ago`;
  return [`      ${name}: mode=${granted ? 0 : 1}${when}`];
}

/** `dumpsys appops` (FORMATS 6.2): for each app what it may do, and when it last did it: in front, or in step with a server. */
export function appopsText(world: World): string {
  const out = ['Current AppOps Service state:'];
  if (world.sdk >= 29)
    out.push(
      '  Settings:',
      '    top_state_settle_time=+30s0ms',
      '    fg_service_state_settle_time=+10s0ms',
      '    bg_state_settle_time=+1s0ms',
      '',
    );
  const byUid = Map.groupBy(world.apps, (app) => app.appId);
  for (const [uid, apps] of [...byUid].sort(([a], [b]) => a - b)) {
    const blocks = apps.flatMap((app) => {
      const ops = app.permissions.flatMap((permission) => {
        const name = operations[permission.name.slice(permission.name.lastIndexOf('.') + 1)];
        return name === undefined || !permission.runtime ? [] : operation(world, app, name, permission.granted);
      });
      return ops.length === 0 ? [] : [`    Package ${app.package}:`, ...ops];
    });
    if (blocks.length === 0) continue;
    out.push(`  Uid ${uidName(uid)}:`, ...(world.sdk >= 29 ? ['    state=cch'] : []), ...blocks);
  }
  return `${out.join('\n')}\n`;
}
