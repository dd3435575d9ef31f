import type { AcquisitionExtra } from '../../../../shared/types/acquisition.ts';
import type { DeviceView } from '../../../../shared/types/device.ts';
import type { UserCoverage } from '../../../../shared/types/outcome.ts';
import type { ClockOffset } from '../../model/acquisition.ts';
import type { Evidence, EvidenceState } from '../../model/evidence.ts';
import type { Clock } from '../../ports/clock.ts';
import type { DeviceBridge } from '../../ports/device-bridge.ts';
import type { EvidenceKeeper } from '../../ports/evidence-keeper.ts';
import type { Progress } from '../../ports/progress.ts';
import { choosePhone, phoneAnswers } from './choose-phone.ts';
import { type CourseOfClocks, courseOf } from './clock-watch.ts';
import { comeBack } from './comeback.ts';
import { type EarlierAcquisition, notAskedAgain } from './earlier.ts';
import { bootIdIn, type PhoneStart, startedAnew } from './phone-start.ts';
import { coverageOf, type PhoneUsers, uncovered, usersIn } from './phone-users.ts';
import { type AcquisitionProfile, acquisitionPlan, linesFor, type PlanRow, planFor, whyNoLine } from './plan.ts';
import { runClockTask, runCommandTask, type TaskOutcome } from './run-task.ts';
import { StepBoard, type Task, tasksOf } from './step-board.ts';

const livenessMs = 5000;
/** A step that breaks the connection so often is left, and the rest goes on. */
const mostTries = 3;

export interface AcquireFromDeviceOptions {
  readonly bridge: DeviceBridge;
  readonly clock: Clock;
  /** Null: the only phone that is ready. */
  readonly serial: string | null;
  readonly profile: AcquisitionProfile;
  /** What is to be done although it changes the phone; the examiner asked for each. */
  readonly extras?: readonly AcquisitionExtra[];
  readonly progress: Progress;
  readonly signal: AbortSignal;
  readonly keep: EvidenceKeeper;
  /** The phone as `choosePhone` gave it, so that it is not chosen twice. */
  readonly phone?: DeviceView;
  readonly plan?: readonly PlanRow[];
  /** How long a phone that goes away is waited for, milliseconds each time; 0 or absent: not at all. */
  readonly waitMs?: number;
  /** The phone's own serial, by which it is known again; null where it tells none. */
  readonly hardwareSerial?: string | null;
  /** The acquisition to go on with: its complete steps are not asked again. */
  readonly earlier?: EarlierAcquisition | null;
}

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
  /** Number of the acquisition that has the answer. */
  readonly from?: number;
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

/**
 * Acquires a phone by the plan: every answer goes to the keeper as it comes, with its command, times, exit status and
 * state. Rejects with a Failure when no phone can be chosen (nothing has been kept then) or when the keeper cannot
 * write. What the phone does wrong ends up in the steps, never in a rejection.
 */
export async function acquireFromDevice(options: AcquireFromDeviceOptions): Promise<DeviceAcquisition> {
  const { bridge, clock, signal, keep } = options;
  const phone = options.phone ?? (await choosePhone(bridge, options.serial, signal));
  const rows = planFor(options.profile, options.plan ?? acquisitionPlan, options.extras ?? []);
  const board = new StepBoard(options.progress, clock);
  const steps: AcquiredStep[] = [];
  const words = new Map<string, string>();
  let users = usersIn('');
  let tasks = tasksOf(rows, [0]);
  let properties: Record<string, string> = {};
  let offsetBefore: ClockOffset | null = null;
  let offsetAfter: ClockOffset | null = null;
  let stop: 'interrupted' | 'cancelled' | null = null;
  let connection = phone.serial;
  let offset: ClockOffset | null = null;
  let start: PhoneStart = { bootId: null, offset: null };
  const notes: string[] = [];
  const tries = new Map<string, { count: number; readonly evidence: Evidence['id'][] }>();
  const earlier = options.earlier ?? null;
  const complete = earlier ? notAskedAgain(earlier, rows) : () => null;
  /** Says it, in the log too, when the phone was started anew since the acquisition that this one goes on with. */
  const compareStarts = async () => {
    const anew = earlier && startedAnew(earlier.start, start);
    if (!anew || notes.some((note) => note.startsWith(restartWords))) return;
    notes.push(`${restartWords} since acquisition ${earlier.batch}, with which this one goes on.`);
    await keep.log('phone.restarted', { since: earlier.batch, before: earlier.start, now: start });
  };
  board.plan(tasks);

  for (let at = 0; at < tasks.length; at += 1) {
    const task = tasks[at]!;
    const sdk = sdkOf(properties);
    const unknown = linesFor(task.row, sdk).length === 0;
    if (signal.aborted) stop ??= 'cancelled';
    if (stop || unknown) {
      const why = unknown
        ? whyNoLine(task.row, sdk ?? 0)
        : stop === 'cancelled'
          ? 'It was cancelled before its turn.'
          : 'The connection to the phone was lost before its turn.';
      const state = unknown ? 'skipped' : 'interrupted';
      board.leaveOut(task.id, state, why);
      steps.push({ ...stepOf(task), state, why, exit: null, bytes: 0, evidence: [] });
      continue;
    }
    const had = complete(task.id, task.row);
    if (had) {
      const why = `Acquisition ${had.batch} has the whole answer (${had.evidence.join(', ')}).`;
      board.leaveOut(task.id, 'skipped', why);
      steps.push({
        ...stepOf(task),
        state: 'skipped',
        why,
        exit: null,
        bytes: 0,
        evidence: had.evidence,
        from: had.batch,
      });
      continue;
    }
    board.begin(task.id);
    const surroundings = {
      bridge,
      clock,
      serial: connection,
      keep,
      signal,
      offset,
      sdk,
      words,
      received: (bytes: number) => board.received(task.id, bytes),
    };
    let outcome: TaskOutcome;
    if (task.row.clock) {
      const compared = await runClockTask(task, surroundings);
      if (task.row.clock === 'before') offsetBefore = compared.offset;
      else offsetAfter = compared.offset;
      if (task.row.clock === 'before') {
        offset = compared.offset;
        start = { ...start, offset };
      }
      outcome = compared.outcome;
    } else {
      outcome = await runCommandTask(task, surroundings);
    }
    board.end(task.id, outcome.state, outcome.bytes, outcome.why);
    const { state, why, exit, bytes, command } = outcome;
    const tried = tries.get(task.id) ?? { count: 0, evidence: [] };
    const evidence = [...tried.evidence, ...outcome.evidence];

    if (!signal.aborted) {
      let lost = outcome.connection === 'lost' ? 'The connection to the phone was lost.' : null;
      if (lost === null && state === 'timed out' && bytes === 0) {
        // Slow in one answer, or silent for good? A silent phone would cost every later step its whole time.
        const answers = await phoneAnswers(bridge, connection, signal, livenessMs);
        if (answers !== 'yes') lost = 'The phone stopped answering.';
      }
      const waitMs = options.waitMs ?? 0;
      if (lost !== null && waitMs > 0 && !signal.aborted) {
        const hardwareSerial = options.hardwareSerial ?? (properties['ro.serialno'] || null);
        const { progress } = options;
        const fraction = at / tasks.length;
        const back = await comeBack(
          { bridge, connection, hardwareSerial, waitMs, signal, progress, fraction, step: task.id, why: lost },
          start,
          { bridge, clock, keep, signal, sdk, words },
        );
        if (back) {
          connection = back.connection;
          offset = back.offset ?? offset;
          if (back.startedAnew === true) {
            notes.push(
              `${restartWords} while the connection was lost, in “${task.title}”: what was read before that is of the start before.`,
            );
          }
          start = { bootId: back.start.bootId ?? start.bootId, offset: back.start.offset ?? start.offset };
          tries.set(task.id, { count: tried.count + 1, evidence });
          if (tried.count + 1 < mostTries) {
            at -= 1;
            continue;
          }
        } else if (!signal.aborted) stop = 'interrupted';
      } else if (lost !== null) stop = 'interrupted';
    }
    steps.push({ ...stepOf(task), command, state, why, exit, bytes, evidence });
    if (task.row.clock === 'before') await compareStarts();
    if (task.row.id === 'boot id') {
      start = { ...start, bootId: state === 'complete' ? bootIdIn(outcome.head) : null };
      await compareStarts();
    }
    if (task.row.id === 'getprop') properties = propertiesOf(outcome.head);
    if (task.row.id === 'users') {
      users = usersIn(outcome.head);
      tasks = tasksOf(rows, numbersOf(users));
      board.plan(tasks);
    }
    if (task.row.id === 'bugreport') {
      const path = bugreportIn(outcome.head);
      if (path !== null) words.set('bugreport', path);
    }
    if (signal.aborted) stop = 'cancelled';
  }

  const missing = steps.filter(({ state }) => state !== 'complete' && state !== 'skipped');
  const titles = new Map(tasks.map((task) => [task.id, task.row.title]));
  const asked = rows.some(({ id }) => id === 'users');
  const covered = asked
    ? coverageOf(
        users,
        steps.map((step) => ({
          ...step,
          state: step.from === undefined ? step.state : ('complete' as const),
          title: titles.get(step.id) ?? step.title,
        })),
      )
    : [];
  const usersMissing = asked ? [...listFaults(users, steps), ...uncovered(covered)] : [];
  const clocks = courseOf(offsetBefore, offsetAfter);
  const whole = missing.length === 0 && usersMissing.length === 0;
  return {
    serial: connection,
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

/** How the sentences about a phone that was started anew begin. */
export const restartWords = 'The phone was started anew';

/** What is wrong with the list of users itself: then there may be some whom nobody asked about. */
function listFaults({ listed }: PhoneUsers, steps: readonly AcquiredStep[]): string[] {
  if (!listed) return ['Which users the phone has could not be read: only user 0 was asked about.'];
  const whole = steps.find(({ id }) => id === 'users')?.state === 'complete';
  return whole ? [] : ['The list of users was not had whole: there may be users whom nobody asked about.'];
}

const numbersOf = ({ users }: PhoneUsers): number[] => users.map(({ id }) => id);

function sdkOf(properties: Readonly<Record<string, string>>): number | null {
  const sdk = Number(properties['ro.build.version.sdk'] ?? Number.NaN);
  return Number.isInteger(sdk) && sdk > 0 ? sdk : null;
}

/** Where `bugreportz` says that its report lies; only in the folders in which Android keeps them. */
function bugreportIn(text: string): string | null {
  const path = /^OK:(\/\S{1,500})$/m.exec(text)?.[1];
  return path !== undefined && bugreportPath.test(path) ? path : null;
}

const bugreportPath =
  /^\/(?:bugreports|data\/user_de\/\d{1,5}\/com\.android\.shell\/files\/bugreports)\/bugreport-[\w.+-]{1,200}\.zip$/;

function stepOf({ id, title, row, user }: Task): Pick<AcquiredStep, 'id' | 'title' | 'user' | 'command'> {
  return { id, title, user, command: (row.commands[0]?.line ?? '').replaceAll('{user}', String(user ?? 0)) };
}

/** `[key]: [value]` lines, as far as values stand on one line. */
export function propertiesOf(text: string): Record<string, string> {
  const properties: Record<string, string> = {};
  for (const [, key, value] of text.matchAll(/^\[([^\]]+)\]: \[(.*)\]\r?$/gm)) properties[key!] = value!;
  return properties;
}
