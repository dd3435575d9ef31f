import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
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
import { isoOf } from '../../shared/base/time.ts';
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

  expect((await open.evidence())[0]?.captures).toEqual([
    {
      name: 'gateway.pcap',
      form: 'pcap',
      packets: packets.length,
      first: isoOf(start),
      last: isoOf(start + (packets.length - 1) * 1_000_000),
      links: [1],
      unread: 0,
    },
  ]);
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
  expect(tls.notCounted).toMatch(/enter no sum of the phone’s own counters/);
  expect(tls.flow).toMatchObject({ service: 'TLS', alpn: ['h2'], openedByPhone: true, local: `${phone}:40001` });
  expect(tls.flow?.ja4).toMatch(/^t13d/);
  expect(tls.flow?.communityId).toMatch(/^1:/);
  expect(tls.raw.lines.some(({ hit }) => hit)).toBe(true);
  const answer = await open.eventDetail(lookUps[1]!.id);
  expect(answer.lookUp).toEqual({
    name: 'api.example.org',
    type: 'A',
    client: phone,
    server: '192.168.1.1',
    answered: true,
    code: 0,
    answers: [{ name: 'api.example.org', type: 'A', value: server }],
  });

  const byHost = await open.window({ by: 'host', fromUs: start, toUs: start + 9e6, buckets: 100, filter: {} });
  expect(byHost.lanes.map(({ name, events: count }) => [name, count])).toEqual([
    ['api.example.org', 2],
    // The name that it was asked for is not its own.
    ['192.168.1.1', 1],
  ]);
  const hosts = await open.hosts();
  expect(hosts.map(({ host, addresses, contacts: count, lookUps: asked }) => [host, addresses, count, asked])).toEqual([
    ['api.example.org', [server], 2, 2],
    [null, ['192.168.1.1'], 1, 0],
  ]);
  expect(hosts[0]).toMatchObject({ hostFrom: ['look-up before', 'tls'], ports: ['tcp/443', 'tcp/5222'], apps: [] });

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

test('a capture packed with zstd is read like any other, down to the bytes of its first packet', async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'gateway.pcap.zst');
  const bytes = pcap(frames);
  await writeFile(
    path,
    Buffer.concat([zstdCompressSync(bytes.subarray(0, 300)), zstdCompressSync(bytes.subarray(300))]),
  );
  const open = await testEngine().createCase(join(folder.path, 'case'), emptyCaseInfo);
  const imported = await open.importFiles([path], work());
  expect(imported).toMatchObject({ failures: [], warnings: 0 });
  const { events } = await open.events({ kind: 'contact' }, 10, 0);
  expect(events.map(({ remote }) => remote?.port)).toEqual([53, 443, 5222]);
  const { raw } = await open.eventDetail(events[0]!.id);
  expect(raw.lines.find(({ hit }) => hit)?.text).toContain('00000010');
  await open.close();
});

test('what may identify somebody in the clear is masked in every text, and shown whole when asked for', async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'clear.pcap');
  const request =
    'GET /r?imei=358240051111110&mail=someone%40example.org HTTP/1.1\r\nHost: stat.example.org\r\nUser-Agent: App/1\r\n\r\n';
  const bytes = ethernet(tcp({ ...out, toPort: 80 }, new TextEncoder().encode(request), 2));
  await writeFile(path, pcap([{ atUs: start, bytes }]));
  const open = await testEngine().createCase(join(folder.path, 'case'), emptyCaseInfo);
  await open.importFiles([path], work());
  const { id } = (await open.events({ kind: 'contact' }, 1, 0)).events[0]!;
  const { flow } = await open.eventDetail(id);
  expect(flow).toMatchObject({ service: 'HTTP', userAgent: 'App/1', masked: true });
  expect(flow?.personal).toEqual([
    { kind: 'IMEI', value: '358*********110', key: 'imei' },
    { kind: 'e-mail address', value: 'som************org', key: null },
  ]);
  expect(JSON.stringify(flow)).not.toMatch(/358240051111110|someone/);
  const shown = (await open.eventDetail(id, true)).flow;
  expect(shown?.personal.map(({ value }) => value)).toEqual(['358240051111110', 'someone@example.org']);
  expect(shown?.requests).toEqual(['GET stat.example.org/r?imei=358240051111110&mail=someone%40example.org']);
  await open.close();
});
