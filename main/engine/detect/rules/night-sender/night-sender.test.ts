import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HOUR, MINUTE } from '../../../../../shared/base/time.ts';
import { type LaidCase, layCase } from '../../testing/lay-case.ts';
import { nightSender } from './index.ts';
import { clockOf, nightOf } from './local-hours.ts';

const utc = (text: string) => Date.parse(`${text}Z`) * 1000;

describe('nightOf', () => {
  const night = (zone: string, from: string, hours: number) => {
    const clock = clockOf(zone);
    if (!clock) throw new Error('zone');
    return nightOf(clock, utc(from), utc(from) + hours * HOUR, 1, 5);
  };
  it('takes only intervals that lie wholly in the night of the zone', () => {
    // Kolkata is UTC+5:30: 20:00 UTC is 01:30 there.
    expect(night('Asia/Kolkata', '2026-02-01T20:00:00', 2)).toBe('2026-02-02');
    expect(night('Asia/Kolkata', '2026-02-01T22:00:00', 2)).toBeNull();
    expect(night('Asia/Kolkata', '2026-02-01T18:00:00', 2)).toBeNull();
    expect(night('UTC', '2026-02-01T00:00:00', 2)).toBeNull();
    expect(night('UTC', '2026-02-01T01:00:00', 4)).toBe('2026-02-01');
    expect(night('UTC', '2026-02-01T03:00:00', 24)).toBeNull();
  });
  it('follows the change of the clock', () => {
    // Paris: at 01:00 UTC on 29 March 2026, 02:00 becomes 03:00. 02:00 UTC is 04:00 after it, 03:00 before.
    expect(night('Europe/Paris', '2026-03-28T02:00:00', 2)).toBe('2026-03-28');
    expect(night('Europe/Paris', '2026-03-29T02:00:00', 2)).toBeNull();
    expect(night('Europe/Paris', '2026-03-29T00:00:00', 2)).toBe('2026-03-29');
  });
  it('does not know a zone that does not exist', () => {
    expect(clockOf('Mars/Olympus')).toBeNull();
  });
  it('counts an interval that ends on the stroke of five', () => {
    const clock = clockOf('UTC');
    if (!clock) throw new Error('zone');
    expect(nightOf(clock, utc('2026-02-01T04:00:00'), utc('2026-02-01T05:00:00'), 1, 5)).toBe('2026-02-01');
    expect(nightOf(clock, utc('2026-02-01T04:00:00'), utc('2026-02-01T05:00:00') + MINUTE, 1, 5)).toBeNull();
  });
});

describe('night-sender', () => {
  let laid: LaidCase;
  const bucket = (text: string) => ({ from: utc(text), to: utc(text) + 2 * HOUR });
  beforeEach(async () => {
    laid = await layCase();
    await laid.app({ uid: 10_200, name: 'Chat', packages: ['org.chat'] });
  });
  afterEach(() => laid.close());

  async function threeNights(uid = 10_200, sent = 400_000): Promise<string[]> {
    const ids: string[] = [];
    for (const day of ['01', '02', '05'])
      ids.push(await laid.interval({ uid, ...bucket(`2026-02-${day}T02:00:00`), sent }));
    return ids;
  }

  it('says how much, in how many intervals of how many nights, in which zone', async () => {
    await laid.property('persist.sys.timezone', 'Africa/Abidjan');
    const ids = await threeNights();
    await laid.interval({ uid: 10_200, ...bucket('2026-02-03T12:00:00'), sent: 50_000_000 });
    await laid.interval({ uid: 10_200, ...bucket('2026-02-03T04:00:00'), sent: 60_000_000 });
    const [finding, ...others] = await nightSender.propose(laid);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      key: 'uid:10200',
      title: 'Chat sent at night',
      text: 'Chat (org.chat, uid 10200) sent at least 1.20 MB (1\u202f200\u202f000 bytes) between 01:00 and 05:00 (Africa/Abidjan), in 3 intervals of 3 nights from 2026-02-01 to 2026-02-05.',
    });
    expect([...(finding?.events ?? [])].sort()).toEqual(ids);
    expect(finding?.limits).toContain('the hour is approximate');
  });

  it('is silent where the zone is not known or does not exist', async () => {
    await threeNights();
    expect(await nightSender.propose(laid)).toEqual([]);
    await laid.property('persist.sys.timezone', 'Mars/Olympus');
    expect(await nightSender.propose(laid)).toEqual([]);
  });

  it('uses the zone that was named last, and says that there were others', async () => {
    await laid.property('persist.sys.timezone', 'Asia/Tokyo');
    await laid.property('persist.sys.timezone', 'UTC');
    await threeNights();
    const [finding] = await nightSender.propose(laid);
    expect(finding?.text).toContain('(UTC)');
    expect(finding?.limits).toContain('readings with Asia/Tokyo');
  });

  it('is silent below a megabyte, below three nights, and for rows that do not count', async () => {
    await laid.property('persist.sys.timezone', 'UTC');
    for (const uid of [10_201, 10_202, 10_203, 1000]) await laid.app({ uid, kind: uid === 1000 ? 'system' : 'app' });
    await threeNights(10_201, 300_000);
    await laid.interval({ uid: 10_202, ...bucket('2026-02-01T02:00:00'), sent: 9_000_000 });
    await laid.interval({ uid: 10_202, ...bucket('2026-02-02T02:00:00'), sent: 9_000_000 });
    for (const day of ['01', '02', '03']) {
      await laid.interval({ uid: 10_203, ...bucket(`2026-02-${day}T02:00:00`), sent: 9_000_000, counted: 0 });
    }
    await threeNights(1000, 9_000_000);
    expect(await nightSender.propose(laid)).toEqual([]);
  });
});
