import { expect, test } from 'vitest';
import { isoOf } from '../../../shared/base/time.ts';
import { localMicros } from './zone.ts';

const utc = (text: string, zone: string) => {
  const us = localMicros(text, zone);
  return us === null ? null : isoOf(us);
};

test('a wall clock becomes an instant, and an hour that is there twice is taken the first time', () => {
  expect(utc('2026-03-01 08:15:00', 'Asia/Kolkata')).toBe('2026-03-01T02:45:00.000000Z');
  expect(utc('2026-10-25 02:30:00', 'Europe/Paris')).toBe('2026-10-25T00:30:00.000000Z');
  expect(utc('2026-11-01T01:30:00', 'America/New_York')).toBe('2026-11-01T05:30:00.000000Z');
});

test('what is no time, or a zone that nobody knows, is null', () => {
  for (const text of ['', 'yesterday', '2026-13-01 08:15:00', '2026-03-01 08:15', '2026-03-01 08:15:00Z']) {
    expect(utc(text, 'Asia/Kolkata'), text).toBeNull();
  }
  expect(utc('2026-03-01 08:15:00', 'Nowhere/Atall')).toBeNull();
});
