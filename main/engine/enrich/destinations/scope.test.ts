import { describe, expect, it } from 'vitest';
import { scopeOf } from './scope.ts';

describe('scopeOf', () => {
  const scopes: Record<string, readonly string[]> = {
    public: ['8.8.8.8', '100.63.255.255', '100.128.0.0', '172.32.0.1', '192.0.0.9', '2400:da00::1', '2606:4700::1111'],
    private: [
      '10.0.0.1',
      '172.16.0.1',
      '172.31.255.255',
      '192.168.1.1',
      '100.64.0.1',
      '100.127.255.255',
      'fd00::1',
      '64:ff9b:1::1',
    ],
    link: ['169.254.1.1', 'fe80::1', 'fe80::1%wlan0'],
    loopback: ['127.0.0.1', '127.255.255.255', '::1', '::ffff:127.0.0.1'],
    multicast: ['224.0.0.251', '239.255.255.250', 'ff02::fb'],
    reserved: [
      '0.0.0.0',
      '192.0.2.1',
      '198.51.100.7',
      '203.0.113.9',
      '198.18.0.1',
      '240.0.0.1',
      '255.255.255.255',
      '::',
      '2001:db8::1',
      '3fff::1',
      '2001::1',
      'no address',
    ],
  };
  for (const [scope, ips] of Object.entries(scopes)) {
    it(`knows what is ${scope}`, () => {
      expect(ips.map((ip) => [ip, scopeOf(ip).scope])).toEqual(ips.map((ip) => [ip, scope]));
    });
  }

  it('hands IPv4 addresses out of IPv6 ones', () => {
    expect(scopeOf('::ffff:8.8.8.8')).toEqual({ scope: 'public', plain: '8.8.8.8' });
    expect(scopeOf('64:ff9b::a00:1')).toEqual({ scope: 'private', plain: '10.0.0.1' });
    expect(scopeOf('[2606:4700::1111%eth0]').plain).toBe('2606:4700::1111');
  });
});
