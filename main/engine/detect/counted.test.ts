import { describe, expect, it } from 'vitest';
import { appName, count, figure, minuteOf } from './counted.ts';

describe('words of findings', () => {
  it('give the exact figure beside the rounded one', () => {
    expect(figure(0)).toBe('0 bytes');
    expect(figure(999)).toBe('999 bytes');
    expect(figure(12_412_345)).toBe('12.4 MB (12\u202f412\u202f345 bytes)');
  });
  it('name an app once, with what tells it apart', () => {
    const app = (name: string, ...packages: string[]) => ({ name, packages: JSON.stringify(packages), uid: 10_123 });
    expect(appName(app('Notes', 'org.notes'))).toBe('Notes (org.notes, uid 10123)');
    expect(appName(app('org.notes', 'org.notes'))).toBe('org.notes (uid 10123)');
    expect(appName(app('uid 10123'))).toBe('uid 10123');
    expect(appName(app('A and 3 more', 'a.a', 'a.b', 'a.c', 'a.d'))).toBe('A and 3 more (4 packages, uid 10123)');
  });
  it('write times to the minute in UTC, and numbers with their word', () => {
    expect(minuteOf(Date.UTC(2026, 2, 1, 8, 5) * 1000)).toBe('2026-03-01 08:05 UTC');
    expect([count(1, 'night'), count(3, 'night')]).toEqual(['1 night', '3 nights']);
  });
});
