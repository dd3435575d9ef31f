import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  type Ends,
  ethernet,
  option,
  pcap,
  pcapng,
  tcp,
  udp,
} from '../../main/engine/parse/captures/testing/capture-writer.ts';
import { buildBugreport, createWorld } from '../../main/practice/index.ts';
import { pcapdroidCapture } from '../../main/practice/render/pcapdroid.ts';
import { HOUR, isoOf, MINUTE, SECOND } from '../../shared/base/time.ts';
import { emptyCaseInfo } from '../../shared/types/case.ts';
import { temporaryFolder, testEngine, work } from '../support/engine.ts';
import { netstatsText } from '../support/small-dump.ts';

/** Four buckets of two hours of one app; in each it sent 1000 bytes and received 2000, or a few more. */
const firstSecond = 1_760_767_200;
const history = netstatsText({ uid: 10_107, buckets: 4, firstSecond });
const startUs = firstSecond * 1_000_000;
const server = '203.0.113.9';

/** A question for the time by a clock (RFC 5905, figure 8): mode 3, transmit timestamp in its last eight bytes. */
function timeAsked(clockUs: number): Buffer {
  const bytes = Buffer.alloc(48);
  bytes[0] = (4 << 3) | 3;
  bytes.writeUInt32BE(Math.floor(clockUs / 1e6) + 2_208_988_800, 40);
  bytes.writeUInt32BE(Math.floor(((clockUs % 1e6) / 1e6) * 2 ** 32), 44);
  return bytes;
}

async function caseOf(folder: string, files: Readonly<Record<string, string | Uint8Array>>) {
  const paths = Object.keys(files).map((name) => join(folder, name));
  for (const [at, bytes] of Object.values(files).entries()) await writeFile(paths[at]!, bytes);
  const open = await testEngine().createCase(join(folder, 'case'), emptyCaseInfo);
  for (const path of paths) expect((await open.importFiles([path], work())).failures).toEqual([]);
  return open;
}

test('a capture through a VPN on the phone is said with it, with the phone’s own account of that time, and once as a warning', async () => {
  await using folder = await temporaryFolder();
  const ends: Ends = { from: '10.215.173.1', to: server, fromPort: 40_001, toPort: 443 };
  const options = option(1, Buffer.from('u-10107'));
  const at = startUs + HOUR;
  const frames = [0, 30].map((seconds) => ({ atUs: at + seconds * SECOND, bytes: tcp(ends), options }));
  const open = await caseOf(folder.path, {
    'a.pcapng': pcapng(frames),
    'netstats.txt': history,
    'again.txt': netstatsText({ uid: 10_108, buckets: 1, firstSecond: firstSecond + 90_000 }),
  });
  const told = (await open.warnings(50, 0)).filter(({ reason }) => reason.includes('through a VPN on the phone'));
  expect(told).toHaveLength(1);
  const { coverage } = await open.overview(100);
  expect(coverage.filter(({ source }) => source === 'packet capture')).toEqual([
    { source: 'packet capture', fromUs: at, toUs: at + 30 * SECOND, evidence: 'E1' },
  ]);
  const { events } = await open.events({}, 50, 0);
  const limits = await Promise.all(
    events
      .filter(({ kind }) => kind === 'volume')
      .map(async ({ id }) => (await open.eventDetail(id)).doesNotProve.some((one) => one.includes('through a VPN'))),
  );
  expect(limits).toEqual([true, false, false, false, false]);
  const [contact] = events.filter(({ kind }) => kind === 'contact');
  expect(contact).toMatchObject({ uid: 10_107 });
  expect(contact?.correlated?.apps).toEqual([]);
  expect(contact?.network).toBeNull();
  expect(contact?.correlated?.networks).toMatchObject([
    { type: 'wifi', name: 'Home', how: 'one network of the app', confidence: 'medium' },
  ]);
  const { notCounted } = await open.eventDetail(contact!.id);
  expect(notCounted).toContain('PCAPdroid made it on a phone, so its times are taken as the phone’s clock.');
  expect(notCounted).toContain('that it is of this phone is assumed: nothing of it could be checked.');
  expect(await open.verify(work())).toMatchObject({ ok: true });
  await open.close();
});

test('a practice phone’s PCAPdroid capture is known as one through its VPN, and as of this phone by its apps', async () => {
  await using folder = await temporaryFolder();
  const nowUs = Date.UTC(2026, 2, 1, 12) * 1000;
  const world = createWorld({ seed: 7, android: 14, maker: 'xiaomi', nowUs, days: 2 });
  const report = await buildBugreport(world);
  const open = await caseOf(folder.path, {
    'report.txt': report.text,
    'a.pcap': pcapdroidCapture(world, nowUs - 60 * SECOND, nowUs),
  });
  const { events } = await open.events({ kind: 'contact' }, 500, 0);
  const flows = events.filter(({ uid }) => uid !== null);
  expect(flows.length).toBeGreaterThan(5);
  const { notCounted } = await open.eventDetail(flows[0]!.id);
  expect(notCounted).toMatch(
    /of the apps that it names, [1-9]\d* have that name and uid on this phone, and 0 have not/,
  );
  const reasons = (await open.warnings(500, 0))
    .map(({ reason }) => reason)
    .filter((one) => one.includes('This capture'));
  expect(reasons).toEqual([expect.stringContaining('through a VPN on the phone')]);
  await open.close();
});

const gateway = '192.168.1.20';

/** A gateway's capture: the phone's clock is 5 s ahead, as its question for the time shows, and one flow with so many bytes. */
function seen(atUs: number, bytes: number, from = gateway): Buffer {
  const asked: Ends = { from: gateway, to: '192.0.2.123', fromPort: 40_100, toPort: 123 };
  const out: Ends = { from, to: server, fromPort: 40_200, toPort: 443 };
  return pcap([
    { atUs: atUs - SECOND, bytes: ethernet(udp(asked, timeAsked(atUs + 4 * SECOND))) },
    { atUs, bytes: ethernet(tcp(out, new Uint8Array(bytes))) },
  ]);
}

async function onlySender(capture: Buffer) {
  await using folder = await temporaryFolder();
  const open = await caseOf(folder.path, { 'gateway.pcap': capture, 'netstats.txt': history });
  const { events } = await open.events({ kind: 'contact', host: server }, 10, 0);
  const [event] = events;
  const detail = await open.eventDetail(event!.id);
  await open.close();
  return { event: event!, detail };
}

test('a flow of the phone at a time when its history knows one app only may be of that app: weak, beside what the capture says', async () => {
  const { event, detail } = await onlySender(seen(startUs + 3 * HOUR, 300));
  expect(event.uid).toBeNull();
  expect(event.correlated?.apps).toMatchObject([{ uid: 10_107, how: 'only sender', confidence: 'low' }]);
  expect(event.from).toBe(isoOf(startUs + 3 * HOUR));
  expect(event.network).toBeNull();
  expect(event.correlated?.networks).toMatchObject([{ how: 'one network of the app', confidence: 'low' }]);
  expect(detail.labels).toMatchObject([
    { kind: 'app', confidence: 'low', source: 'correlation: only sender' },
    { kind: 'network', confidence: 'low', source: 'correlation: one network of the app' },
  ]);
  expect(detail.notCounted).toContain(
    'The capture’s clock stood 5.00 s behind the phone’s, ± 0.25 s, by questions of the phone for the time, which carry its clock. 1 of 1 flows that could tell fit that.',
  );
});

test('it is nobody’s where the bytes do not fit, at the edge of the history, and where the addresses are of several machines', async () => {
  const many = await onlySender(seen(startUs + 3 * HOUR, 1400 * 10));
  expect(many.event.correlated?.apps).toEqual([]);
  expect(many.event.correlated?.networks).toMatchObject([{ how: 'one network of the phone', confidence: 'low' }]);
  const edge = await onlySender(seen(startUs + 8 * HOUR - 20 * MINUTE, 300));
  expect(edge.event.correlated?.apps).toEqual([]);
  const other = await onlySender(seen(startUs + 3 * HOUR, 300, '192.168.1.21'));
  expect(other.event.correlated).toBeUndefined();
  expect(other.detail.notCounted).toContain('Nothing tells how the capture’s clock stood against the phone’s');
});
