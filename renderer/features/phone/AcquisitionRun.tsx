import { Unplug } from 'lucide-react';
import type { AcquireOutcome } from '../../../shared/types/outcome.ts';
import { putAcquisitionAway, useAcquisition } from '../../state/acquisition.ts';
import { go } from '../../state/address-store.ts';
import { usePhones } from '../../state/phones.ts';
import { cancelTask, newestTask, useTasks } from '../../state/tasks.ts';
import { groupedNumber } from '../../timeline/formats.ts';
import { Box } from '../../ui/Box.tsx';
import { Button } from '../../ui/Button.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { FailureBox } from '../../ui/FailureBox.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { StepList } from '../../ui/StepList.tsx';
import { spentText } from '../../ui/spent-text.ts';
import { offsetText } from './clock-words.ts';

const kept = 'What had arrived is kept and hashed; the case is valid and says what is missing.';
const endings: Readonly<
  Record<AcquireOutcome['state'], readonly [tone: 'good' | 'warn', title: string, words: string | null]>
> = {
  complete: ['good', 'The acquisition is complete. Every command answered.', null],
  partial: [
    'warn',
    'The acquisition is done. Some commands gave less than was asked for.',
    'The list says what that means.',
  ],
  interrupted: [
    'warn',
    'The phone was gone before the end.',
    `${kept} Plug the phone in and choose to go on where this acquisition stopped: only what is missing is taken then.`,
  ],
  cancelled: ['warn', 'The acquisition was cancelled.', `${kept} It can be gone on with.`],
};

function Outcome({ outcome }: { outcome: AcquireOutcome }) {
  const [tone, title, words] = endings[outcome.state];
  return (
    <>
      <Box tone={tone} title={title} live>
        {words === null ? null : <p>{words}</p>}
      </Box>
      <Facts
        list={[
          ['Evidence files', groupedNumber(outcome.evidence)],
          ['Events', groupedNumber(outcome.events)],
          ['Warnings', groupedNumber(outcome.warnings)],
          ['Time taken', spentText(outcome.durationMs)],
          ['Clocks', offsetText(outcome.offsetMs, outcome.offsetErrorMs)],
        ]}
      />
      {outcome.refused.length === 0 ? null : (
        <section aria-label="What was refused">
          <h3>What was refused or cut off, and what that means</h3>
          <ul className="refused">
            {outcome.refused.map((entry) => (
              <li key={entry.id}>
                <StateMark state={entry.state} />
                <div>
                  <code>{entry.command}</code>
                  <p>{entry.why}</p>
                </div>
              </li>
            ))}
          </ul>
        </section>
      )}
      <div className="acquire-acts">
        <Button onPress={putAcquisitionAway}>Acquire again</Button>
        <Button onPress={() => go('evidence')}>See the evidence</Button>
        <Button look="primary" onPress={() => go('timeline')}>
          See the timeline
        </Button>
      </div>
    </>
  );
}

/** An acquisition under way or just ended: every step, and at the end what came of it. */
export function AcquisitionRun({ caseId }: { caseId: string }) {
  const run = useAcquisition();
  const tasks = useTasks();
  const task = newestTask(tasks, 'acquire', caseId);
  const gone = usePhones(({ view }) => view !== null && !view.devices.some((device) => device.serial === run.serial));
  const ending = task !== null && tasks.ending.includes(task.task);
  return (
    <section className="card acquire" aria-label="Acquisition">
      <div className="task-head">
        <h2>{run.running ? 'Acquiring' : 'Acquisition'}</h2>
        {run.running && task !== null ? (
          <Button isDisabled={ending} onPress={() => void cancelTask(task.task)}>
            {ending ? 'Ending' : 'Cancel'}
          </Button>
        ) : null}
      </div>
      {run.running ? (
        <>
          <Progress label="Acquisition" fraction={task?.fraction ?? null} />
          <p className="quiet" role="status">
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
      {run.outcome === null ? null : <Outcome outcome={run.outcome} />}
      {run.failure === null ? null : (
        <FailureBox failure={run.failure}>
          <p className="box-act">
            <Button onPress={putAcquisitionAway}>Back</Button>
          </p>
        </FailureBox>
      )}
      {task !== null && task.steps.length > 0 ? (
        <div>
          {run.running ? null : <h3>Every step</h3>}
          <StepList label="Steps of the acquisition" steps={task.steps} />
        </div>
      ) : null}
    </section>
  );
}
