import { createHash } from 'node:crypto';
import { DAY, HOUR, isoOf, microsOf } from '../../../../shared/base/time.ts';
import type { SqlValue } from '../../ports/case-handle.ts';
import type { ReportExtra } from '../report-data.ts';
import type { TestCase } from './sqlite-case.ts';

type Rows = Readonly<Record<string, SqlValue>>[];

/** Names as they stand on phones: five scripts, and one that is the typesetter's own language. */
export const namesInScripts = ['Wetterdienst Süd', '微信输入法', 'मेरा स्वास्थ्य', 'خرائط الهاتف', 'Мобильный банк'] as const;
export const hostileName = '#let x = 1; #panic("read") *bold* $a^2$ `raw` <label> @ref // note \\u{41}';

export const start = microsOf('2026-01-10T00:00:00Z')!;

/** A small generator with a seed: the same case on every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}

const words = ['mail', 'maps', 'photo', 'music', 'health', 'bank', 'news', 'chat', 'cloud', 'market', 'games', 'keyboard'];
const makers = ['com.example', 'org.openapps', 'com.miui', 'com.xiaomi.account.services.background', 'de.bahnhof', 'in.gov'];

export const extra: ReportExtra = {
  version: '0.1.0',
  caseName: '2026-041.phonehome',
  info: {
    number: '2026-041 / 7',
    examiner: 'Dr. A. Sundaram',
    agency: 'State Forensic Laboratory, Division of Mobile Devices',
    authority: 'Order of the District Court of 2026-02-20, docket 4 Gs 118/26',
    notes: 'The owner says that the cloud services were switched off on 2026-02-01. It is asked whether traffic of these services ended then.',
    zone: null,
  },
  sample: false,
  custody: { lines: 57, head: createHash('sha256').update('custody').digest('hex') },
  notices: [
    {
      name: 'services.json',
      source: 'Known services of phone makers and the packages that belong to them, compiled for this program from public documentation',
      licence: 'CC-BY-4.0',
      date: '2026-05-02',
      sha256: createHash('sha256').update('services').digest('hex'),
    },
  ],
};

export interface SampleSize {
  readonly apps: number;
  readonly days: number;
  readonly evidence: number;
  readonly serial?: string;
}

/** Fills a case as the engine would: two acquisitions of a phone with habits, refusals, warnings and findings. */
export async function fillSample(into: TestCase, size: SampleSize): Promise<void> {
  const next = random(7);
  const whole = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  const end = start + size.days * DAY;
  const serial = size.serial ?? '9f3c2b7a';
  await into.insert('batch', [
    batch(1, 'acquisition', end - 20 * DAY, serial, 41.2, 39.8),
    { ...batch(2, 'acquisition', end, serial, -1204.6, -1203.9), state: 'partial', missing: JSON.stringify(['Bug report: the phone refused it.']) },
    { ...batch(3, 'import', end + DAY, null, null, null), kind: 'import' },
  ]);
  await into.insert('evidence', evidenceRows(size.evidence, end));
  await into.insert('section', sectionRows(size.evidence));
  await into.insert('network', [
    network(1, 'wifi', 'Heimnetz 5G', 0),
    network(2, 'mobile', '40410', 0),
    network(3, 'mobile', '26201', 1),
  ]);

  const apps: Rows = [];
  const series: Rows = [];
  const volume: Rows = [];
  for (let index = 0; index < size.apps; index += 1) {
    const uid = index % 11 === 10 ? 1_010_000 + index : 10_050 + index;
    const maker = makers[index % makers.length]!;
    const packages = [`${maker}.${words[index % words.length]}${index}`];
    if (index % 9 === 4) packages.push(`${packages[0]}.provider.synchronisation.adapter`, `${packages[0]}.push`);
    const name = namesInScripts[index] ?? (index === 5 ? hostileName : index % 7 === 6 ? packages[0]! : `${capital(words[index % words.length]!)} ${index}`);
    const service = index % 8 === 3;
    apps.push({
      uid, user: uid >= 1_000_000 ? 10 : 0, name, kind: index % 13 === 12 ? 'system' : 'app', packages: JSON.stringify(packages), preinstalled: index % 3 === 0 ? 1 : 0,
      installer: null, first_install: null,
      service_id: service ? `svc${index}` : null, service_name: service ? 'Mi Cloud' : null, service_vendor: service ? 'Xiaomi' : null, service_optional: service ? 1 : null, service_confidence: service ? 'high' : null,
    });
    const silent = index >= size.apps * 0.85;
    for (const foreground of [0, 1]) {
      const id = series.length + 1;
      series.push(seriesRow(id, uid, 1 + (index % 3), foreground, null));
      const weight = Math.exp(9 + 6 * next() ** 2 - index / 20);
      for (let at = start; at < end && !silent; at += 2 * HOUR) {
        const hour = (at / HOUR) % 24;
        const awake = hour >= 2 && hour <= 18;
        if (next() > (foreground === 1 ? (awake ? 0.12 : 0.005) : 0.3)) continue;
        if (at > start + 17 * DAY && at < start + 18.5 * DAY) continue;
        const sent = Math.round(weight * (0.2 + next()) * (next() < 0.02 ? 12 : 1));
        volume.push(volumeRow(volume.length + 1, id, at, sent, Math.round(sent * (1 + 9 * next())), 1, whole(40, 90_000)));
      }
    }
  }
  apps.push({ ...apps[0], uid: -4, user: null, name: 'Removed apps', kind: 'removed', packages: '[]', service_id: null, service_name: null });
  const removed = series.length + 1;
  series.push(seriesRow(removed, -4, 1, 0, null), seriesRow(removed + 1, 10_050, 1, 0, 'tag row'));
  volume.push(volumeRow(volume.length + 1, removed, start + 3 * DAY, 812_733, 4_991_002, 1, 12));
  volume.push({ ...volumeRow(volume.length + 1, removed, start + 4 * DAY, 1200, 1, 1, 13), received: null });
  for (let index = 0; index < 40; index += 1) volume.push(volumeRow(volume.length + 1, removed + 1, start + index * DAY, 5000, 9000, 0, 99));
  await into.insert('app', apps);
  await into.insert('series', series);
  await into.insert('volume', volume);
  await into.insert('coverage', [
    { source: 'per-app history', from_us: start, to_us: start + 17 * DAY, evidence: 'E3' },
    { source: 'per-app history', from_us: start + 18.5 * DAY, to_us: end, evidence: 'E9' },
  ]);
  await into.insert('context', [
    { kind: 'boot', from_us: start + 18.5 * DAY, to_us: start + 18.5 * DAY, name: 'Boot', detail: null, evidence: 'E3' },
    { kind: 'clock', from_us: start + 19 * DAY, to_us: start + 19 * DAY, name: 'Clock set', detail: null, evidence: 'E3' },
    { kind: 'acquisition', from_us: end - 20 * DAY, to_us: end - 20 * DAY, name: 'Acquisition 1', detail: null, evidence: null },
    { kind: 'acquisition', from_us: end, to_us: end, name: 'Acquisition 2', detail: null, evidence: null },
  ]);
  await into.insert('phone_user', [
    { id: 0, name: 'Владелец', flags: '13', running: 1 },
    { id: 10, name: 'Work', flags: '30', running: 0 },
  ]);
  await into.insert('property', properties(serial));
  await into.insert('finding', findingRows(volume));
  await into.insert('warning', warningRows(64));
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

function batch(id: number, kind: string, at: number, serial: string | null, before: number | null, after: number | null) {
  return {
    id, kind, started_at: isoOf(at), finished_at: isoOf(at + 341_204_118), state: 'complete', serial, profile: serial === null ? null : 'full',
    offset_before_ms: before, offset_before_error_ms: before === null ? null : 3.4, offset_after_ms: after, offset_after_error_ms: after === null ? null : 2.9, missing: '[]',
  };
}

function network(id: number, type: string, name: string, roaming: number) {
  return { id, key: `${type} ${name}`, type, name, operator: null, rat: null, roaming, metered: 0, vpn: 0, default_network: 1, said: '[]' };
}

function seriesRow(id: number, uid: number, networkId: number, foreground: number, countedAs: string | null) {
  return {
    id, key: id, section: 3, snapshot: 0, part: 'complete', recorder: 'uid', history: 'complete', network: networkId, uid, user: Math.max(0, Math.floor(uid / 100_000)),
    counter_set: foreground === 1 ? 'foreground' : 'default', foreground, tag: 0, bucket_us: 2 * HOUR, counted_as: countedAs,
  };
}

function volumeRow(id: number, series: number, at: number, sent: number, received: number, counted: number, line: number) {
  return { id, series, from_us: at, to_us: at + 2 * HOUR, sent, received, sent_packets: 1 + Math.floor(sent / 900), received_packets: 1 + Math.floor(received / 1200), counted, superseded: 0, line, offset: line * 61 };
}

const steps = ['date', 'getprop', 'dumpsys netstats', 'dumpsys package', 'pm list packages', 'pm list users', 'settings list global', 'dumpsys connectivity', 'dumpsys netpolicy', 'cat /proc/net/tcp6'];

function evidenceRows(count: number, end: number): Rows {
  return Array.from({ length: count }, (_, index) => {
    const step = steps[index % steps.length]!;
    const state = index % 17 === 8 ? 'refused' : index % 19 === 12 ? 'timed out' : index % 23 === 15 ? 'unavailable' : 'complete';
    const file = index >= count * 0.9;
    return {
      id: `E${index + 1}`, ordinal: index + 1, batch: file ? 3 : index < count / 2 ? 1 : 2, sha256: createHash('sha256').update(String(index)).digest('hex'), bytes: state === 'complete' ? 900 + index ** 4 * 7 : 41,
      name: file ? `export/2026-02/netstats/uid.${1_770_000_000_000 + index}-` : step,
      origin: JSON.stringify(file ? { kind: 'file', path: `export/2026-02/netstats/uid.${1_770_000_000_000 + index}-` } : { kind: 'command', step, command: step.startsWith('dumpsys') ? `${step.replace('dumpsys', 'dumpsys -t 120')} --full --uid --tag` : step, stream: index % 13 === 7 ? 'stderr' : 'stdout', user: null }),
      state, exit: file ? null : state === 'complete' ? 0 : 255, host_before: isoOf(end + index * 2_031_337), host_after: isoOf(end + index * 2_031_337 + 1_440_201), offset_ms: file ? null : -1204.1, offset_error_ms: file ? null : 3.1,
    };
  });
}

function sectionRows(count: number): Rows {
  return Array.from({ length: count }, (_, index) => ({
    id: index + 1, evidence: `E${index + 1}`, name: steps[index % steps.length]!, member: null, first_line: 1, offset: 0, length: 4000, artifact: index % 5 === 4 ? null : 'netstats-text', records: 10, warnings: 0, cut: 0,
  }));
}

function properties(serial: string): Rows {
  const said: Readonly<Record<string, string>> = {
    'ro.product.manufacturer': 'Xiaomi', 'ro.product.brand': 'Redmi', 'ro.product.marketname': 'Redmi Note 13 Pro', 'ro.product.model': '2312DRA50G', 'ro.product.device': 'garnet',
    'ro.serialno': serial, 'ro.build.version.release': '14', 'ro.build.version.sdk': '34', 'ro.build.version.security_patch': '2025-12-01',
    'ro.build.fingerprint': 'Redmi/garnet_global/garnet:14/UKQ1.231003.002/V816.0.5.0.UNRMIXM:user/release-keys', 'ro.mi.os.version.name': 'OS1.0', 'persist.sys.timezone': 'Asia/Kolkata',
  };
  return Object.entries(said).map(([key, value], index) => ({ id: index + 1, section: 2, line: 31 + index * 7, key, value }));
}

function findingRows(volume: Rows): Rows {
  const largest = [...volume].filter((row) => row.counted === 1).sort((a, b) => Number(b.sent) - Number(a.sent));
  const events = (from: number, count: number) => JSON.stringify(largest.slice(from, from + count).map((row) => `v${row.id}`));
  const plain = { rule: 'night-traffic', text: 'Of the bytes that this app sent, 61.2 % were counted between 00:00 and 06:00 of the phone’s zone, on 38 of 45 nights.', limits: 'Night is a time of day, not a state of the owner. Synchronisation and updates are commonly done at night.' };
  return [
    { ...plain, id: 1, key: 'night:10053', title: 'Mostly sent at night: मेरा स्वास्थ्य', state: 'open', uid: 10_052, events: events(0, 14) },
    { ...plain, id: 2, key: 'burst:10051', title: 'One interval far above the usual: 微信输入法', state: 'accepted', uid: 10_051, events: events(20, 3) },
    { ...plain, id: 3, rule: null, key: 'own', title: 'Traffic of Mi Cloud after 2026-02-01', state: 'rejected', uid: null, events: '[]' },
  ];
}

function warningRows(count: number): Rows {
  return Array.from({ length: count }, (_, index) => ({
    id: index + 1, evidence: `E${3 + 10 * (index % 3)}`, section: 'dumpsys netstats', line: 812 + index * 31, offset: 81_200 + index * 977,
    text: `      st=17689${index}0000 rb=18446744073709551615 rp=1 tb=-1 tp=1 op=0`, reason: index % 4 === 0 ? 'A key of the line is not known to this program; it was kept.' : 'The number of received bytes is larger than a counter can be; the bucket was left out.',
  }));
}
