import { isoOf, MINUTE } from '../../../shared/base/time.ts';
import type { BatchView, EvidenceView, SummaryView, WarningView } from '../../../shared/types/summary.ts';
import { netstatsHash } from './events.ts';
import type { LiveWorld } from './live-world.ts';
import { random } from './random.ts';
import { coverage } from './timeline.ts';
import { firstAcquisitionUs, secondAcquisitionUs, type World, zone } from './world.ts';

interface Row {
  readonly name: string;
  readonly command: string;
  readonly state: EvidenceView['state'];
  readonly bytes: number;
  readonly sections: readonly string[];
  readonly exit: number | null;
}
const row = (
  name: string,
  command: string,
  bytes: number,
  sections: readonly string[] = [],
  state: EvidenceView['state'] = 'complete',
  exit: number | null = 0,
): Row => ({ name, command, state, bytes, sections, exit });

const plan: readonly Row[] = [
  row('clock before', 'date +%s.%N', 480, ['clock']),
  row('properties', 'getprop', 41_233, ['getprop']),
  row('uptime', 'cat /proc/uptime', 22, ['uptime']),
  row('users', 'pm list users', 148, ['users']),
  row('packages of user 0', 'pm list packages -f -U --user 0', 38_120, ['package list']),
  row('packages of user 10', 'pm list packages -f -U --user 10', 11_902, ['package list']),
  row('network history', 'dumpsys netstats --full --uid --tag', 4_812_330, ['dumpsys netstats']),
  row('package details', 'dumpsys package', 9_120_443, ['dumpsys package']),
  row('SIM cards', 'dumpsys isub', 0, [], 'refused', 255),
  row('usage', 'dumpsys usagestats', 1_048_576, ['dumpsys usagestats'], 'truncated', null),
  row('Wi-Fi', 'dumpsys wifi', 612_004, [], 'complete'),
  row('clock after', 'date +%s.%N', 480, ['clock']),
];

export const batches: readonly BatchView[] = [
  {
    id: 1,
    kind: 'acquisition',
    startedAt: isoOf(firstAcquisitionUs),
    finishedAt: isoOf(firstAcquisitionUs + 6 * MINUTE),
    state: 'partial',
    serial: '8f3a12bc',
    profile: 'quick',
    offsetBeforeMs: -1843.2,
    offsetBeforeErrorMs: 11.8,
    offsetAfterMs: -1842.6,
    offsetAfterErrorMs: 9.4,
    missing: ['SIM cards: refused by the phone', 'usage: cut off after 1.05 MB'],
  },
  {
    id: 2,
    kind: 'acquisition',
    startedAt: isoOf(secondAcquisitionUs),
    finishedAt: isoOf(secondAcquisitionUs + 7 * MINUTE),
    state: 'partial',
    serial: '8f3a12bc',
    profile: 'quick',
    offsetBeforeMs: 412.9,
    offsetBeforeErrorMs: 10.2,
    offsetAfterMs: 413.1,
    offsetAfterErrorMs: 12,
    missing: ['SIM cards: refused by the phone', 'usage: cut off after 1.05 MB'],
    continues: 1,
    unfinished: 1,
  },
  {
    id: 3,
    kind: 'import',
    startedAt: isoOf(secondAcquisitionUs + 55 * MINUTE),
    finishedAt: isoOf(secondAcquisitionUs + 56 * MINUTE),
    state: 'complete',
    serial: null,
    profile: null,
    offsetBeforeMs: null,
    offsetBeforeErrorMs: null,
    offsetAfterMs: null,
    offsetAfterErrorMs: null,
    missing: [],
  },
];

function hash(seed: number): string {
  const rnd = random(seed);
  return Array.from({ length: 64 }, () => rnd.whole(0, 15).toString(16)).join('');
}

/** What a live acquisition keeps: the answers to each of its questions in files of half a minute. */
function liveSegments(live: LiveWorld, after: number): EvidenceView[] {
  const questions = [
    [
      'Connections, watched',
      'cat /proc/net/tcp /proc/net/tcp6 /proc/net/udp /proc/net/udp6',
      'proc net sockets',
      14_200,
    ],
    ['Counters of every app, watched', 'dumpsys connectivity trafficcontroller', 'kernel counters', 3100],
  ] as const;
  const list: EvidenceView[] = [];
  for (let at = 0; at < live.rounds; at += 30) {
    for (const [name, command, section, bytes] of questions) {
      const looks = Math.min(30, live.rounds - at);
      const number = after + list.length + 1;
      list.push({
        id: `E${number}`,
        batch: 4,
        sha256: hash(number),
        bytes: looks * bytes,
        name,
        obtained: `adb shell: ${command}`,
        command,
        state: 'complete',
        exit: 0,
        hostBefore: isoOf(live.startedUs + at * 1_000_000),
        hostAfter: isoOf(live.startedUs + (at + looks) * 1_000_000),
        offsetMs: 412.9,
        offsetErrorMs: 10.2,
        sections: [section],
        recognised: true,
      });
    }
  }
  return list;
}

export function evidenceViews(live: LiveWorld | null = null): EvidenceView[] {
  const list: EvidenceView[] = [];
  for (const batch of [1, 2]) {
    const begin = batch === 1 ? firstAcquisitionUs : secondAcquisitionUs;
    for (const [index, step] of plan.entries()) {
      const at = begin + index * 21_400_000;
      const id = `E${list.length + 1}`;
      list.push({
        id,
        batch,
        sha256: id === 'E19' ? netstatsHash : hash(list.length + 1),
        bytes: step.bytes,
        name: step.name,
        obtained: `adb shell: ${step.command}`,
        command: step.command,
        state: step.state,
        exit: step.exit,
        hostBefore: isoOf(at),
        hostAfter: isoOf(at + 3_214_556),
        offsetMs: batch === 1 ? -1843.2 : 412.9,
        offsetErrorMs: 11.8,
        sections: [...step.sections],
        recognised: step.sections.length > 0,
      });
    }
  }
  const at = isoOf(secondAcquisitionUs + 55 * MINUTE);
  const files: readonly (readonly [string, number, readonly string[]])[] = [
    [
      'bugreport-lavender-2026-11-19.zip › bugreport.txt',
      31_882_114,
      ['bugreport header', 'dumpsys package', 'dumpsys netstats'],
    ],
    ['uid.1760000000000-1763596800000', 288_412, ['netstats file']],
    ['IMG_20261114_182233.jpg', 3_411_002, []],
  ];
  for (const [name, bytes, sections] of files) {
    list.push({
      id: `E${list.length + 1}`,
      batch: 3,
      sha256: hash(list.length + 1),
      bytes,
      name,
      obtained: `file: ${name}`,
      command: null,
      state: 'complete',
      exit: null,
      hostBefore: at,
      hostAfter: at,
      offsetMs: null,
      offsetErrorMs: null,
      sections: [...sections],
      recognised: sections.length > 0,
    });
  }
  return live ? [...list, ...liveSegments(live, list.length)] : list;
}

export const warnings: readonly WarningView[] = [
  {
    evidence: 'E7',
    section: 'dumpsys netstats',
    line: 20_112,
    offset: 1_204_993,
    text: '      st=17616816 rb=',
    reason: 'The line ends before its fields do.',
  },
  {
    evidence: 'E7',
    section: 'dumpsys netstats',
    line: 31_877,
    offset: 1_944_021,
    text: 'hwHotspot=1',
    reason: 'An unknown key of the network identity was kept as it stands.',
  },
  {
    evidence: 'E19',
    section: 'dumpsys netstats',
    line: 402,
    offset: 24_522,
    text: 'set=DBG_VPN_IN',
    reason: 'Debug duplicates of a VPN are kept and not counted.',
  },
  {
    evidence: 'E20',
    section: 'dumpsys package',
    line: 88_410,
    offset: 5_120_338,
    text: 'Package [com.vendor.part10388] (9f3e',
    reason: 'The block of this package ends in mid-line.',
  },
  {
    evidence: 'E22',
    section: 'dumpsys usagestats',
    line: 9_320,
    offset: 1_048_570,
    text: null,
    reason: 'The output ends before its own end.',
  },
  {
    evidence: 'E27',
    section: null,
    line: null,
    offset: 0,
    text: null,
    reason: 'Not recognised. The file is kept as evidence and nothing was read from it.',
  },
];

const emptySummary: SummaryView = {
  device: {
    serial: null,
    maker: null,
    model: null,
    product: null,
    android: null,
    sdk: null,
    build: null,
    securityPatch: null,
    vendorSystem: null,
    zone: null,
    users: [],
  },
  batches: [],
  span: { from: null, to: null },
  events: { volume: 0, contact: 0, lookup: 0, context: 0 },
  bytes: { sent: 0, received: 0 },
  apps: 0,
  hosts: 0,
  countries: 0,
  warnings: 0,
  coverage: [],
};

export function summaryOf(world: World, sums: { sent: number; received: number }): SummaryView {
  const [first] = world.events;
  if (first === undefined) return emptySummary;
  return {
    device: {
      serial: '8f3a12bc',
      maker: 'Xiaomi',
      model: 'Redmi Note 7',
      product: 'lavender',
      android: '10',
      sdk: 29,
      build: 'QKQ1.190910.002',
      securityPatch: '2021-02-01',
      vendorSystem: 'MIUI 12.0.1',
      zone,
      users: [
        { id: 0, name: 'Owner', kind: 'system' },
        { id: 10, name: 'दूसरा फ़ोन', kind: 'secondary' },
      ],
    },
    batches: [...batches],
    span: { from: isoOf(first.fromUs), to: isoOf(secondAcquisitionUs) },
    events: { volume: world.events.length, contact: 0, lookup: 0, context: 512 },
    bytes: sums,
    apps: world.apps.length,
    hosts: 0,
    countries: 0,
    warnings: warnings.length,
    coverage: [...coverage],
  };
}
