import { Failure } from '../../../shared/base/failure.ts';
import type { StepView, TaskView } from '../../../shared/types/task.ts';

export interface MockStep {
  readonly id: string;
  readonly title: string;
  readonly ms: number;
  readonly bytes: number;
  readonly ends?: StepView['state'];
  readonly note?: string;
}

const tickMs = 60;

/** Plays long work: steps one after another, with bytes and time, until done or cancelled. `pace` 0 does not wait. */
export function workshop(
  emit: (view: TaskView) => void,
  pace: number,
): {
  play(task: string, kind: TaskView['kind'], caseId: string | null, steps: readonly MockStep[]): Promise<void>;
  cancel(task: string): void;
} {
  const cancelled = new Set<string>();
  async function play(
    task: string,
    kind: TaskView['kind'],
    caseId: string | null,
    plan: readonly MockStep[],
  ): Promise<void> {
    const steps: StepView[] = plan.map(({ id, title }) => ({
      id,
      title,
      state: 'waiting',
      bytes: 0,
      ms: 0,
      note: null,
    }));
    const all = plan.reduce((sum, step) => sum + step.ms, 0);
    let spent = 0;
    const tell = (state: TaskView['state'], now: string) =>
      emit({ task, kind, case: caseId, state, fraction: all === 0 ? null : spent / all, now, steps });
    for (const [index, step] of plan.entries()) {
      const view = steps[index]!;
      view.state = 'running';
      for (let at = 0; at < step.ms; at += tickMs) {
        if (cancelled.has(task)) {
          view.state = 'interrupted';
          for (const later of steps.slice(index + 1)) later.state = 'skipped';
          tell('cancelled', 'Cancelled');
          throw new Failure('cancelled', 'The work was cancelled.', 'What had arrived before is kept in the case.');
        }
        view.ms = at;
        view.bytes = Math.round((step.bytes * at) / step.ms);
        tell('running', step.title);
        await new Promise((done) => setTimeout(done, tickMs * pace));
        spent += tickMs;
      }
      view.ms = step.ms;
      view.bytes = step.bytes;
      view.state = step.ends ?? 'complete';
      view.note = step.note ?? null;
    }
    spent = all;
    tell('done', 'Done');
  }
  return { play, cancel: (task) => cancelled.add(task) };
}
