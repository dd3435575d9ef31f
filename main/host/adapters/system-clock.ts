import type { Clock } from '../../engine/ports/clock.ts';

const startedUs = Math.round(performance.timeOrigin * 1000);

/** The host's wall clock in microseconds of UTC. A clock that is set while the program runs is followed. */
export const systemClock: Clock = {
  now() {
    // The wall clock ticks in milliseconds; the monotonic one gives the digits below.
    const wall = Date.now() * 1000;
    const fine = startedUs + Math.round(performance.now() * 1000);
    return Math.abs(fine - wall) < 1_000_000 ? fine : wall;
  },
};
