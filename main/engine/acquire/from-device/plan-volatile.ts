import type { PlanRow } from '../../model/acquisition.ts';
import { always, both, dump, MiB, row, second } from './plan-row.ts';

/** The phone's time and its running time, in front of what is dated by them. */
const stamp = 'date +%s.%N; cat /proc/uptime';

/**
 * What the phone forgets within seconds to hours. All of it is small or has a short limit, so that the counters behind it
 * are reached within seconds.
 */
export const volatileRows: readonly PlanRow[] = [
  row({
    id: 'logcat',
    title: 'Log',
    section: 'logcat',
    commands: [
      { line: 'logcat -b all -v threadtime -v uid -v epoch -v usec -v printable -D -d', sinceSdk: 24 },
      { line: 'logcat -b all -v threadtime -v usec -v printable -d', sinceSdk: 23 },
      { line: 'logcat -b main -b system -b radio -b events -b crash -v threadtime -d', untilSdk: 23 },
      { line: 'logcat -v threadtime -d' },
    ],
    timeoutMs: 20 * second,
    mostBytes: 1024 * MiB,
    neverEmpty: true,
    volatile: true,
    together: 'moment',
    proves: 'What the system and its apps wrote into the phone’s log in its last minutes to hours.',
  }),
  row({
    id: 'sockets',
    title: 'Open connections',
    section: 'proc net sockets',
    commands: [`${stamp} /proc/net/tcp /proc/net/tcp6 /proc/net/udp /proc/net/udp6`],
    timeoutMs: 10 * second,
    neverEmpty: true,
    volatile: true,
    together: 'moment',
    profiles: always,
    proves: 'Which connections were open at that moment, to which addresses, and under which uid they had been opened.',
    repeatMs: 1 * second,
  }),
  row({
    id: 'interfaces',
    title: 'Network interfaces',
    section: 'proc net interfaces',
    commands: ['date +%s.%N; cat /proc/uptime /proc/net/dev /proc/net/route /proc/net/if_inet6 /proc/net/arp'],
    timeoutMs: 10 * second,
    neverEmpty: true,
    volatile: true,
    together: 'moment',
    proves:
      'Which interfaces the phone had, what each had carried since it started, and its neighbours on the network.',
  }),
  row({
    id: 'connmetrics',
    title: 'Connection metrics',
    section: 'dumpsys connmetrics',
    commands: [{ line: 'dumpsys -t 10 connmetrics list', sinceSdk: 26 }],
    timeoutMs: 20 * second,
    neverEmpty: true,
    volatile: true,
    together: 'moment',
    proves:
      'Name look-ups and connections by network, in sums, and packets that woke the phone, where it records them.',
  }),
  row({
    id: 'connectivity',
    title: 'Networks of the moment',
    section: 'dumpsys connectivity',
    ...dump('connectivity', 15),
    neverEmpty: true,
    volatile: true,
    together: 'moment',
    profiles: both,
    proves: 'Which networks the phone was on, their name servers and interfaces, and which app held a VPN.',
  }),
  row({
    id: 'kernel counters',
    title: 'Counters of the kernel',
    section: 'kernel counters',
    commands: [
      { line: `${stamp} /proc/net/xt_qtaguid/stats`, untilSdk: 28 },
      { line: `${stamp}; dumpsys -t 15 connectivity trafficcontroller`, sinceSdk: 33, untilSdk: 33 },
      { line: `${stamp}; dumpsys -t 15 netstats`, sinceSdk: 34 },
    ],
    timeoutMs: 30 * second,
    neverEmpty: true,
    volatile: true,
    together: 'moment',
    profiles: always,
    proves:
      'Bytes by uid since the phone started, up to that moment, with those that its history does not hold yet. Android 10 to 12 show them to no one without root.',
    repeatMs: 5 * second,
  }),
];
