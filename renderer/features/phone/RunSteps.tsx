import type { StepView } from '../../../shared/types/task.ts';
import { StepList } from '../../ui/StepList.tsx';
import { stepsText } from './steps-text.ts';

/** The steps of an acquisition under way: how many ended, what is being asked right now, often several at once, then all in order. */
export function RunSteps({ steps }: { steps: readonly StepView[] }) {
  const now = steps.filter((step) => step.state === 'running');
  return (
    <>
      <section className="run-now" aria-label="Being asked now">
        <h3>{now.length > 1 ? `Being asked now, ${now.length} at once` : 'Being asked now'}</h3>
        {now.length === 0 ? (
          <p className="quiet run-none">Between two steps</p>
        ) : (
          <StepList label="Steps under way" steps={now} />
        )}
      </section>
      <section aria-label="Every step">
        <h3 className="run-head">
          Every step <span className="run-count">{stepsText(steps)}</span>
        </h3>
        <StepList label="Steps of the acquisition" steps={steps} />
      </section>
    </>
  );
}
