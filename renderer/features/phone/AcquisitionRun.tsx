import { Unplug } from 'lucide-react';
import { putAcquisitionAway, useAcquisition } from '../../state/acquisition.ts';
import { usePhones } from '../../state/phones.ts';
import { cancelTask, newestTask, useTasks } from '../../state/tasks.ts';
import { Button } from '../../ui/Button.tsx';
import { FailureBox } from '../../ui/FailureBox.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { StepList } from '../../ui/StepList.tsx';
import { AcquisitionOutcome } from './AcquisitionOutcome.tsx';
import { LiveRun } from './LiveRun.tsx';
import { RunSteps } from './RunSteps.tsx';
import { onlyNames, stepsText } from './steps-text.ts';

/** An acquisition under way or just ended: every step, and at the end what came of it. */
export function AcquisitionRun({ caseId }: { caseId: string }) {
  const run = useAcquisition();
  const tasks = useTasks();
  const task = newestTask(tasks, 'acquire', caseId);
  const gone = usePhones(
    ({ view }) => view !== null && run.serial !== null && !view.devices.some((device) => device.serial === run.serial),
  );
  const ending = task !== null && tasks.ending.includes(task.task);
  const own = run.caseId === caseId;
  const running = task?.state === 'running' || (own && run.running);
  const outcome = own && !running ? run.outcome : null;
  const failure = own && !running ? run.failure : null;
  const live = task?.live ?? null;
  // Where the steps below say it already, it is only read aloud.
  const said = task !== null && onlyNames(task.now, task.steps);
  if (running && task !== null && live !== null) return <LiveRun task={task} live={live} />;
  return (
    <section className="card acquire" aria-label="Acquisition">
      <div className="task-head">
        <h2>{running ? 'Acquiring' : 'Acquisition'}</h2>
        {running && task !== null ? (
          <Button isDisabled={ending} onPress={() => void cancelTask(task.task)}>
            {ending ? 'Ending' : 'Cancel'}
          </Button>
        ) : null}
      </div>
      {running ? (
        <>
          <Progress label="Acquisition" fraction={task?.fraction ?? null} />
          <p className={said ? 'unseen' : 'quiet'} role="status">
            {task?.now ?? 'Starting'}
          </p>
          {gone ? (
            <div className="box box-warn" role="alert">
              <Unplug className="icon" />
              <div className="box-words">
                <p className="box-first">The phone is gone.</p>
                <p>
                  What has arrived is safe. Plug the phone in again: the step that was cut off is repeated and the rest
                  goes on. If it stays away for two minutes, the acquisition ends with what it has.
                </p>
              </div>
            </div>
          ) : null}
        </>
      ) : null}
      {outcome === null ? null : (
        <AcquisitionOutcome caseId={caseId} serial={run.serial} outcome={outcome} live={live} />
      )}
      {failure === null ? null : (
        <FailureBox failure={failure}>
          {task === null || task.steps.length === 0 ? null : <p>What had arrived is kept and hashed in the case.</p>}
          <p className="box-act">
            <Button onPress={putAcquisitionAway}>Back</Button>
          </p>
        </FailureBox>
      )}
      {task === null || task.steps.length === 0 ? null : running ? (
        <RunSteps steps={task.steps} />
      ) : (
        <section aria-label="Every step">
          <h3 className="run-head">
            Every step <span className="run-count">{stepsText(task.steps)}</span>
          </h3>
          <StepList label="Steps of the acquisition" steps={task.steps} />
        </section>
      )}
    </section>
  );
}
