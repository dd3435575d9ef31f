import { expect, it } from 'vitest';
import type { LiveView } from '../../../shared/types/task.ts';
import { liveLine, showLive } from './live-line.ts';

const view: LiveView = {
  state: 'watching',
  startedUs: 1_000_000_000,
  lastUs: 1_012_000_000,
  rounds: 12,
  sockets: 18,
  uids: 1,
  sent: 1_500_000,
  received: 20_000,
  gaps: [],
  busiest: [{ uid: 10_001, name: 'One', sent: 5, received: 6 }],
  packetBytes: null,
};

it('says what is seen on one line, and nothing of what is not known', () => {
  expect(liveLine(view)).toBe('12 s, 12 looks, 18 connections of 1 uid, 1.50 MB sent, 20.0 kB received, most: One');
  const less: LiveView = {
    ...view,
    state: 'waiting',
    sent: null,
    received: null,
    busiest: [],
    packetBytes: 0,
    rounds: 1,
  };
  expect(liveLine({ ...less, gaps: [{ fromUs: 1, toUs: null }] })).toBe(
    '12 s: the phone is away, 1 look, 18 connections of 1 uid, 0 B of packets, 1 gap',
  );
  // A phone that refuses its table of connections has not said that there are none.
  expect(liveLine({ ...less, state: 'watching', sockets: null, uids: null })).toBe(
    '12 s, 1 look, connections not known, 0 B of packets',
  );
});

it('writes a line now and then where there is no bar, and none where it is to be quiet', () => {
  const said = (live: boolean, quiet: boolean) => {
    const lines: string[] = [];
    const phrases: string[] = [];
    const terminal = { live, err: (text: string) => lines.push(text) } as never;
    const progress = { steps() {}, now: (phrase: string) => phrases.push(phrase) };
    const { progress: shown } = showLive({ signal: new AbortController().signal, progress } as never, terminal, quiet);
    for (let n = 0; n < 5; n += 1) shown.live?.(view);
    return [lines.length, phrases.length];
  };
  expect(said(false, false)).toEqual([1, 0]);
  expect(said(true, false)).toEqual([0, 5]);
  expect(said(false, true)).toEqual([0, 0]);
});
