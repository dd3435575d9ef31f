import type { Task } from './step-board.ts';

/** A connection that is lost to one answer is lost to all: the others have so long to notice it by themselves. */
const graceMs = 2000;

/** One loss of the connection, with the tasks that were under way. */
export class Loss {
  /** The tasks that broke off with it, the one that noticed it first. */
  readonly tasks: Task[] = [];
  /** Those of them that have no whole answer. */
  readonly cutOff: Task[] = [];
  why = '';
  readonly #ended = new AbortController();
  #timer: NodeJS.Timeout | null = null;

  /** Aborted once what is still under way has no hope. */
  get signal(): AbortSignal {
    return this.#ended.signal;
  }

  get noticed(): boolean {
    return this.tasks.length > 0;
  }

  notice(task: Task, why: string, cutOff: boolean): void {
    if (!this.noticed) {
      this.why = why;
      this.#timer = setTimeout(() => this.#ended.abort(), graceMs);
    }
    this.tasks.push(task);
    if (cutOff) this.cutOff.push(task);
  }

  /** Nothing is under way any more. */
  over(): void {
    if (this.#timer) clearTimeout(this.#timer);
  }
}
