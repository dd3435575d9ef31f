import type { ClockOffset } from '../../model/acquisition.ts';
import { bootIdIn, type PhoneStart, startedAnew } from './phone-start.ts';
import { bootIdRow, clockRow } from './plan-identity.ts';
import { runClockTask, runCommandTask, type TaskSurroundings } from './run-task.ts';
import { type Awaited, waitForPhone } from './wait-for-phone.ts';

/** A phone that goes again while it is being known again is waited for so often. */
const mostGreetings = 5;

/** The phone is there again. */
export interface Returned {
  readonly connection: string;
  readonly start: PhoneStart;
  /** Null: cannot be told. */
  readonly startedAnew: boolean | null;
  readonly offset: ClockOffset | null;
}

/**
 * Waits for a phone that went away in the middle, and knows it again: its clock is compared anew and its start is asked for,
 * both kept as evidence. Null: it stayed away, or the examiner cancelled. All of it stands in the custody log.
 */
export async function comeBack(
  wait: Awaited & {
    /** The step that noticed it. */
    readonly step: string;
    readonly why: string;
    /** All steps that broke off with it, where there were several. */
    readonly underWay?: readonly string[];
  },
  before: PhoneStart,
  at: Omit<TaskSurroundings, 'serial' | 'offset' | 'received'>,
): Promise<Returned | null> {
  const lostUs = at.clock.now();
  const others = wait.underWay && wait.underWay.length > 1 ? { underWay: wait.underWay } : {};
  await at.keep.log('phone.lost', { step: wait.step, ...others, connection: wait.connection, why: wait.why });
  for (let greeting = 0; greeting < mostGreetings; greeting += 1) {
    const connection = await waitForPhone(wait);
    const waitedMs = Math.round((at.clock.now() - lostUs) / 1000);
    if (connection === null) {
      const ended = wait.signal.aborted ? 'cancelled' : 'it stayed away';
      await at.keep.log('phone.stayed-away', { step: wait.step, waitedMs, ended });
      return null;
    }
    wait.progress.now('The phone is back: comparing the clocks', wait.fraction);
    const surroundings = { ...at, serial: connection, offset: null, received: () => {} };
    const title = (what: string) => `${what}, after the phone came back`;
    const clock = await runClockTask(
      {
        id: 'clock again',
        title: title('Clock'),
        row: { ...clockRow('after', title('Clock')), id: 'clock again' },
        user: null,
      },
      surroundings,
    );
    if (clock.outcome.connection === 'lost') continue;
    const boot = await runCommandTask(
      { id: 'boot id again', title: title('This start'), row: { ...bootIdRow, id: 'boot id again' }, user: null },
      { ...surroundings, offset: clock.offset },
    );
    if (boot.connection === 'lost') continue;
    const start = { bootId: boot.state === 'complete' ? bootIdIn(boot.head) : null, offset: clock.offset };
    const anew = startedAnew(before, start);
    await at.keep.log('phone.returned', {
      step: wait.step,
      connection,
      waitedMs,
      startedAnew: anew,
      bootIdBefore: before.bootId,
      bootId: start.bootId,
      uptimeBeforeS: before.offset?.uptimeS ?? null,
      uptimeS: start.offset?.uptimeS ?? null,
    });
    return { connection, start, startedAnew: anew, offset: clock.offset };
  }
  await at.keep.log('phone.stayed-away', { step: wait.step, ended: 'it went again each time that it was asked' });
  return null;
}
