import type { PlanRow } from '../../model/acquisition.ts';
import { always, both, KiB, MiB, row, second } from './plan-row.ts';

/** The comparison of the two clocks; see `clock-offset.ts`. */
export const clockRow = (clock: 'before' | 'after', title: string): PlanRow =>
  row({
    id: `clock ${clock}`,
    title,
    section: 'clock',
    commands: ['date +%s.%N; cat /proc/uptime'],
    timeoutMs: 10 * second,
    mostBytes: 16 * KiB,
    neverEmpty: true,
    volatile: true,
    profiles: always,
    proves:
      'How far the phone’s clock stood from this computer’s, within the error that is given, and how long the phone had been running.',
    clock,
  });

/** The number of this start of the phone. */
export const bootIdRow: PlanRow = row({
  id: 'boot id',
  title: 'This start of the phone',
  section: 'boot id',
  commands: ['cat /proc/sys/kernel/random/boot_id'],
  timeoutMs: 10 * second,
  mostBytes: 4 * KiB,
  neverEmpty: true,
  volatile: true,
  together: 'start',
  profiles: always,
  proves: 'A number that the phone draws anew at each start: whether two readings are of one start.',
});

/** Which phone it is, its clock, its users. All that follows is read with them. */
export const identityRows: readonly PlanRow[] = [
  row({
    id: 'getprop',
    title: 'Phone, Android and build',
    section: 'getprop',
    commands: ['getprop'],
    timeoutMs: 15 * second,
    mostBytes: 1 * MiB,
    neverEmpty: true,
    profiles: always,
    proves: 'What the phone says of its model, its Android and its build.',
  }),
  clockRow('before', 'Clock, before'),
  bootIdRow,
  row({
    id: 'users',
    title: 'Users',
    section: 'pm list users',
    commands: ['pm list users'],
    mostBytes: 1 * MiB,
    neverEmpty: true,
    together: 'start',
    profiles: always,
    proves: 'Which users, work profiles and app twins the phone has, and which of them are running.',
  }),
  row({
    id: 'current user',
    title: 'User in front',
    section: 'am get-current-user',
    commands: [{ line: 'am get-current-user', sinceSdk: 24 }],
    mostBytes: 64 * KiB,
    neverEmpty: true,
    volatile: true,
    together: 'start',
    profiles: both,
    proves: 'Which user the phone was showing.',
  }),
  row({
    id: 'automatic time',
    title: 'Automatic time',
    section: 'settings',
    commands: ['settings get global auto_time'],
    timeoutMs: 20 * second,
    mostBytes: 64 * KiB,
    together: 'start',
    profiles: always,
    proves: 'Whether the phone was set to take its time from the network.',
  }),
  row({
    id: 'automatic zone',
    title: 'Automatic time zone',
    section: 'settings',
    commands: ['settings get global auto_time_zone'],
    timeoutMs: 20 * second,
    mostBytes: 64 * KiB,
    together: 'start',
    profiles: always,
    proves: 'Whether the phone was set to take its time zone from the network.',
  }),
  row({
    id: 'time zone',
    title: 'Time zone',
    section: 'settings',
    commands: ['getprop persist.sys.timezone'],
    timeoutMs: 10 * second,
    mostBytes: 64 * KiB,
    together: 'start',
    profiles: always,
    proves: 'The time zone that the phone was set to.',
  }),
];
