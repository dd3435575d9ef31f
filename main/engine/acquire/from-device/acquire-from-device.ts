import type { DeviceView } from '../../../../shared/types/device.ts';
import type { ClockOffset } from '../../model/acquisition.ts';
import type { Evidence, EvidenceState } from '../../model/evidence.ts';
import type { Clock } from '../../ports/clock.ts';
import type { DeviceBridge } from '../../ports/device-bridge.ts';
import type { EvidenceKeeper } from '../../ports/evidence-keeper.ts';
import type { Progress } from '../../ports/progress.ts';
import { choosePhone, phoneAnswers } from './choose-phone.ts';
import { type AcquisitionProfile, acquisitionPlan, type PlanRow, planFor } from './plan.ts';
import { runClockTask, runCommandTask, type TaskOutcome } from './run-task.ts';
import { StepBoard, type Task, tasksOf } from './step-board.ts';

const livenessMs = 5000;

export interface AcquireFromDeviceOptions {
  readonly bridge: DeviceBridge;
  readonly clock: Clock;
  /** Null: the only phone that is ready. */
  readonly serial: string | null;
  readonly profile: AcquisitionProfile;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  readonly keep: EvidenceKeeper;
  /** The phone as `choosePhone` gave it, so that it is not chosen twice. */
  readonly phone?: DeviceView;
  readonly plan?: readonly PlanRow[];
}

/** One task of the acquisition when all was over. `skipped`: the phone is too old to know the command. */
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
  const rows = planFor(options.profile, options.plan ?? acquisitionPlan);
  const board = new StepBoard(options.progress, clock);
  const steps: AcquiredStep[] = [];
  let tasks = tasksOf(rows, [0]);
  let properties: Record<string, string> = {};
  let offsetBefore: ClockOffset | null = null;
  let offsetAfter: ClockOffset | null = null;
  let stop: 'interrupted' | 'cancelled' | null = null;
  board.plan(tasks);

  for (let at = 0; at < tasks.length; at += 1) {
    const task = tasks[at]!;
    const sdk = Number(properties['ro.build.version.sdk'] ?? Number.NaN);
    const tooOld = task.row.sinceSdk !== undefined && sdk < task.row.sinceSdk;
    if (signal.aborted) stop ??= 'cancelled';
    if (stop || tooOld) {
      const why = tooOld
        ? 'This Android is too old to know the command.'
        : stop === 'cancelled'
          ? 'It was cancelled before its turn.'
          : 'The connection to the phone was lost before its turn.';
      const state = tooOld ? 'skipped' : 'interrupted';
      board.leaveOut(task.id, state, why);
      steps.push({ ...stepOf(task), state, why, exit: null, bytes: 0, evidence: [] });
      continue;
    }
    board.begin(task.id);
    const surroundings = {
      bridge,
      clock,
      serial: phone.serial,
      keep,
      signal,
      offset: offsetBefore,
      received: (bytes: number) => board.received(task.id, bytes),
    };
    let outcome: TaskOutcome;
    if (task.row.clock) {
      const compared = await runClockTask(task, surroundings);
      if (task.row.clock === 'before') offsetBefore = compared.offset;
      else offsetAfter = compared.offset;
      outcome = compared.outcome;
    } else {
      outcome = await runCommandTask(task, surroundings);
    }
    board.end(task.id, outcome.state, outcome.bytes, outcome.why);
    const { state, why, exit, bytes, evidence, command } = outcome;
    steps.push({ ...stepOf(task), command, state, why, exit, bytes, evidence });

    if (task.row.id === 'getprop') properties = propertiesOf(outcome.head);
    if (task.row.id === 'users') {
      tasks = tasksOf(rows, usersOf(outcome.head));
      board.plan(tasks);
    }
    if (signal.aborted) stop = 'cancelled';
    else if (outcome.connection === 'lost') stop = 'interrupted';
    else if (state === 'timed out' && bytes === 0) {
      // Slow in one answer, or silent for good? A silent phone would cost every later step its whole time.
      if ((await phoneAnswers(bridge, phone.serial, signal, livenessMs)) !== 'yes') stop = 'interrupted';
    }
  }

  const missing = steps.filter(({ state }) => state !== 'complete' && state !== 'skipped');
  return {
    serial: phone.serial,
    phone,
    steps,
    refused: missing.map(({ id, command, state, why }) => ({ id, command, state, why: why ?? '' })),
    offsetBefore,
    offsetAfter,
    state: missing.length === 0 ? 'complete' : (stop ?? 'partial'),
    properties,
  };
}

function stepOf({ id, title, row, user }: Task): Pick<AcquiredStep, 'id' | 'title' | 'user' | 'command'> {
  return { id, title, user, command: (row.commands[0] ?? '').replaceAll('{user}', String(user ?? 0)) };
}

/** `[key]: [value]` lines, as far as values stand on one line. */
export function propertiesOf(text: string): Record<string, string> {
  const properties: Record<string, string> = {};
  for (const [, key, value] of text.matchAll(/^\[([^\]]+)\]: \[(.*)\]\r?$/gm)) properties[key!] = value!;
  return properties;
}

/** Numbers of the users in `pm list users` (`UserInfo{10:Work:30} running`); user 0 where none can be read. */
export function usersOf(text: string): number[] {
  const users = [...text.matchAll(/UserInfo\{(\d+):/g)].map(([, id]) => Number(id));
  return users.length === 0 ? [0] : [...new Set(users)];
}
