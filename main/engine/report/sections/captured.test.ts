import { afterAll, beforeAll, expect, it } from 'vitest';
import { type MemoryCase, memoryCase } from '../../../../test/support/memory-case.ts';
import { capturedWording } from '../captured-wording.ts';
import { contactWording } from '../contact-wording.ts';
import { evenLetters } from '../fixtures/letters.ts';
import { fillSample, reportDataOf, start } from '../fixtures/sample-case.ts';
import { makeDocument } from '../make-document.ts';

let sample: MemoryCase;
beforeAll(async () => {
  sample = await memoryCase();
  await fillSample(sample, { apps: 3, days: 2, evidence: 3 });
  const [{ evidence }] = (await sample.all<{ evidence: string }>('SELECT evidence FROM section WHERE id = 2')) as [
    { evidence: string },
  ];
  const section = { id: 900, evidence, name: 'packet capture', member: 'gateway.pcap', first_line: null, offset: 0 };
  await sample.insert('section', [
    { ...section, length: 1, artifact: 'packet-capture', records: 3, warnings: 1, cut: 0 },
  ]);
  const property = (id: number, key: string, value: string) => ({ id, section: 900, line: null, key, value });
  await sample.insert('property', [
    property(9001, 'capture form', 'pcap'),
    property(9002, 'capture packets', '12'),
    property(9003, 'capture span', `${start} ${start + 60e6}`),
  ]);
  await sample.insert('warning', [
    { id: 9001, evidence, section: 'packet capture', line: null, offset: 0, text: null, reason: 'Odd frames: 3.' },
  ]);
  const contact = (id: number, host: string | null, change: object = {}) => ({
    id,
    section: 900,
    source: 'capture',
    uid: null,
    from_us: start + id * 1e6,
    to_us: start + id * 1e6 + 1,
    error_us: null,
    open_start: 0,
    open_end: 0,
    protocol: 'tcp',
    remote_ip: '192.0.2.7',
    remote_port: 443,
    host,
    host_from: host === null ? null : 'tls',
    sent: 1000,
    received: 500,
    ...change,
  });
  await sample.insert('contact', [
    contact(1, 'api.example.org'),
    contact(2, 'API.example.org', { remote_ip: '192.0.2.8', host_from: 'quic' }),
    contact(3, null),
    contact(4, 'asked.example.org', { remote_ip: '192.0.2.53', host_from: 'dns' }),
  ]);
  const imei = JSON.stringify([{ kind: 'IMEI', value: '358240051111110', key: 'imei' }]);
  const flow = (id: number, personal: string | null) => ({
    id,
    opened_by_phone: 1,
    service: 'HTTP',
    encrypted_hello: 0,
    personal,
    app: id === 3 ? 'Weather' : null,
  });
  await sample.insert('flow', [flow(1, imei), flow(2, imei), flow(3, null)]);
  const owner = (id: number, of: number, uid: number, how: string, confidence: string) => ({
    id,
    contact: of,
    uid,
    how,
    confidence,
    why: 'why',
  });
  await sample.insert('flow_app', [
    owner(1, 1, 19_999, 'same connection', 'high'),
    owner(2, 2, 19_999, 'same connection', 'high'),
    owner(3, 3, 19_998, 'only sender', 'low'),
  ]);
});
afterAll(() => sample.close());

it('sums captured contacts by host and app, the most bytes first; a name that was asked for is no host', async () => {
  const { captured, contacts } = await reportDataOf(sample);
  expect(contacts.total).toBe(0);
  expect(captured).toMatchObject({ contacts: 4, sent: 4000, received: 2000, more: 0 });
  expect(captured.rows.map((row) => [row.host, row.ip, row.ipsMore, row.contacts, row.hostFrom])).toEqual([
    ['api.example.org', '192.0.2.7', 1, 2, ['quic', 'tls']],
    [null, '192.0.2.53', 0, 1, []],
    [null, '192.0.2.7', 0, 1, []],
  ]);
  expect(captured.rows[2]?.capturedApp).toBe('Weather');
  expect(captured.captures).toMatchObject([
    { name: 'gateway.pcap', form: 'pcap', packets: 12, fromUs: start, toUs: start + 60e6, notRead: ['Odd frames: 3.'] },
  ]);
});

it('tells whose they may be beside what the capture says, with its words and its confidence', async () => {
  const data = await reportDataOf(sample);
  expect(data.captured.rows.map(({ owners }) => owners)).toEqual([
    [{ uid: 19_999, app: null, how: 'same connection', confidence: 'high', contacts: 2 }],
    [],
    [{ uid: 19_998, app: null, how: 'only sender', confidence: 'low', contacts: 1 }],
  ]);
  const text = JSON.stringify(makeDocument(data, { date: '2026-03-02' }, evenLetters));
  const ways = capturedWording.ways;
  expect(text).toContain(`by correlation uid 19999: ${ways['same connection']}, confidence high, 2 contacts`);
  expect(text).toContain(`by correlation uid 19998: ${ways['only sender']}, confidence low, 1 contact`);
  // What the capture says stays where it stood.
  expect(text).toContain('Weather');
});

it('lists what was said in the clear once, masked: the value itself stands nowhere in the report', async () => {
  const data = await reportDataOf(sample);
  expect(data.captured.personal).toMatchObject([
    { kind: 'IMEI', key: 'imei', masked: '358*********110', host: 'api.example.org', contacts: 2, event: 'c1' },
  ]);
  const text = JSON.stringify(makeDocument(data, { date: '2026-03-02' }, evenLetters));
  expect(text).toContain('358*********110');
  expect(text).not.toContain('358240051111110');
  for (const said of [contactWording.noLooks, capturedWording.proves, capturedWording.clearIntro, 'Odd frames: 3.'])
    expect(text).toContain(said);
});
