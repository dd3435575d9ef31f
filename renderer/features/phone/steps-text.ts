import type { StepView } from '../../../shared/types/task.ts';

const ended: ReadonlySet<StepView['state']> = new Set([
  'complete',
  'refused',
  'unavailable',
  'truncated',
  'timed out',
  'interrupted',
  'skipped',
]);

/** Whether a line on what is done now only names steps, which are listed anyway. */
export function onlyNames(now: string, steps: readonly StepView[]): boolean {
  const titles = steps.map((step) => step.title).sort((a, b) => b.length - a.length);
  const rest = titles.reduce((text, title) => text.replaceAll(title, ''), now.replace(/^Reading:/, ''));
  return now !== '' && rest.replace(/[,\s]/g, '') === '';
}

/** `12 of 41 ended, 2 refused`: what is less than complete is named. */
export function stepsText(steps: readonly StepView[]): string {
  const done = steps.filter((step) => ended.has(step.state)).length;
  const less = ['refused', 'unavailable', 'truncated', 'timed out', 'interrupted'].flatMap((state) => {
    const count = steps.filter((step) => step.state === state).length;
    return count === 0 ? [] : [`${count} ${state}`];
  });
  return [`${done} of ${steps.length} ended`, ...less].join(', ');
}
