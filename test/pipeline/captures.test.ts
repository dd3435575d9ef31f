import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import {
  clientHello,
  dns,
  type Ends,
  ethernet,
  pcap,
  records,
  tcp,
  udp,
} from '../../main/engine/parse/captures/testing/capture-writer.ts';
import { emptyCaseInfo } from '../../shared/types/case.ts';
import { temporaryFolder, testEngine, work } from '../support/engine.ts';

const start = Date.UTC(2026, 0, 5, 12) * 1000;
const phone = '192.168.1.20';
const server = '203.0.113.9';
const out: Ends = { from: phone, to: server, fromPort: 40_001, toPort: 443 };
const back: Ends = { from: server, to: phone, fromPort: 443, toPort: 40_001 };
const asked: Ends = { from: phone, to: '192.168.1.1', fromPort: 5000, toPort: 53 };
const answered: Ends = { from: '192.168.1.1', to: phone, fromPort: 53, toPort: 5000 };
const packets = [
  udp(asked, dns('api.example.org', 1)),
  udp(answered, dns('api.example.org', 1, { addresses: [server] })),
  tcp(out, records(clientHello({ name: 'api.example.org', alpn: ['h2'] })), 2),
  tcp(back, new Uint8Array(500), 10),
  tcp({ ...out, fromPort: 40_002, toPort: 5222 }),
];
const frames = packets.map((packet, n) => ({ atUs: start + n * 1_000_000, bytes: ethernet(packet) }));

test('a capture becomes contacts and look-ups that a click can follow, and the case derives them anew alike', async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'gateway.pcap.gz');
  await writeFile(path, gzipSync(pcap(frames)));
  const open = await testEngine().createCase(join(folder.path, 'case'), emptyCaseInfo);
  const imported = await open.importFiles([path], work());
  expect(imported).toMatchObject({ failures: [], warnings: 0 });
  expect(imported.evidence[0]!.sections).toEqual(['packet capture']);

  const { events } = await open.events({}, 100, 0);
  const contacts = events.filter(({ kind }) => kind === 'contact');
  expect(
    contacts.map(({ remote, sent, received }) => [
      remote?.ip,
      remote?.port,
      remote?.host,
      remote?.hostFrom,
      sent,
      received,
    ]),
  ).toEqual([
    ['192.168.1.1', 53, 'api.example.org', 'dns', frames[0]!.bytes.length, frames[1]!.bytes.length],
    [server, 443, 'api.example.org', 'tls', frames[2]!.bytes.length, frames[3]!.bytes.length],
    [server, 5222, 'api.example.org', 'look-up before', frames[4]!.bytes.length, 0],
  ]);
  const lookUps = events.filter(({ kind }) => kind === 'lookup');
  expect(lookUps.map(({ remote }) => remote?.host)).toEqual(['api.example.org', 'api.example.org']);
  expect(await open.summary()).toMatchObject({ events: { contact: 3, lookup: 2, volume: 0 }, hosts: 2 });
  expect((await open.summary()).bytes).toEqual({ sent: 0, received: 0 });

  const tls = await open.eventDetail(contacts[1]!.id);
  expect(tls.artifact).toBe('Packet capture');
  expect(tls.notCounted).toMatch(/enter no sum of the phone’s own counters.*Recognised as TLS\..*JA4.*t13d/s);
  expect(tls.raw.lines.some(({ hit }) => hit)).toBe(true);
  const answer = await open.eventDetail(lookUps[1]!.id);
  expect(answer.notCounted).toContain(`192.168.1.1 answered ${phone} on api.example.org (A): ${server}.`);

  const filtered = await open.events({ kind: 'contact', host: 'api.example.org', minBytes: 500 }, 10, 0);
  expect(filtered.events.map(({ id }) => id)).toEqual([contacts[1]!.id]);
  const window = await open.window({
    by: 'app',
    fromUs: start - 1,
    toUs: start + 10_000_000,
    buckets: 1000,
    filter: {},
  });
  expect(
    window.lanes.map(({ name, contacts: marks }) => [name, marks?.count.reduce((sum, one) => sum + one, 0)]),
  ).toEqual([['Unknown app', 3]]);

  const rebuilt = await open.rebuild(work());
  expect(rebuilt.events).toBe(imported.events);
  expect((await open.events({}, 100, 0)).events).toEqual(events);
  expect(await open.verify(work())).toMatchObject({ ok: true });
  await open.close();
});

test('a capture that is cut in a packet gives all before it, and says where', async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'cut.pcap');
  await writeFile(path, pcap(frames).subarray(0, -10));
  const open = await testEngine().createCase(join(folder.path, 'case'), emptyCaseInfo);
  const imported = await open.importFiles([path], work());
  expect(imported.warnings).toBe(1);
  const [warning] = await open.warnings(10, 0);
  const whole = pcap(frames.slice(0, -1)).length;
  expect(warning).toMatchObject({ section: 'packet capture', offset: whole });
  expect((await open.summary()).events.contact).toBe(2);
  await open.close();
});
