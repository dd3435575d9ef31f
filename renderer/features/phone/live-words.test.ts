import { describe, expect, it } from 'vitest';
import { microsOf } from '../../../shared/base/time.ts';
import { zoneNamed } from '../../../shared/timeline/zones.ts';
import type { LiveView } from '../../../shared/types/task.ts';
import { gapSentence, gapsText, openWords, seenSentence, stopwatch } from './live-words.ts';

const zone = zoneNamed('Asia/Kolkata')!;
const at = (iso: string) => microsOf(iso)!;
const now = at('2026-11-22T09:00:00Z');

describe('the words of a live acquisition', () => {
  it('say a gap by its ends and its length, without a reason', () => {
    const gap = { fromUs: at('2026-11-22T08:33:12.4Z'), toUs: at('2026-11-22T08:33:40.4Z') };
    expect(gapSentence(gap, now, zone)).toBe('No answers from 14:03:12 to 14:03:40 (28 s).');
    expect(gapSentence({ ...gap, toUs: null }, now, zone)).toBe('No answers since 14:03:12.');
  });

  it('name the day of a gap that began on another', () => {
    const gap = { fromUs: at('2026-11-21T08:33:12Z'), toUs: at('2026-11-22T01:00:00Z') };
    expect(gapSentence(gap, now, zone)).toBe(
      'No answers from Sat 21 November 2026, 14:03:12 to 06:30:00 (16 h 27 min).',
    );
  });

  it('add gaps up, the one that goes on until now', () => {
    const gaps = [
      { fromUs: now - 100e6, toUs: now - 90e6 },
      { fromUs: now - 20e6, toUs: null },
    ];
    expect(gapsText(gaps, now)).toBe('2, 30 s together');
    expect(gapsText([], now)).toBe('none');
  });

  it('never make nothing of counters that a phone does not show', () => {
    const live: LiveView = {
      state: 'watching',
      startedUs: now - 761e6,
      lastUs: now,
      rounds: 753,
      sockets: 3,
      uids: 2,
      sent: null,
      received: null,
      gaps: [],
      busiest: [],
      packetBytes: null,
    };
    expect(seenSentence(live, now)).toBe('12 min 41 s, 753 looks, this phone shows no counters');
    expect(seenSentence({ ...live, sent: 0, received: 0 }, now)).toContain('0 B sent and 0 B received');
    expect(openWords(live)).toBe('3 connections open, held by 2 apps');
    expect(openWords({ sockets: 0, uids: 0 })).toBe('0 connections open, held by 0 apps');
    expect(openWords({ sockets: null, uids: null })).toBe('open connections are not known');
  });

  it('count hours as a stopwatch does', () => {
    expect([0, 59.9e6, 761e6, 36_061e6].map(stopwatch)).toEqual(['0:00:00', '0:00:59', '0:12:41', '10:01:01']);
  });
});
