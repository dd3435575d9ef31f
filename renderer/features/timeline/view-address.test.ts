import { describe, expect, it } from 'vitest';
import { microsOf } from '../../../shared/base/time.ts';
import { microsOfStamp, readView, roundedRange, stampOf, type TimelineView, writeView } from './view-address.ts';

describe('the address of a view', () => {
  it('of a fresh view is empty', () => {
    expect(writeView(readView({}))).toEqual({});
  });

  it('brings everything back', () => {
    const view: TimelineView = {
      range: { fromUs: microsOf('2026-03-01T08:00Z')!, toUs: microsOf('2026-03-02T08:00:05.25Z')! },
      follow: null,
      by: 'network',
      filter: {
        text: 'mi & co',
        app: '10142',
        direction: 'sent',
        backgroundOnly: true,
        optionalOnly: true,
        minBytes: 1000,
        network: 'wifi:咖啡馆',
        country: 'SG',
        state: 'CN',
        organisation: 'Amazon & co',
        whose: 'operator',
        service: 'mi-push',
        host: '2001:db8::1',
      },
      sorting: 'background',
      pins: ['a,b', '50%', '10007'],
      folds: { all: true, keys: ['*', 'a,b'] },
      size: 'large',
      curve: 'log',
      full: 'way',
      utc: true,
      selection: { fromUs: 1_000_000, toUs: 2_000_001 },
      event: 'v17',
    };
    const record = writeView(view);
    expect(record.from).toBe('20260301T080000Z');
    expect(record.to).toBe('20260302T080005.25Z');
    expect(readView(record)).toEqual(view);
    expect(readView(Object.fromEntries(new URLSearchParams(new URLSearchParams(record).toString())))).toEqual(view);
  });

  it('that follows says how much of the newest time, and no ends', () => {
    const view: TimelineView = { ...readView({}), follow: '30m' };
    expect(writeView(view)).toEqual({ follow: '30m' });
    expect(readView({ follow: '30m' })).toEqual(view);
    expect(readView({ follow: '3d' }).follow).toBeNull();
    const both = readView({ follow: '1m', from: '20260301T080000Z', to: '20260302T080000Z' });
    expect([both.follow, both.range === null]).toEqual([null, false]);
  });

  it('that was tampered with stands as a fresh view', () => {
    expect(
      readView({
        by: 'colour',
        from: 'x',
        to: '20260301T080000Z',
        min: '-3',
        sort: '',
        size: 'huge',
        dir: 'up',
        country: 'sg',
        state: 'CHN',
      }),
    ).toEqual(readView({}));
    expect(readView({ from: '20260302T080000Z', to: '20260301T080000Z' }).range).toBeNull();
  });

  it('writes instants exactly', () => {
    for (const us of [0, 1, 1_772_352_000_000_000, 1_772_352_000_123_456]) expect(microsOfStamp(stampOf(us))).toBe(us);
  });

  it('rounds a window to what it can say', () => {
    const wide = roundedRange({ fromUs: 1_499_999.6, toUs: 9e12 + 0.4 });
    expect(wide).toEqual({ fromUs: 1_000_000, toUs: 9e12 });
    expect(roundedRange({ fromUs: 1_499_999.6, toUs: 90_000_000.2 })).toEqual({ fromUs: 1_500_000, toUs: 90_000_000 });
  });
});
