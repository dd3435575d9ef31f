import type { PlanRow } from '../../model/acquisition.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { Clock } from '../../ports/clock.ts';
import type { DeviceBridge } from '../../ports/device-bridge.ts';
import type { EvidenceKeeper } from '../../ports/evidence-keeper.ts';
import type { Progress } from '../../ports/progress.ts';
import { type AcquiredStep, stepOf, unasked } from './acquired.ts';
import { livenessMs, phoneAnswers } from './choose-phone.ts';
import { comeBack } from './comeback.ts';
import { type EarlierAcquisition, notAskedAgain } from './earlier.ts';
import { inLanes, lanesOf } from './lanes.ts';
import { Learned } from './learned.ts';
import { Loss } from './loss.ts';
import { linesFor, whyNoLine } from './plan.ts';
import { runClockTask, runCommandTask, type TaskOutcome } from './run-task.ts';
import { StepBoard, type Task, tasksOf } from './step-board.ts';

/** A step that breaks the connection so often is left, and the rest goes on. */
const mostTries = 3;

/** What the walk through the plan needs from around it. */
export interface WalkOptions {
  readonly bridge: DeviceBridge;
  readonly clock: Clock;
  readonly keep: EvidenceKeeper;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  readonly waitMs: number;
  readonly hardwareSerial: string | null;
  readonly earlier: EarlierAcquisition | null;
  /** Never more commands than so many at the same time; absent: as many as the phone bears. */
  readonly mostAtOnce?: number;
}

/** The walk through the plan, stage by stage, with what came of each task. */
export class Walk {
  /** adb's name for the phone; another one where it came back by another way. */
  connection: string;
  /** Why the walk ended early; null while it goes on. */
  stop: 'interrupted' | 'cancelled' | null = null;
  readonly learned: Learned;
  readonly #options: WalkOptions;
  readonly #rows: readonly PlanRow[];
  readonly #board: StepBoard;
  readonly #had: ReturnType<typeof notAskedAgain>;
  readonly #steps = new Map<Task['id'], AcquiredStep>();
  /** How often each task broke off with the connection, and the evidence of those tries. */
  readonly #tries = new Map<Task['id'], { readonly count: number; readonly evidence: readonly Evidence['id'][] }>();
  /** Aborted where the keeper failed: what is under way is ended then, as by a cancel. */
  readonly #failed = new AbortController();
  readonly #signal: AbortSignal;
  #heard = 0;

  constructor(options: WalkOptions, connection: string, rows: readonly PlanRow[]) {
    this.#options = options;
    this.connection = connection;
    this.#rows = rows;
    this.#board = new StepBoard(options.progress, options.clock);
    this.#had = options.earlier ? notAskedAgain(options.earlier, rows) : () => null;
    this.#signal = AbortSignal.any([options.signal, this.#failed.signal]);
    this.learned = new Learned(options.keep, options.earlier);
    this.#board.plan(this.tasks);
  }

  /** All tasks in the order of the plan, for the users that are known. */
  get tasks(): readonly Task[] {
    return this.#tasksOf(this.#rows);
  }

  /** How the tasks ended, in the same order. */
  get steps(): readonly AcquiredStep[] {
    return this.tasks.map((task) => this.#steps.get(task.id) ?? { ...stepOf(task), ...unasked });
  }

  /** Asks the rows of one stage, side by side where the plan says so. Rejects only with what the keeper throws. */
  async stage(rows: readonly PlanRow[]): Promise<void> {
    const { mostAtOnce = Number.POSITIVE_INFINITY } = this.#options;
    const lanes = rows[0]?.together === null ? 1 : Math.min(mostAtOnce, lanesOf(this.learned.properties));
    let due: readonly Task[] = this.#tasksOf(rows).filter((task) => !this.#leftOut(task));
    while (due.length > 0) {
      if (this.#options.signal.aborted) this.stop ??= 'cancelled';
      if (this.stop) break;
      const loss = new Loss();
      const on = {
        run: (task: Task) => this.#run(task, loss),
        goOn: () => !loss.noticed && !this.#signal.aborted,
        failed: () => this.#failed.abort(),
      };
      // Of those that were under way when the connection broke, any may have broken it: they are repeated one at a time.
      const again = due.filter(({ id }) => this.#tries.has(id));
      const fresh = due.filter(({ id }) => !this.#tries.has(id));
      const left = [...(await inLanes(again, 1, on)), ...(await inLanes(fresh, lanes, on))];
      loss.over();
      if (loss.noticed && !this.#options.signal.aborted) await this.#waitFor(loss);
      due = [...loss.cutOff.filter(({ id }) => (this.#tries.get(id)?.count ?? 0) < mostTries), ...left];
    }
    for (const task of due) if (!this.#steps.has(task.id)) this.#giveUp(task);
    if (this.#options.signal.aborted) this.stop ??= 'cancelled';
  }

  #tasksOf(rows: readonly PlanRow[]): Task[] {
    return tasksOf(
      rows,
      this.learned.users.users.map(({ id }) => id),
    );
  }

  async #run(task: Task, loss: Loss): Promise<void> {
    const { bridge, clock, keep } = this.#options;
    const { offset, sdk, words } = this.learned;
    this.#board.begin(task.id);
    const at = {
      bridge,
      clock,
      serial: this.connection,
      keep,
      signal: this.#signal,
      lost: loss.signal,
      offset,
      sdk,
      words,
      received: (bytes: number) => {
        this.#heard += 1;
        this.#board.received(task.id, bytes);
      },
    };
    const { outcome, offset: compared } = task.row.clock
      ? await runClockTask(task, at)
      : { outcome: await runCommandTask(task, at), offset: null };
    const { command, state, why, exit, bytes } = outcome;
    this.#board.end(task.id, state, bytes, why);
    const evidence = [...(this.#tries.get(task.id)?.evidence ?? []), ...outcome.evidence];
    const final = outcome.final && { final: outcome.final };
    this.#steps.set(task.id, { ...stepOf(task), command, state, why, ...final, exit, bytes, evidence });
    await this.learned.take(task, outcome, compared);
    if (task.row.id === 'users') this.#board.plan(this.tasks);
    if (this.#signal.aborted) return;
    const lost = await this.#whyLost(outcome, loss);
    if (lost === null) return;
    this.#tries.set(task.id, { count: (this.#tries.get(task.id)?.count ?? 0) + 1, evidence });
    loss.notice(task, lost, state !== 'complete');
  }

  /** One sentence where the connection is lost or the phone fell silent; null where it is still there. */
  async #whyLost({ connection, state, bytes }: TaskOutcome, loss: Loss): Promise<string | null> {
    if (connection === 'lost') return 'The connection to the phone was lost.';
    if (state !== 'timed out' || bytes > 0) return null;
    // Slow in one answer, or silent for good? A silent phone would cost every later step its whole time.
    const heard = this.#heard;
    const signal = AbortSignal.any([this.#signal, loss.signal]);
    const answers = await phoneAnswers(this.#options.bridge, this.connection, signal, livenessMs);
    // One that goes on with another answer meanwhile is not silent.
    if (answers === 'yes' || (answers === 'silent' && this.#heard > heard)) return null;
    return this.#signal.aborted ? null : 'The phone stopped answering.';
  }

  /** Waits for the phone to come back, once, whatever was under way; sets `stop` where it stays away. */
  async #waitFor(loss: Loss): Promise<void> {
    const { bridge, clock, keep, signal, progress, waitMs } = this.#options;
    if (waitMs <= 0) {
      this.stop = 'interrupted';
      return;
    }
    const { learned, connection } = this;
    const hardwareSerial = this.#options.hardwareSerial ?? (learned.properties['ro.serialno'] || null);
    const { sdk, words } = learned;
    const [first] = loss.tasks;
    const underWay = loss.tasks.map(({ id }) => id);
    const { fraction } = this.#board;
    const back = await comeBack(
      {
        bridge,
        connection,
        hardwareSerial,
        waitMs,
        signal,
        progress,
        fraction,
        step: first!.id,
        why: loss.why,
        underWay,
      },
      learned.start,
      { bridge, clock, keep, signal, sdk, words },
    );
    if (back) {
      this.connection = back.connection;
      learned.cameBack(back, loss.tasks);
    } else if (!signal.aborted) this.stop = 'interrupted';
  }

  /** What is not asked: this Android has no such command, or an earlier acquisition has the whole answer. */
  #leftOut(task: Task): boolean {
    const { sdk } = this.learned;
    if (linesFor(task.row, sdk).length === 0) {
      this.#skip(task, { why: whyNoLine(task.row, sdk ?? 0) });
      return true;
    }
    const had = this.#had(task.id, task.row, sdk);
    if (!had) return false;
    const why = `Acquisition ${had.batch} has the whole answer (${had.evidence.join(', ')}).`;
    this.#skip(task, { why, evidence: had.evidence, from: had.batch });
    return true;
  }

  #skip(task: Task, said: Pick<AcquiredStep, 'why'> & Partial<AcquiredStep>): void {
    this.#board.leaveOut(task.id, 'skipped', said.why ?? '');
    this.#steps.set(task.id, { ...stepOf(task), ...unasked, state: 'skipped', ...said });
  }

  #giveUp(task: Task): void {
    const why =
      this.stop === 'cancelled'
        ? 'It was cancelled before its turn.'
        : 'The connection to the phone was lost before its turn.';
    this.#board.leaveOut(task.id, 'interrupted', why);
    this.#steps.set(task.id, { ...stepOf(task), ...unasked, why });
  }
}
