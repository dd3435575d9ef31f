import { expect, it } from 'vitest';
import type { ContactColumns, LaneView } from '../types/timeline.ts';
import { contactAt, contactsOf } from './contact-data.ts';
import { contactReadOut, type PointedContact } from './contact-point.ts';
import { emptyColumns, laneWith, SYNTHETIC_START as start, windowWith } from './fixtures/synthetic.ts';
import { DataSet } from './lane-data.ts';
import { utc } from './zones.ts';

function readOut(bytes: Pick<ContactColumns, 'sent' | 'received'>, count: number) {
  const contacts: ContactColumns = {
    from: [start],
    to: [start + 1e6],
    count: [count],
    first: ['c1'],
    peer: ['api.example.org:443'],
    country: [null],
    ...bytes,
  };
  const lane: LaneView = { ...laneWith('a', emptyColumns(), 'a'), contacts };
  const entry = contactAt(contactsOf(lane)!, 0);
  const at: PointedContact = { ...entry, key: 'a', drawn: entry, count, entries: [entry], top: 'c1', track: 0 };
  const data = new DataSet(windowWith([lane], start, start + 1e6));
  return contactReadOut({ subject: { by: 'app', filter: {} }, whole: data, detail: null }, at, utc);
}

it('a captured contact is read out with its host and the bytes each way', () => {
  const lines = readOut({ sent: [1500], received: [null] }, 1).lines;
  expect(lines.map(({ label, value }) => [label, value])).toEqual([
    ['contact', 'api.example.org:443'],
    ['↑ sent', expect.stringMatching(/^1\.50\s?kB \(1\s500\s?B\)$/)],
    ['↓ received', 'not known'],
  ]);
  expect(readOut({ sent: [1500], received: [null] }, 1).note).toBe(
    '1 contact, by the clock of its capture · click opens it',
  );
  expect(readOut({ sent: [1500], received: [20] }, 3).lines[0]?.split).toMatch(/↑ 1\.50\s?kB ↓ 20\s?B/);
});

it('one that a look saw is not said to have had none', () => {
  expect(readOut({}, 1).lines).toHaveLength(1);
  expect(readOut({}, 1).note).toBe('1 contact · click opens it');
  expect(readOut({}, 3).lines[0]?.split).toBe('');
});
