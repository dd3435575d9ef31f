import { expect, it } from 'vitest';
import { SECOND } from '../base/time.ts';
import type { LaneView } from '../types/timeline.ts';
import { contactCount, contactsOf } from './contact-data.ts';
import { contactReadOut, pointContact } from './contact-point.ts';
import { railOf } from './contact-rail.ts';
import { emptyColumns, laneWith, SYNTHETIC_START as start, windowWith } from './fixtures/synthetic.ts';
import { DataSet } from './lane-data.ts';
import { lookUpsIn, lookUpsOf } from './look-up-data.ts';
import { timeScale } from './time-scale.ts';
import { utc } from './zones.ts';

const lane = (at: readonly number[], names: readonly (string | null)[]): LaneView => ({
  ...laneWith('a', emptyColumns(), 'One'),
  lookUps: {
    at: at.map((second) => start + second * SECOND),
    count: at.map(() => 2),
    first: at.map((_, n) => `l${n + 1}`),
    name: [...names],
  },
});

it('a lane with look-ups alone has marks, and no contacts', () => {
  const series = contactsOf(lane([0, 40], ['a.example', null]))!;
  expect(series.count).toBe(0);
  expect(contactCount(series, start, start + 100 * SECOND)).toBe(0);
  expect(contactsOf(laneWith('b', emptyColumns(), 'b'))).toBeNull();
  expect(lookUpsOf(undefined)).toBeNull();
  expect(lookUpsIn(series.lookUps!, start, start + 40 * SECOND)).toEqual([0, 2]);
  expect(lookUpsIn(series.lookUps!, start + 1, start + 39 * SECOND)).toEqual([1, 1]);
});

it('a look-up is pointed at where no contact is, and says what was asked for', () => {
  const data = new DataSet(
    windowWith([lane([10, 10.05, 60], ['a.example', 'b.example', null])], start, start + 100 * SECOND),
  );
  expect(data.hasContacts).toBe(true);
  const drawn = { subject: { by: 'app' as const, filter: {} }, whole: data, detail: null };
  const scale = timeScale({ fromUs: start, toUs: start + 100 * SECOND }, 0, 1000);
  const rail = railOf('medium', 1, 48, {
    bytes: true,
    contacts: true,
    watchedUs: 100 * SECOND,
    spanUs: 100 * SECOND,
  });
  const at = (second: number) => pointContact(drawn, 'a', scale, rail, 1, scale.x(start + second * SECOND), 0);
  expect(at(30)).toBeNull();
  const two = at(10)!;
  expect(two).toMatchObject({ top: 'l1', count: 4, lookUps: true });
  const words = contactReadOut(drawn, two, utc);
  expect(words.lines.map(({ label, value }) => [label, value])).toEqual([
    ['look-up', 'a.example'],
    ['look-up', 'b.example'],
  ]);
  expect(words.note).toBe('4 questions and answers about names · click opens the nearest');
  expect(contactReadOut(drawn, at(60)!, utc).lines[0]!.value).toBe('several names');
});
