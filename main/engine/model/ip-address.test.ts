import { describe, expect, it } from 'vitest';
import { parseIp, textOfIpv4, unwrapped } from './ip-address.ts';

describe('parseIp', () => {
  it('reads both families', () => {
    expect(parseIp('192.0.2.1')).toEqual({ family: 4, value: 0xc000_0201 });
    expect(parseIp('::')).toEqual({ family: 6, words: [0, 0, 0, 0] });
    expect(parseIp('2001:DB8::1:0:0:1')).toEqual({ family: 6, words: [0x2001_0db8, 0, 0x0001_0000, 1] });
    expect(parseIp('1:2:3:4:5:6:7:8')).toEqual({
      family: 6,
      words: [0x0001_0002, 0x0003_0004, 0x0005_0006, 0x0007_0008],
    });
    expect(parseIp('[fe80::1%wlan0]')).toEqual({ family: 6, words: [0xfe80_0000, 0, 0, 1] });
    expect(parseIp('::ffff:192.0.2.1')).toEqual({ family: 6, words: [0, 0, 0xffff, 0xc000_0201] });
  });

  it('says null for what is no address', () => {
    const wrong = [
      '',
      '1.2.3',
      '1.2.3.256',
      '1.2.3.4.5',
      '1:2',
      ':::',
      '1::2::3',
      '12345::',
      'g::',
      '1:2:3:4:5:6:7:8:9',
      'a.b.c.d',
    ];
    expect(wrong.filter((text) => parseIp(text) !== null)).toEqual([]);
  });
});

describe('unwrapped', () => {
  it('takes IPv4 out of mapped addresses and out of NAT64, and leaves the rest', () => {
    const plain = (text: string) => {
      const ip = parseIp(text);
      const inner = ip ? unwrapped(ip) : null;
      return inner?.family === 4 ? textOfIpv4(inner.value) : inner?.family;
    };
    expect(plain('::ffff:192.0.2.1')).toBe('192.0.2.1');
    expect(plain('64:ff9b::c000:201')).toBe('192.0.2.1');
    expect(plain('64:ff9b:1::c000:201')).toBe(6);
    expect(plain('2001:db8::1')).toBe(6);
  });
});
