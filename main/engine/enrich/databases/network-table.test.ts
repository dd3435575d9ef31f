import { describe, expect, it } from 'vitest';
import { encodeNetworks, NetworkTable } from './network-table.ts';

const names = new Map([
  [1, 'One'],
  [64_500, 'Größe, "AG"'],
  [4_200_000_000, 'Last'],
]);
const file = encodeNetworks(
  names,
  [
    { first: [0x0100_0000], last: [0x0100_00ff], asn: 64_500 },
    { first: [0x0100_0100], last: [0x0100_01ff], asn: 1 },
    { first: [0xffff_ff00], last: [0xffff_ffff], asn: 4_200_000_000 },
  ],
  [
    { first: [0x2001_0db8, 0], last: [0x2001_0db8, 0xffff_ffff], asn: 1 },
    { first: [0x2001_0db9, 5], last: [0x2001_0dba, 7], asn: 64_500 },
  ],
);

describe('the table of networks', () => {
  const table = new NetworkTable(file);

  it('answers at both ends of a range, and not beyond', () => {
    expect(table.of('1.0.0.0')).toEqual({ asn: 64_500, name: 'Größe, "AG"' });
    expect(table.of('1.0.0.255')).toEqual({ asn: 64_500, name: 'Größe, "AG"' });
    expect(table.of('1.0.1.0')).toEqual({ asn: 1, name: 'One' });
    expect(table.of('0.255.255.255')).toBeNull();
    expect(table.of('1.0.2.0')).toBeNull();
    expect(table.of('255.255.255.255')).toEqual({ asn: 4_200_000_000, name: 'Last' });
  });

  it('does the same for IPv6, by its upper 64 bits', () => {
    expect(table.of('2001:db8:ffff:ffff::1')?.asn).toBe(1);
    expect(table.of('2001:db9:0:4::')).toBeNull();
    expect(table.of('2001:db9:0:5::')?.asn).toBe(64_500);
    expect(table.of('2001:dba:0:7:ffff::1')?.asn).toBe(64_500);
    expect(table.of('2001:dba:0:8::')).toBeNull();
    expect(table.of('2001:db7::')).toBeNull();
  });

  it('knows nothing of what is no address', () => {
    expect(table.of('1.0.0')).toBeNull();
    expect(table.of('example.org')).toBeNull();
  });

  it('refuses a file that is cut off or of another form', () => {
    expect(() => new NetworkTable(file.subarray(0, 20))).toThrow();
    expect(() => new NetworkTable(Buffer.from('nothing'))).toThrow();
  });
});
