import { describe, expect, it } from 'vitest';
import type { CounterRecord, CounterSetRecord } from '../model/record.ts';
import { CounterTracker } from './counters.ts';
import { type TimedLook, timeOf } from './looks.ts';

const counter = (uid: number, sent: number, change: Partial<CounterRecord> = {}): CounterRecord => ({
  kind: 'counter',
  of: 'app',
  uid,
  iface: null,
  set: null,
  receivedBytes: sent * 2,
  receivedPackets: 2,
  sentBytes: sent,
  sentPackets: 1,
  ...change,
});

const at = (seconds: number, change: Partial<TimedLook> = {}): TimedLook => ({
  atUs: seconds * 1e6,
  errorUs: 100,
  uptimeUs: seconds * 1e6,
  parts: new Set(['counter sets', 'apps', 'interfaces']),
  sample: { stretch: 1, number: seconds },
  ...change,
});

type Look = readonly [TimedLook, readonly CounterRecord[], (readonly number[])?];

function grown(...looks: readonly Look[]) {
  const tracker = new CounterTracker();
  const all = looks.map(([look, counters, foreground = []]) => {
    const sets = foreground.map((uid): CounterSetRecord => ({ kind: 'counter set', uid, set: 'foreground' }));
    const place = (record: CounterRecord, line: number) => ({ record, at: { line, offset: line } });
    return tracker.look(counters.map(place), sets, look);
  });
  return {
    growth: all.flatMap(({ growth }) => growth),
    faults: all.flatMap(({ faults }) => faults.map(({ reason }) => reason)),
  };
}

describe('what a counter grew by between two looks', () => {
  it('is told with both times; a single look gives nothing, and neither does one that stands still', () => {
    const { growth } = grown([at(10), [counter(1, 100), counter(2, 5)]], [at(15), [counter(1, 130), counter(2, 5)]]);
    expect(growth).toMatchObject([{ uid: 1, fromUs: 10e6, toUs: 15e6, sent: 30, received: 60, notCounted: null }]);
    expect(grown([at(10), [counter(1, 100)]]).growth).toEqual([]);
  });

  it('counts from nought where the uid had no counter before', () => {
    expect(grown([at(10), []], [at(15), [counter(7, 40)]]).growth).toMatchObject([{ uid: 7, sent: 40 }]);
  });

  it('goes over a gap, since counters go on without being looked at', () => {
    const later = at(100, { sample: { stretch: 2, number: 3 } });
    expect(grown([at(10), [counter(1, 1)]], [later, [counter(1, 9)]]).growth).toMatchObject([
      { fromUs: 10e6, toUs: 100e6, sent: 8 },
    ]);
  });

  it('is not told over a new start of the phone, and what goes backwards is said', () => {
    const anew = grown(
      [at(10), [counter(1, 100)]],
      [at(40, { uptimeUs: 5e6 }), [counter(1, 3)]],
      [at(45, { uptimeUs: 10e6 }), [counter(1, 4)]],
    );
    expect(anew.growth).toMatchObject([{ fromUs: 40e6, toUs: 45e6, sent: 1 }]);
    expect(anew.faults).toEqual([expect.stringMatching(/started anew/)]);
    const back = grown([at(10), [counter(1, 100)]], [at(15), [counter(1, 99)]]);
    expect(back.growth).toEqual([]);
    expect(back.faults).toEqual([expect.stringMatching(/went backwards/)]);
  });

  it('lasts as long as the phone ran where its clock was set in between', () => {
    const set = at(3615, { uptimeUs: 15e6 });
    expect(grown([at(10), [counter(1, 1)]], [set, [counter(1, 2)]]).growth).toMatchObject([
      { fromUs: 3610e6, toUs: 3615e6 },
    ]);
  });

  it('is foreground or background where both looks say the same', () => {
    const sets = (before: readonly number[], after: readonly number[]) =>
      grown([at(1), [counter(1, 1)], before], [at(2), [counter(1, 2)], after]).growth[0]!.set;
    expect([sets([1], [1]), sets([], []), sets([1], []), sets([], [1])]).toEqual(['foreground', 'default', null, null]);
  });

  it('is kept and not counted at a tunnel, and beside one where the counter names no interface', () => {
    const iface = (name: string, sent: number) => counter(0, sent, { of: 'interface', uid: null, iface: name });
    const beside = grown([at(1), [counter(1, 1), iface('tun0', 1)]], [at(2), [counter(1, 2), iface('tun0', 2)]]);
    expect(beside.growth.map(({ notCounted }) => notCounted)).toEqual(['live beside a vpn']);
    const still = grown([at(1), [counter(1, 1), iface('tun0', 1)]], [at(2), [counter(1, 2), iface('tun0', 1)]]);
    expect(still.growth.map(({ notCounted }) => notCounted)).toEqual([null]);
    const on = (name: string, sent: number) => counter(1, sent, { iface: name, set: 'default' });
    const named = grown(
      [at(1), [on('tun0', 1), on('wlan0', 1), on('lo', 1)]],
      [at(2), [on('tun0', 2), on('wlan0', 3), on('lo', 9)]],
    );
    expect(named.growth.map(({ iface: name, notCounted }) => [name, notCounted])).toEqual([
      ['tun0', 'vpn tunnel'],
      ['wlan0', null],
    ]);
  });
});

describe('the time of a look', () => {
  const look = (change: object) => ({
    kind: 'look' as const,
    at: 1_000_500,
    resolutionUs: 1,
    uptimeUs: null,
    parts: [],
    ...change,
  });
  const host = { beforeUs: 5_000_000, afterUs: 5_200_000, offsetUs: 1_000_000, offsetErrorUs: 30 };
  it('is the phone’s own where it tells fractions, else the middle of the command and the offset', () => {
    expect(timeOf(look({}), host, null)).toMatchObject({ atUs: 1_000_500, errorUs: 200_001 });
    expect(timeOf(look({ resolutionUs: 1_000_000 }), host, null)).toMatchObject({ atUs: 6_100_000, errorUs: 100_030 });
    expect(timeOf(look({ resolutionUs: 1_000_000 }), null, null)).toMatchObject({ atUs: 1_500_500, errorUs: 500_000 });
    expect(timeOf(look({ at: null }), null, null)).toBeNull();
  });
});
