import type { StepView } from '../../../../shared/types/task.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Progress } from '../../ports/progress.ts';
import type { PlanRow } from './plan.ts';

const tellEveryUs = 100_000;

/** One row of the plan for one user (null: for the whole phone). */
export interface Task {
  readonly id: string;
  readonly title: string;
  readonly row: PlanRow;
  readonly user: number | null;
}

/** The plan's rows with one task a user. Before the users are known, user 0 stands for them. */
export function tasksOf(rows: readonly PlanRow[], users: readonly number[]): Task[] {
  return rows.flatMap((row): Task[] =>
    row.perUser
      ? users.map((user) => ({
          id: `${row.id}:${user}`,
          title: users.length > 1 ? `${row.title}, user ${user}` : row.title,
          row,
          user,
        }))
      : [{ id: row.id, title: row.title, row, user: null }],
  );
}

/** What the screen shows of the acquisition: every task with its state, bytes and time. */
export class StepBoard {
  readonly #progress: Progress;
  readonly #clock: Clock;
  #steps: StepView[] = [];
  #startedUs = 0;
  #toldUs = 0;

  constructor(progress: Progress, clock: Clock) {
    this.#progress = progress;
    this.#clock = clock;
  }

  /** Shows these tasks; those that have been shown already keep their state. */
  plan(tasks: readonly Task[]): void {
    const before = new Map(this.#steps.map((step) => [step.id, step]));
    this.#steps = tasks.map(({ id, title }) => ({
      ...(before.get(id) ?? { id, state: 'waiting', bytes: 0, ms: 0, note: null }),
      title,
    }));
    this.#tell();
  }

  begin(id: string): void {
    this.#startedUs = this.#clock.now();
    this.#change(id, { state: 'running' });
    const title = this.#steps.find((step) => step.id === id)?.title ?? id;
    const done = this.#steps.filter(({ state }) => state !== 'waiting' && state !== 'running').length;
    this.#progress.now(`Reading: ${title}`, this.#steps.length === 0 ? null : done / this.#steps.length);
  }

  received(id: string, bytes: number): void {
    if (this.#clock.now() - this.#toldUs >= tellEveryUs) this.#change(id, { bytes });
  }

  end(id: string, state: StepView['state'], bytes: number, note: string | null): void {
    this.#change(id, { state, bytes, note });
  }

  /** Marks what was never begun. */
  leaveOut(id: string, state: StepView['state'], note: string): void {
    this.#steps = this.#steps.map((step) => (step.id === id ? { ...step, state, note } : step));
    this.#tell();
  }

  #change(id: string, change: Partial<StepView>): void {
    const ms = Math.max(0, Math.round((this.#clock.now() - this.#startedUs) / 1000));
    this.#steps = this.#steps.map((step) => (step.id === id ? { ...step, ...change, ms } : step));
    this.#tell();
  }

  #tell(): void {
    this.#toldUs = this.#clock.now();
    this.#progress.steps(this.#steps);
  }
}
