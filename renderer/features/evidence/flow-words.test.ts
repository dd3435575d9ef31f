import { expect, test } from 'vitest';
import { fiveTuple } from './flow-words.ts';

const remote = (ip: string, port: number | null) => ({ ip, port, protocol: 'tcp', host: null, hostFrom: null });

test('the five-tuple names protocol and both ends, IPv6 in brackets', () => {
  expect(fiveTuple({ local: '10.0.0.2:4000' }, { remote: remote('203.0.113.9', 443) })).toBe(
    'tcp 10.0.0.2:4000 203.0.113.9:443',
  );
  expect(fiveTuple({ local: '[fd00::1]:1' }, { remote: remote('2001:db8::2', 443) })).toBe(
    'tcp [fd00::1]:1 [2001:db8::2]:443',
  );
  expect(fiveTuple({ local: '10.0.0.2' }, { remote: remote('203.0.113.9', null) })).toBe('tcp 10.0.0.2 203.0.113.9');
});

test('without an end of its own there is none', () => {
  expect(fiveTuple({ local: null }, { remote: remote('203.0.113.9', 443) })).toBeNull();
  expect(fiveTuple({ local: '10.0.0.2:1' }, { remote: null })).toBeNull();
});
