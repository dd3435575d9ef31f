import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { TaskView } from '../../../shared/types/task.ts';
import { Box } from '../../ui/Box.tsx';
import { IconButton } from '../../ui/Button.tsx';
import { FailureBox } from '../../ui/FailureBox.tsx';
import type { Run } from '../evidence/checks.ts';
import { Working } from '../evidence/Working.tsx';
import { type Act, putActAway } from './runs.ts';

interface RunResultProps<T> {
  readonly act: Act;
  readonly run: Run<T> | null;
  readonly caseId: string;
  /** Long work has a task, which shows how far it is. */
  readonly kind: TaskView['kind'] | null;
  readonly working: string;
  readonly title: string;
  children(outcome: T): ReactNode;
}

/** An act of custody under way, or what came of it. */
export function RunResult<T>({ act, run, caseId, kind, working, title, children }: RunResultProps<T>) {
  if (run === null) return null;
  if (run.running) {
    return kind === null ? (
      <p className="quiet" role="status">
        {working}
      </p>
    ) : (
      <Working kind={kind} caseId={caseId} title={working} />
    );
  }
  return (
    <div className="result">
      {run.failure === null ? null : <FailureBox failure={run.failure} />}
      {run.outcome === null ? null : (
        <Box tone="good" live title={title}>
          {children(run.outcome)}
        </Box>
      )}
      <IconButton label="Put the result away" icon={<X className="icon" />} onPress={() => putActAway(act)} />
    </div>
  );
}
