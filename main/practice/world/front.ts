import type { World } from './world.ts';

/** One thing that the phone saw its owner do. True time, microseconds of UTC. */
export type FrontEvent =
  | { readonly atUs: number; readonly kind: 'resumed' | 'paused'; readonly package: string }
  | {
      readonly atUs: number;
      readonly kind: 'screen on' | 'screen off' | 'unlocked' | 'locked' | 'startup' | 'shutdown';
    };

/** Sessions of a user one behind the other: whoever is opened later stands in front. */
function inTurn(world: World, user: number, fromUs: number) {
  const own = world.sessions.filter((one) => one.user === user && one.toUs > fromUs);
  return own.map((one, index) => ({ ...one, toUs: Math.min(one.toUs, own[index + 1]?.fromUs ?? one.toUs) }));
}

/**
 * What happened in front of a user since then, in order: apps coming and going, the screen, the lock, starts of the phone.
 * It comes from the same account as the bytes that were counted in the foreground.
 */
export function frontEvents(world: World, user: number, fromUs: number): FrontEvent[] {
  const events: FrontEvent[] = [];
  const sessions = inTurn(world, user, fromUs);
  let litUntil = Number.NEGATIVE_INFINITY;
  for (const [index, one] of sessions.entries()) {
    if (one.toUs <= one.fromUs) continue;
    if (one.fromUs > litUntil) {
      events.push({ atUs: one.fromUs - 3_000_000, kind: 'screen on' });
      events.push({ atUs: one.fromUs - 2_000_000, kind: 'unlocked' });
    }
    events.push({ atUs: one.fromUs, kind: 'resumed', package: one.package });
    events.push({ atUs: one.toUs, kind: 'paused', package: one.package });
    litUntil = one.toUs;
    const next = sessions[index + 1];
    if (!next || next.fromUs > one.toUs + 8_000_000) {
      events.push({ atUs: one.toUs + 4_000_000, kind: 'screen off' });
      events.push({ atUs: one.toUs + 5_000_000, kind: 'locked' });
      litUntil = one.toUs;
    } else litUntil = next.fromUs;
  }
  if (user === 0) {
    const { life } = world;
    for (let day = life.dayOf(fromUs) - 2; day <= life.dayOf(world.nowUs); day += 1) {
      for (const off of life.offsOf(day)) {
        if (off.fromUs >= fromUs && off.fromUs <= world.polledUs && !life.isOff(off.fromUs - 1)) {
          events.push({ atUs: off.fromUs, kind: 'shutdown' });
        }
        if (off.toUs >= fromUs && off.toUs <= world.polledUs && !life.isOff(off.toUs)) {
          events.push({ atUs: off.toUs, kind: 'startup' });
        }
      }
    }
  }
  return events.filter((one) => one.atUs >= fromUs).sort((a, b) => a.atUs - b.atUs);
}

/** The last time at which that app stood in front of user 0, or null. */
export function lastInFront(world: World, name: string): number | null {
  return world.sessions.findLast((one) => one.package === name && one.user === 0)?.fromUs ?? null;
}
