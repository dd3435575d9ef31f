import { humanBytes } from '../../shared/base/bytes.ts';
import type { StepView } from '../../shared/types/task.ts';
import { StateMark } from './StateMark.tsx';
import './progress.css';

/** Milliseconds as a watch would say them: `0.4 s`, `12 s`, `3 min 20 s`. */
export function spentText(ms: number): string {
  if (ms < 9950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

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
