import type { LivePace } from '../../main/engine/acquire/from-device/live/watch.ts';

/** Looks a few times a second, and segments of a second and a half: for tests that cannot wait. */
export const hurriedPace: LivePace = {
  segments: { longestMs: 1500, mostBytes: 1 << 20 },
  periodMs: (row) => (row.id === 'sockets' ? 150 : 400),
};
