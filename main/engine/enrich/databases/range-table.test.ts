import { describe, expect, it } from 'vitest';
import { RangeTable } from './range-table.ts';

describe('a table of prefixes', () => {
  const table = new RangeTable([
    ['10.0.0.0/8', 'outer'],
    ['10.1.0.0/16', 'inner'],
    ['10.1.1.0/24', 'innermost'],
    ['10.255.255.0/24', 'at the end'],
    ['2001:db8::/32', 'six'],
    ['2001:db8:1::/48', 'six inner'],
    ['no prefix', 'never'],
    ['1.2.3.4/40', 'never'],
  ]);

  it('lets the narrowest prefix answer, and the outer one after it', () => {
    const said = [
      '10.0.0.0',
      '10.1.0.255',
      '10.1.1.7',
      '10.1.2.0',
      '10.2.0.0',
      '10.255.255.255',
      '11.0.0.0',
      '9.9.9.9',
    ];
    expect(said.map((ip) => table.of(ip))).toEqual([
      ...['outer', 'inner', 'innermost', 'inner', 'outer', 'at the end', null, null],
    ]);
  });

  it('keeps families apart and leaves out what is no prefix', () => {
    expect(table.of('2001:db8::1')).toBe('six');
    expect(table.of('2001:db8:1:2::1')).toBe('six inner');
    expect(table.of('2001:db8:2::1')).toBe('six');
    expect(table.of('2001:db9::1')).toBeNull();
    expect(table.of('1.2.3.4')).toBeNull();
  });
});
