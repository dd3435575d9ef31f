import type { PlanRow } from '../../model/acquisition.ts';
import { always, both, dump, MiB, row, second } from './plan-row.ts';

/** The history of bytes: what this program is about. Also asked for once more after the phone was made to count anew. */
export const netstatsCommands = {
  // Android 5 and 6 have no -t, and no limit of their own either.
  commands: [
    { line: 'dumpsys -t 120 netstats --full --uid --tag', sinceSdk: 24 },
    { line: 'dumpsys netstats --full --uid --tag' },
  ],
  timeoutMs: 150 * second,
  mostBytes: 2048 * MiB,
  neverEmpty: true,
} as const;

const ofEachUser = { profiles: always, perUser: true, timeoutMs: 60 * second, neverEmpty: true } as const;

/** What lies on the phone’s disk and is there tomorrow too. */
export const historyRows: readonly PlanRow[] = [
  row({
    id: 'netstats',
    title: 'Bytes per app and network',
    section: 'dumpsys netstats',
    ...netstatsCommands,
    profiles: both,
    changes:
      'Nothing on a phone whose history is sound. Android deletes history files that it cannot read when it next loads them; this command can be that moment.',
    proves: 'Bytes and packets that the phone counted for each app and network, in intervals of an hour or two.',
  }),
  row({
    ...ofEachUser,
    id: 'packages',
    title: 'Apps',
    section: 'pm list packages',
    commands: [
      'pm list packages -f -i -U -u --user {user}',
      'pm list packages -f -i -u --user {user}',
      'pm list packages -f -u --user {user}',
    ],
    proves: 'Which apps the user has or had with their data kept, where they lie, who installed them, and their uid.',
  }),
  row({
    id: 'packages disabled',
    title: 'Apps switched off',
    section: 'pm list packages disabled',
    commands: ['pm list packages -d --user {user}'],
    perUser: true,
    timeoutMs: 60 * second,
    proves: 'Which apps are switched off for the user.',
  }),
  row({
    id: 'package details',
    title: 'Versions, installs and permissions',
    section: 'dumpsys package',
    ...dump('package packages', 60),
    timeoutMs: 120 * second,
    mostBytes: 512 * MiB,
    neverEmpty: true,
    proves: 'Versions, first install and last update, and the permissions that each app holds.',
  }),
  row({
    id: 'labels',
    title: 'App names',
    section: 'app labels',
    commands: [
      {
        line: 'cmd package query-activities --user {user} -a android.intent.action.MAIN -c android.intent.category.LAUNCHER',
        sinceSdk: 24,
      },
      {
        line: 'pm query-activities --user {user} -a android.intent.action.MAIN -c android.intent.category.LAUNCHER',
        sinceSdk: 24,
      },
    ],
    perUser: true,
    timeoutMs: 60 * second,
    profiles: always,
    proves: 'Which apps stand in the launcher, and the names that they give themselves there.',
  }),
  row({
    id: 'usage days',
    title: 'Use of apps, by day',
    section: 'dumpsys usagestats file',
    commands: [{ line: 'dumpsys -t 60 usagestats file {user} daily', sinceSdk: 30 }],
    perUser: true,
    timeoutMs: 75 * second,
    mostBytes: 512 * MiB,
    neverEmpty: true,
    proves:
      'When apps came to the front and went, when the screen went on and off, in the last ten days or so, by a clock that Android shifts back when it is set.',
  }),
  row({
    id: 'usage',
    title: 'Use of apps, last day',
    section: 'dumpsys usagestats',
    commands: [
      { line: 'dumpsys -t 30 usagestats -c', sinceSdk: 26 },
      { line: 'dumpsys -t 30 usagestats', sinceSdk: 24 },
      { line: 'dumpsys usagestats' },
    ],
    timeoutMs: 45 * second,
    mostBytes: 256 * MiB,
    neverEmpty: true,
    proves: 'When apps came to the front and went in the last day, for all users that are unlocked.',
  }),
  row({
    id: 'appops',
    title: 'Use of permissions',
    section: 'dumpsys appops',
    ...dump('appops', 60),
    mostBytes: 256 * MiB,
    neverEmpty: true,
    proves: 'When each app last used a permission, as far as Android keeps it.',
  }),
  row({
    id: 'batterystats',
    title: 'Battery record',
    section: 'dumpsys batterystats -c',
    ...dump('batterystats -c', 60),
    mostBytes: 256 * MiB,
    neverEmpty: true,
    changes:
      'Nothing that stays but this: the phone first brings its own battery counters up to date, as it often does.',
    proves:
      'Bytes by app since the phone was last charged, and a history of screen, radio and starts: a second source.',
  }),
  row({
    id: 'alarm',
    title: 'Alarms and clock changes',
    section: 'dumpsys alarm',
    ...dump('alarm', 30),
    neverEmpty: true,
    proves: 'Both clocks of the phone at one moment, when its clock was last set, and which apps wake it.',
  }),
  row({
    id: 'jobscheduler',
    title: 'Jobs',
    section: 'dumpsys jobscheduler',
    ...dump('jobscheduler', 30),
    neverEmpty: true,
    proves: 'What apps have asked to be run for, and which of it ran in the last hours.',
  }),
  row({
    id: 'netpolicy',
    title: 'Network rules',
    section: 'dumpsys netpolicy',
    ...dump('netpolicy', 20),
    neverEmpty: true,
    proves: 'Which apps may not use a metered network in the background, and what was lately let through or held.',
  }),
  row({
    id: 'network management',
    title: 'Network management',
    section: 'dumpsys network_management',
    ...dump('network_management', 15),
    proves: 'Which apps the phone’s firewall held or let through at that moment.',
  }),
  row({
    id: 'settings global',
    title: 'Settings of the phone',
    section: 'settings',
    commands: ['settings list global'],
    mostBytes: 4 * MiB,
    proves: 'The settings of the phone at that moment: time, private DNS, proxy, data over roaming, and others.',
  }),
  row({
    id: 'settings secure',
    title: 'Settings of the user, secure',
    section: 'settings secure',
    commands: ['settings --user {user} list secure'],
    perUser: true,
    mostBytes: 4 * MiB,
    proves: 'The user’s settings that apps cannot change: VPN that is always on, location, input and services.',
  }),
  row({
    id: 'settings system',
    title: 'Settings of the user, system',
    section: 'settings system',
    commands: ['settings --user {user} list system'],
    perUser: true,
    mostBytes: 4 * MiB,
    proves: 'The user’s other settings.',
  }),
  row({
    id: 'wifi',
    title: 'Wi-Fi',
    section: 'dumpsys wifi',
    ...dump('wifi', 30),
    mostBytes: 256 * MiB,
    neverEmpty: true,
    proves: 'Whether Wi-Fi was on, which network the phone was on, and what it lately did there.',
  }),
  row({
    id: 'telephony',
    title: 'Mobile network',
    section: 'dumpsys telephony.registry',
    ...dump('telephony.registry', 15),
    neverEmpty: true,
    proves: 'Operator, radio and roaming as they stood.',
  }),
];
