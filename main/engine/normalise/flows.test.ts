import { describe, expect, it } from 'vitest';
import { openerIsPhone } from './flows.ts';

describe('the phone’s side of a flow', () => {
  const between = (openerIp: string, openerPort: number, otherIp: string, otherPort: number) =>
    openerIsPhone({ openerIp, openerPort, otherIp, otherPort });

  it('is the inner end, whoever was heard first', () => {
    expect(between('192.168.1.7', 40_000, '203.0.113.9', 443)).toBe(true);
    expect(between('203.0.113.9', 443, '192.168.1.7', 40_000)).toBe(false);
  });

  it('is the end that called where neither is inner: by its port, else who was heard first', () => {
    expect(between('2001:db8::7', 46_293, '2001:db8:9::1', 443)).toBe(true);
    expect(between('2001:db8:9::1', 5222, '2001:db8::7', 46_293)).toBe(false);
    expect(between('2001:db8::7', 50_000, '2001:db8:9::1', 50_001)).toBe(true);
    expect(between('2001:db8::7', 6881, '2001:db8:9::1', 6881)).toBe(true);
  });
});
