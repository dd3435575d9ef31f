import type { PlanStep } from '../../model/acquisition.ts';

/** A row of the plan. `{user}` in a command is replaced by the user's number. */
export interface PlanRow extends PlanStep {
  /** First SDK number that knows any of the commands; the row is skipped on older phones. */
  readonly sinceSdk?: number;
  /** The row compares the clocks instead of keeping one answer. */
  readonly clock?: 'before' | 'after';
}

export type AcquisitionProfile = PlanRow['profiles'][number];

const both = ['quick', 'full'] as const;
const fullOnly = ['full'] as const;
const second = 1000;

const clockRow = (clock: 'before' | 'after', title: string): PlanRow => ({
  id: `clock ${clock}`,
  title,
  section: 'clock',
  commands: ['date +%s.%N; cat /proc/uptime'],
  perUser: false,
  timeoutMs: 10 * second,
  profiles: both,
  changes: null,
  proves: 'How far the phone’s clock stood from this computer’s, within the error that is given.',
  clock,
});

/**
 * The acquisition, in order. The counters come first after identity and clock: they are what a pulled cable must not
 * cost. Commands of a row are tried one after the other until one is understood; every try is kept.
 */
export const acquisitionPlan: readonly PlanRow[] = [
  {
    id: 'getprop',
    title: 'Phone, Android and build',
    section: 'getprop',
    commands: ['getprop'],
    perUser: false,
    timeoutMs: 30 * second,
    profiles: both,
    changes: null,
    proves: 'What the phone says of its model, its Android and its build.',
  },
  clockRow('before', 'Clock, before'),
  {
    id: 'netstats',
    title: 'Bytes per app and network',
    section: 'dumpsys netstats',
    // Android 5 and 6 have no -t, and no limit of their own either.
    commands: ['dumpsys -t 120 netstats --full --uid --tag', 'dumpsys netstats --full --uid --tag'],
    perUser: false,
    timeoutMs: 150 * second,
    profiles: both,
    changes:
      'Nothing on a phone whose history is sound. Android deletes history files that it cannot read when it next loads them; this command can be that moment.',
    proves: 'Bytes and packets that the phone counted for each app and network, in intervals of an hour or two.',
  },
  {
    id: 'users',
    title: 'Users',
    section: 'pm list users',
    commands: ['pm list users'],
    perUser: false,
    timeoutMs: 30 * second,
    profiles: both,
    changes: null,
    proves: 'Which users, work profiles and app twins the phone has.',
  },
  {
    id: 'packages',
    title: 'Apps',
    section: 'pm list packages',
    commands: [
      'pm list packages -f -i -U -u --user {user}',
      'pm list packages -f -i -u --user {user}',
      'pm list packages -f -u --user {user}',
    ],
    perUser: true,
    timeoutMs: 60 * second,
    profiles: both,
    changes: null,
    proves: 'Which apps the user has or had with their data kept, where they lie, who installed them, and their uid.',
  },
  {
    id: 'packages disabled',
    title: 'Apps switched off',
    section: 'pm list packages disabled',
    commands: ['pm list packages -d --user {user}'],
    perUser: true,
    timeoutMs: 60 * second,
    profiles: fullOnly,
    changes: null,
    proves: 'Which apps are switched off for the user.',
  },
  {
    id: 'package details',
    title: 'Versions, installs and permissions',
    section: 'dumpsys package',
    commands: ['dumpsys -t 60 package packages', 'dumpsys package packages'],
    perUser: false,
    timeoutMs: 120 * second,
    profiles: fullOnly,
    changes: null,
    proves: 'Versions, first install and last update, and the permissions that each app holds.',
  },
  {
    id: 'labels',
    title: 'App names',
    section: 'app labels',
    commands: [
      'cmd package query-activities --user {user} -a android.intent.action.MAIN -c android.intent.category.LAUNCHER',
      'pm query-activities --user {user} -a android.intent.action.MAIN -c android.intent.category.LAUNCHER',
    ],
    perUser: true,
    timeoutMs: 60 * second,
    profiles: both,
    changes: null,
    proves: 'Which apps stand in the launcher, and the names that they give themselves there.',
    sinceSdk: 24,
  },
  {
    id: 'automatic time',
    title: 'Automatic time',
    section: 'settings',
    commands: ['settings get global auto_time'],
    perUser: false,
    timeoutMs: 20 * second,
    profiles: both,
    changes: null,
    proves: 'Whether the phone was set to take its time from the network.',
  },
  {
    id: 'automatic zone',
    title: 'Automatic time zone',
    section: 'settings',
    commands: ['settings get global auto_time_zone'],
    perUser: false,
    timeoutMs: 20 * second,
    profiles: both,
    changes: null,
    proves: 'Whether the phone was set to take its time zone from the network.',
  },
  {
    id: 'time zone',
    title: 'Time zone',
    section: 'settings',
    commands: ['getprop persist.sys.timezone'],
    perUser: false,
    timeoutMs: 20 * second,
    profiles: both,
    changes: null,
    proves: 'The time zone that the phone was set to.',
  },
  clockRow('after', 'Clock, after'),
];

/** The rows of one profile, in order. */
export function planFor(profile: AcquisitionProfile, plan: readonly PlanRow[] = acquisitionPlan): readonly PlanRow[] {
  return plan.filter((row) => row.profiles.includes(profile));
}
