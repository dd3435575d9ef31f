import { describe, expect, it } from 'vitest';
import { findPersonal } from './personal.ts';
import { type Ends, ethernet, pcap, tcp, udp } from './testing/capture-writer.ts';
import { readWhole } from './testing/read-whole.ts';

const found = (text: string) => findPersonal(text).map(({ kind, value }) => `${kind} ${value}`);

describe('what may identify somebody', () => {
  it.each([
    ['{"imei":"490154203237518"}', 'IMEI 490154203237518'],
    ['data=%7B%22imei%22%3A%22490154203237518%22%7D', 'IMEI 490154203237518'],
    ['deviceid: 490154203237518', 'IMEI 490154203237518'],
    ['q=861234567890127&x=1', 'IMEI 861234567890127'],
    ['mail=jane.doe%2Bx%40mail.example.org', 'e-mail address jane.doe+x@mail.example.org'],
    ['q=email%3Djane%40example.org', 'e-mail address jane@example.org'],
    ['To: Jane <jane@example.org>', 'e-mail address jane@example.org'],
    ['msisdn=%2B4915112345678', 'phone number +4915112345678'],
    ['"latitude": 52.52001', 'location 52.52001'],
    ['GET /map?ll=52.52001,-13.40495&z=3', 'location 52.52001,-13.40495'],
    ['location=52.52001%2C13.40495', 'location 52.52001,13.40495'],
    ['gaid=38400000-8cf0-11bd-b23e-10b96e40000d', 'advertising id 38400000-8cf0-11bd-b23e-10b96e40000d'],
    ['android_id=9774d56d682e549c', 'Android id 9774d56d682e549c'],
    ['bssid=02%3A00%3A00%3A00%3A00%3A01', 'MAC address 02:00:00:00:00:01'],
  ])('%s', (text, wanted) => {
    expect(found(text)).toContain(wanted);
  });

  it.each([
    'imei=490154203237519',
    'id=491234567890123',
    'width=52.5&plate=52.52001',
    'translation=12.345678',
    'Content-Type: text/html; version=1.2.345',
    'logo@2x.png',
    'session=38400000-8cf0-11bd-b23e-10b96e40000d',
    'ETag: "9774d56d682e549c"',
    'hotel=12345678',
  ])('is not: %s', (text) => {
    expect(found(text)).toEqual([]);
  });

  it('is found in text of protocols that nobody recognised, and not in what is no text', () => {
    const ends: Ends = { from: '192.168.1.20', to: '203.0.113.9', fromPort: 40_001, toPort: 7000 };
    const text = Buffer.from('LOGIN|user=jane@example.org|imei=490154203237518\n');
    const packed = Buffer.concat([Buffer.from([1, 0, 2, 0]), text]);
    const of = (packet: Uint8Array) => readWhole(pcap([{ atUs: 1, bytes: ethernet(packet) }])).flows[0]!.facts;
    for (const make of [tcp, udp]) {
      expect(of(make(ends, text))).toMatchObject({
        service: 'Text in the clear',
        personal: [{ kind: 'IMEI' }, { kind: 'e-mail address', value: 'jane@example.org' }],
      });
      expect(of(make(ends, packed))).toBeNull();
    }
  });
});
