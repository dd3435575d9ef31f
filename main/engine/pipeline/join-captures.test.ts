import { afterEach, beforeEach, expect, test } from 'vitest';
import { type MemoryCase, memoryCase } from '../../../test/support/memory-case.ts';
import type { SqlValue, WriteCase } from '../ports/case-handle.ts';
import { joinCaptures } from './join-captures.ts';

const S = 1_000_000;
const t0 = Date.UTC(2026, 0, 5, 12) * 1000;
const phone = '192.168.1.20';
const server = '203.0.113.9';

let memory: MemoryCase;
let written: string[];
beforeEach(async () => {
  memory = await memoryCase();
  written = [];
});
afterEach(() => memory.close());

const writeCase = (): WriteCase => ({
  ...memory,
  run: async (sql, params) => {
    written.push(sql);
    await memory.run(sql, params);
  },
  load: async (table, columns, rows) =>
    memory.insert(
      table,
      rows.map((row) => Object.fromEntries(columns.map((column, at) => [column, row[at] ?? null]))),
    ),
});

/** A capture of an hour from t0: streamed from the phone, or a file from elsewhere. */
async function layCapture(origin: 'phone' | 'file' = 'phone', section = 1): Promise<void> {
  const said =
    origin === 'phone'
      ? { kind: 'command', step: 'packets', command: 'tcpdump -i any -w -', stream: 'stdout', user: null }
      : { kind: 'file', path: 'a.pcap' };
  await memory.insert('evidence', [
    {
      id: `E${section}`,
      ordinal: section,
      batch: 1,
      sha256: '',
      bytes: 1,
      name: 'a',
      origin: JSON.stringify(said),
      state: 'complete',
      host_before: '',
      host_after: '',
    },
  ]);
  await memory.insert('section', [
    {
      id: section,
      evidence: `E${section}`,
      name: 'packet capture',
      offset: 0,
      length: 1,
      artifact: 'packet-capture',
      records: 1,
      warnings: 0,
      cut: 0,
    },
  ]);
  await memory.insert('property', [{ id: section, section, key: 'capture span', value: `${t0} ${t0 + 3600 * S}` }]);
}

const base = {
  section: 1,
  open_start: 0,
  open_end: 0,
  protocol: 'tcp',
  local_ip: phone,
  local_port: 40_001,
  remote_ip: server,
  remote_port: 443,
  error_us: null as SqlValue,
  uid: null as SqlValue,
  host: null as SqlValue,
  host_from: null as SqlValue,
};
type Change = Readonly<Record<string, SqlValue>>;
const flow = (id: number, from: number, to: number, change: Change = {}) =>
  memory.insert('contact', [
    { ...base, id, source: 'capture', from_us: t0 + from * S, to_us: t0 + to * S, sent: 1, received: 1, ...change },
  ]);
const socket = (id: number, uid: number | null, from: number, to: number, change: Change = {}) =>
  memory.insert('contact', [
    {
      ...base,
      id,
      source: 'sockets',
      section: 9,
      uid,
      error_us: S,
      from_us: t0 + from * S,
      to_us: t0 + to * S,
      ...change,
    },
  ]);
const answer = (id: number, name: string, at: number, client = phone) =>
  memory.insert('lookup', [
    {
      id,
      section: 1,
      from_us: t0 + at * S,
      client_ip: client,
      server_ip: '192.168.1.1',
      name,
      type: 'A',
      is_response: 1,
      code: 0,
      answers: JSON.stringify([
        { name, type: 'CNAME', value: 'cdn.example' },
        { name: 'cdn.example', type: 'A', value: server },
      ]),
    },
  ]);

const owners = () => memory.all('SELECT contact, uid, how, confidence FROM flow_app ORDER BY id');
const names = () => memory.all('SELECT contact, host, how, confidence FROM contact_name ORDER BY id');

test('without a capture nothing is written', async () => {
  await socket(1, 10_001, 0, 10);
  await joinCaptures(writeCase());
  expect(written).toEqual([]);
});

test('a flow has the owner of the socket with the same ends at the same time, and of no other', async () => {
  await layCapture();
  await flow(1, 10, 20);
  await flow(2, 10, 20, { local_port: 40_002 });
  await flow(3, 10, 20, { protocol: 'udp' });
  await flow(4, 10, 20, { local_ip: '192.168.1.21' });
  await socket(11, 10_001, 10, 20);
  // The same ends an hour later, and a socket of which the kernel no longer says whose it is.
  await socket(12, 10_002, 3600, 3610);
  await socket(13, null, 10, 20, { local_port: 40_002 });
  await joinCaptures(writeCase());
  expect(await owners()).toEqual([{ contact: 1, uid: 10_001, how: 'same connection', confidence: 'high' }]);
});

test('where two apps had these ends within one flow, both stand and neither is certain', async () => {
  await layCapture();
  await flow(1, 10, 60);
  await socket(11, 10_001, 10, 20);
  await socket(12, 10_002, 40, 60);
  await joinCaptures(writeCase());
  expect(await owners()).toEqual([
    { contact: 1, uid: 10_001, how: 'same connection', confidence: 'medium' },
    { contact: 1, uid: 10_002, how: 'same connection', confidence: 'medium' },
  ]);
});

test('a flow whose ends were taken the wrong way round finds its socket', async () => {
  await layCapture();
  await flow(1, 10, 20, { local_ip: '2001:db8::9', local_port: 443, remote_ip: '2001:db8:1::5', remote_port: 40_001 });
  await socket(11, 10_001, 10, 20, { local_ip: '2001:db8:1::5', remote_ip: '2001:db8::9' });
  await joinCaptures(writeCase());
  expect(await owners()).toMatchObject([{ contact: 1, uid: 10_001, confidence: 'high' }]);
});

test('a capture of another clock is set against the phone’s by its connections; where nothing tells it no owner is certain', async () => {
  await layCapture('file');
  // The phone's clock is 100 s ahead: connections of three seconds that looks bound to a second.
  for (const [n, at] of [10, 30, 50].entries()) {
    await flow(n + 1, at, at + 3, { local_port: 41_000 + n });
    await socket(n + 11, 10_001, at + 100.4, at + 102.9, { local_port: 41_000 + n });
  }
  await joinCaptures(writeCase());
  const [clock] = await memory.all<{ offset_us: number; error_us: number }>('SELECT * FROM capture');
  expect(clock).toMatchObject({ clock: 'sockets', compared: 3, agreeing: 3 });
  expect(Math.abs(clock!.offset_us - 100 * S)).toBeLessThanOrEqual(clock!.error_us);
  expect(clock!.error_us).toBeLessThan(2 * S);
  expect(await owners()).toMatchObject([1, 2, 3].map((contact) => ({ contact, uid: 10_001, confidence: 'high' })));

  await memory.run(
    `UPDATE contact SET open_start = 1, open_end = 1, from_us = from_us - ${100 * S}, to_us = to_us - ${100 * S} WHERE source = 'sockets'`,
  );
  await joinCaptures(writeCase());
  expect(await memory.all('SELECT offset_us, clock FROM capture')).toEqual([{ offset_us: null, clock: null }]);
  expect(await owners()).toMatchObject([1, 2, 3].map((contact) => ({ contact, confidence: 'medium' })));
});

test('sockets get the name that their own packets say; else those that the phone looked up before, marked as such', async () => {
  await layCapture();
  await flow(1, 10, 20, { host: 'said.example', host_from: 'tls' });
  await socket(11, 10_001, 10, 20);
  await answer(1, 'before.example', 95);
  await answer(2, 'neighbour.example', 98, '192.168.1.77');
  await answer(3, 'after.example', 130);
  await socket(12, 10_001, 100, 110, { local_port: 40_009 });
  await joinCaptures(writeCase());
  expect(await names()).toEqual([
    { contact: 11, host: 'said.example', how: 'same connection', confidence: 'high' },
    { contact: 12, host: 'before.example', how: 'look-up before', confidence: 'low' },
    { contact: 12, host: 'said.example', how: 'other flow', confidence: 'low' },
  ]);
  expect(await memory.all('SELECT DISTINCT host, uid FROM contact WHERE id > 10')).toEqual([
    { host: null, uid: 10_001 },
  ]);
});

test('a capture that gives other names to the phone’s uids may be of another phone, and that is said', async () => {
  await layCapture('file');
  await flow(1, 10, 20, { uid: 10_107 });
  const app = (uid: number, name: string) =>
    memory.insert('app', [{ uid, user: 0, name, kind: 'user', packages: JSON.stringify([`org.example.${name}`]) }]);
  await app(10_107, 'chat');
  const said = (id: number, uid: number, text: string) =>
    memory.insert('property', [{ id, section: 1, key: `capture app ${uid}`, value: text }]);
  await said(10, 10_107, 'org.example.chat Chat');
  const warnings = () => memory.all(`SELECT evidence FROM warning WHERE reason LIKE '%another phone%'`);
  await joinCaptures(writeCase());
  expect(await memory.all('SELECT made, apps_same, apps_other FROM capture')).toEqual([
    { made: 'pcapdroid', apps_same: 1, apps_other: 0 },
  ]);
  expect(await warnings()).toEqual([]);
  for (const [n, uid] of [10_200, 10_201].entries()) {
    await app(uid, `mail${n}`);
    await said(20 + n, uid, `com.example.other${n} Other`);
  }
  await joinCaptures(writeCase());
  await joinCaptures(writeCase());
  expect(await memory.all('SELECT apps_same, apps_other FROM capture')).toEqual([{ apps_same: 1, apps_other: 2 }]);
  expect(await warnings()).toEqual([{ evidence: 'E1' }]);
});

test('done again it gives the same rows, and once the capture is gone none', async () => {
  await layCapture();
  await flow(1, 10, 20, { host: 'said.example', host_from: 'tls' });
  await socket(11, 10_001, 10, 20);
  const all = async () => [await owners(), await names(), await memory.all('SELECT * FROM capture')];
  await joinCaptures(writeCase());
  const first = await all();
  await joinCaptures(writeCase());
  expect(await all()).toEqual(first);
  await memory.run(`DELETE FROM section WHERE id = 1`);
  await joinCaptures(writeCase());
  expect(await all()).toEqual([[], [], []]);
});
