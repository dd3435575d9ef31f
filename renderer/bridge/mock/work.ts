import { Failure } from '../../../shared/base/failure.ts';
import type { StepView, TaskView } from '../../../shared/types/task.ts';

export interface MockStep {
  readonly id: string;
  readonly title: string;
  readonly ms: number;
  readonly bytes: number;
  readonly ends?: StepView['state'];
  readonly note?: string;
  /** Goes on at the same time as the step before it. */
  readonly beside?: boolean;
}

const tickMs = 60;

/** How a step stands after so many milliseconds. */
function settle(view: StepView, step: MockStep, at: number): void {
  const ended = at >= step.ms;
  view.ms = ended ? step.ms : at;
  view.bytes = ended ? step.bytes : Math.round((step.bytes * at) / step.ms);
  view.state = ended ? (step.ends ?? 'complete') : 'running';
  view.note = ended ? (step.note ?? null) : null;
}

/** Plays long work: steps one after another or side by side, with bytes and time, until done or cancelled. `pace` 0 does not wait. */
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
    const groups: number[][] = [];
    for (const [index, step] of plan.entries()) {
      const last = groups.at(-1);
      if (step.beside && last) last.push(index);
      else groups.push([index]);
    }
    const longest = (group: readonly number[]) => Math.max(...group.map((index) => plan[index]!.ms));
    const all = groups.reduce((sum, group) => sum + longest(group), 0);
    let spent = 0;
    const tell = (state: TaskView['state'], now: string) =>
      emit({ task, kind, case: caseId, state, fraction: all === 0 ? null : spent / all, now, steps });
    for (const group of groups) {
      for (const index of group) steps[index]!.state = 'running';
      const ms = longest(group);
      for (let at = 0; at < ms; at += tickMs) {
        if (cancelled.has(task)) {
          for (const view of steps) {
            if (view.state === 'running') view.state = 'interrupted';
            else if (view.state === 'waiting') view.state = 'skipped';
          }
          tell('cancelled', 'Cancelled');
          throw new Failure('cancelled', 'The work was cancelled.', 'What had arrived before is kept in the case.');
        }
        for (const index of group) settle(steps[index]!, plan[index]!, at);
        tell('running', plan[group.findLast((index) => steps[index]!.state === 'running') ?? group[0]!]!.title);
        await new Promise((done) => setTimeout(done, tickMs * pace));
        spent += tickMs;
      }
      for (const index of group) settle(steps[index]!, plan[index]!, ms);
    }
    spent = all;
    tell('done', 'Done');
  }
  return { play, cancel: (task) => cancelled.add(task) };
}
