import { humanBytes } from '../../shared/base/bytes.ts';
import type { StepView } from '../../shared/types/task.ts';
import { StateMark } from './StateMark.tsx';
import { spentText } from './spent-text.ts';
import './progress.css';

/** Every step of long work with its state, bytes and time. */
export function StepList({ label, steps }: { label: string; steps: readonly StepView[] }) {
  return (
    <ol className="steps" aria-label={label}>
      {steps.map((step) => {
        const idle = step.state === 'waiting' || step.state === 'skipped';
        return (
          <li key={step.id} className={`step step-${step.state.replace(' ', '-')}`}>
            <span className="step-title cut" title={step.title}>
              {step.title}
            </span>
            <StateMark state={step.state} />
            <span className="number">{step.bytes > 0 ? humanBytes(step.bytes) : ''}</span>
            <span className="number quiet">{idle ? '' : spentText(step.ms)}</span>
            {step.note === null ? null : <span className="step-note">{step.note}</span>}
          </li>
        );
      })}
    </ol>
  );
}
