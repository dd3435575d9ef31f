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

/** What the screen shows of the acquisition: every task with its state, bytes and time. Several may run at once. */
export class StepBoard {
  readonly #progress: Progress;
  readonly #clock: Clock;
  #steps: readonly StepView[] = [];
  /** Those under way, in the order in which they were begun, with the time of their beginning. */
  readonly #running = new Map<string, number>();
  #toldUs = 0;

  constructor(progress: Progress, clock: Clock) {
    this.#progress = progress;
    this.#clock = clock;
  }

  /** 0 to 1, or null while there is no plan. */
  get fraction(): number | null {
    const done = this.#steps.filter(({ state }) => state !== 'waiting' && state !== 'running').length;
    return this.#steps.length === 0 ? null : done / this.#steps.length;
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
    this.#running.set(id, this.#clock.now());
    this.#change(id, { state: 'running', bytes: 0, note: null });
    this.#tell();
    this.#say();
  }

  received(id: string, bytes: number): void {
    this.#change(id, { bytes });
    if (this.#clock.now() - this.#toldUs >= tellEveryUs) this.#tell();
  }

  end(id: string, state: StepView['state'], bytes: number, note: string | null): void {
    this.#change(id, { state, bytes, note, ms: this.#msOf(id) });
    this.#running.delete(id);
    this.#tell();
    if (this.#running.size > 0) this.#say();
  }

  /** Marks what was never begun. */
  leaveOut(id: string, state: StepView['state'], note: string): void {
    this.#change(id, { state, note });
    this.#tell();
  }

  #msOf(id: string): number {
    const from = this.#running.get(id);
    return from === undefined ? 0 : Math.max(0, Math.round((this.#clock.now() - from) / 1000));
  }

  #change(id: string, change: Partial<StepView>): void {
    this.#steps = this.#steps.map((step) => (step.id === id ? { ...step, ...change } : step));
  }

  #say(): void {
    const titles = [...this.#running.keys()].map((id) => this.#steps.find((step) => step.id === id)?.title ?? id);
    this.#progress.now(`Reading: ${titles.join(', ')}`, this.fraction);
  }

  #tell(): void {
    this.#toldUs = this.#clock.now();
    this.#steps = this.#steps.map((step) => (this.#running.has(step.id) ? { ...step, ms: this.#msOf(step.id) } : step));
    this.#progress.steps(this.#steps);
  }
}
