import type { DeviceView } from '../../../../shared/types/device.ts';
import type { UserCoverage } from '../../../../shared/types/outcome.ts';
import type { ClockOffset } from '../../model/acquisition.ts';
import type { Evidence, EvidenceState } from '../../model/evidence.ts';
import { type CourseOfClocks, courseOf } from './clock-watch.ts';
import type { Learned } from './learned.ts';
import { coverageOf, type PhoneUsers, uncovered } from './phone-users.ts';
import type { Task } from './step-board.ts';

/**
 * One task of the acquisition when all was over. `skipped`: this Android does not have the command, or the acquisition that
 * this one goes on with has the whole answer (`from` names it).
 */
export interface AcquiredStep {
  readonly id: string;
  readonly title: string;
  readonly user: number | null;
  readonly command: string;
  readonly state: EvidenceState | 'skipped';
  readonly why: string | null;
  readonly exit: number | null;
  readonly bytes: number;
  readonly evidence: readonly Evidence['id'][];
  /** It was cut short for good: asking again would give no more. */
  readonly final?: true;
  /** Number of the acquisition that has the answer. */
  readonly from?: number;
}

/** A step that was not asked, as far as its task tells. */
export const unasked = { state: 'interrupted', why: null, exit: null, bytes: 0, evidence: [] } as const;

/** What a task tells of its step beforehand. */
export function stepOf({ id, title, row, user }: Task): Pick<AcquiredStep, 'id' | 'title' | 'user' | 'command'> {
  return { id, title, user, command: (row.commands[0]?.line ?? '').replaceAll('{user}', String(user ?? 0)) };
}

/** What came of an acquisition. All bytes are with the keeper already. */
export interface DeviceAcquisition {
  readonly serial: string;
  readonly phone: DeviceView;
  readonly steps: readonly AcquiredStep[];
  /** The steps that did not give their whole answer, in the words of the outcome. */
  readonly refused: readonly {
    readonly id: string;
    readonly command: string;
    readonly state: string;
    readonly why: string;
  }[];
  readonly offsetBefore: ClockOffset | null;
  readonly offsetAfter: ClockOffset | null;
  /** What the clocks did meanwhile; null where they were not compared twice. */
  readonly clocks: CourseOfClocks | null;
  /** Every user that the phone listed, and whether what concerns them was had. */
  readonly users: readonly UserCoverage[];
  /** Sentences for the list of what is missing, one a user who is not covered. */
  readonly usersMissing: readonly string[];
  /** Sentences that the examiner must read. */
  readonly notes: readonly string[];
  /** `partial`: something was refused or cut short; `interrupted`: the phone went; `cancelled`: the examiner stopped it. */
  readonly state: 'complete' | 'partial' | 'interrupted' | 'cancelled';
  /** What `getprop` said, by key; for knowing the phone again. */
  readonly properties: Readonly<Record<string, string>>;
}

/** Says what came of it, from how each task ended and what was learned on the way. `stop`: why the walk ended early. */
export function acquiredOf(
  phone: DeviceView,
  serial: string,
  tasks: readonly Task[],
  steps: readonly AcquiredStep[],
  learned: Learned,
  stop: 'interrupted' | 'cancelled' | null,
): DeviceAcquisition {
  const { users, notes, offsetBefore, offsetAfter, properties } = learned;
  const missing = steps.filter(({ state }) => state !== 'complete' && state !== 'skipped');
  const asked = steps.some(({ id }) => id === 'users');
  const titles = new Map(tasks.map(({ id, row }) => [id, row.title]));
  const covered = asked
    ? coverageOf(
        users,
        steps.map((step) => ({
          ...step,
          title: titles.get(step.id) ?? step.title,
          state: step.from === undefined ? step.state : ('complete' as const),
        })),
      )
    : [];
  const usersMissing = asked ? [...listFaults(users, steps), ...uncovered(covered)] : [];
  const clocks = courseOf(offsetBefore, offsetAfter);
  const whole = missing.length === 0 && usersMissing.length === 0;
  return {
    serial,
    phone,
    steps,
    refused: missing.map(({ id, command, state, why }) => ({ id, command, state, why: why ?? '' })),
    offsetBefore,
    offsetAfter,
    clocks,
    users: covered,
    usersMissing,
    notes: [...notes, ...(clocks?.notes.filter(() => notes.length === 0 || clocks.verdict !== 'restarted') ?? [])],
    state: whole
      ? 'complete'
      : (stop ?? (missing.some((one) => one.state === 'interrupted') ? 'interrupted' : 'partial')),
    properties,
  };
}

/** What is wrong with the list of users itself: then there may be some whom nobody asked about. */
function listFaults({ listed }: PhoneUsers, steps: readonly AcquiredStep[]): string[] {
  if (!listed) return ['Which users the phone has could not be read: only user 0 was asked about.'];
  const whole = steps.find(({ id }) => id === 'users')?.state === 'complete';
  return whole ? [] : ['The list of users was not had whole: there may be users whom nobody asked about.'];
}
