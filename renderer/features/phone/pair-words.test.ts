import { describe, expect, it } from 'vitest';
import { addressFault, codeFault, hostOf } from './pair-words.ts';

describe('what is typed from the phone’s screen', () => {
  it('is an address with a port', () => {
    for (const good of ['192.168.1.23:37123', ' 10.0.0.2:5555 ', 'pixel.lan:41000', '[fe80::1%wlan0]:37001']) {
      expect(addressFault(good), good).toBeNull();
    }
  });

  it('is refused where the port is missing, too large, or the address is none', () => {
    expect(addressFault('')).toContain('with a port');
    expect(addressFault('192.168.1.23')).toContain('port is missing');
    expect(addressFault('192.168.1.23:')).toContain('port is missing');
    expect(addressFault('192.168.1.23:70000')).toContain('65535');
    expect(addressFault('192.168.1.23:0')).toContain('65535');
    for (const bad of ['fe80::1', 'a b:1', 'http://a:1', 'a:b']) expect(addressFault(bad), bad).not.toBeNull();
  });

  it('has a code of six figures', () => {
    expect(codeFault(' 012345 ')).toBeNull();
    for (const bad of ['', '12345', '1234567', 'abcdef', '123 456']) expect(codeFault(bad), bad).not.toBeNull();
  });

  it('keeps its address when the port changes', () => {
    expect([hostOf('192.168.1.23:37123'), hostOf('[fe80::1]:1'), hostOf('pixel.lan')]).toEqual([
      '192.168.1.23',
      '[fe80::1]',
      'pixel.lan',
    ]);
  });
});
