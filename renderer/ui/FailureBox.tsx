import { CircleAlert, Info } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Failure } from '../../shared/base/failure.ts';
import { Button } from './Button.tsx';
import './notice.css';

interface FailureBoxProps {
  readonly failure: Failure;
  readonly onAgain?: () => void;
  readonly children?: ReactNode;
}

/** What happened, what is safe, what to do. Announced by screen readers at once. What a person ended is no alarm. */
export function FailureBox({ failure, onAgain, children }: FailureBoxProps) {
  const wanted = failure.code === 'cancelled';
  const Sign = wanted ? Info : CircleAlert;
  return (
    <div className={`box ${wanted ? 'box-info' : 'box-bad'}`} role={wanted ? 'status' : 'alert'}>
      <Sign className="icon" />
      <div className="box-words">
        <p className="box-first">{failure.message}</p>
        {failure.advice === null ? null : <p>{failure.advice}</p>}
        {children}
        {onAgain ? (
          <p className="box-act">
            <Button onPress={onAgain}>Try again</Button>
          </p>
        ) : null}
      </div>
    </div>
  );
}
