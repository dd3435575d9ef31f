import { CircleDot, LoaderCircle } from 'lucide-react';
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import type { TaskView } from '../../../shared/types/task.ts';
import { cancelTask, runningTasks, useTasks } from '../../state/tasks.ts';
import { Button } from '../../ui/Button.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { StepList } from '../../ui/StepList.tsx';
import { EndLive } from '../phone/EndLive.tsx';

const taskNames: Readonly<Record<TaskView['kind'], string>> = {
  acquire: 'Acquisition',
  look: 'Looking at the phone',
  import: 'Import',
  report: 'Report',
  verify: 'Verification',
  rebuild: 'Rebuilding',
  sample: 'Sample case',
  packets: 'Saving packets',
  sign: 'Signing',
  seal: 'Sealing',
  unseal: 'Opening a sealed case',
};

/** What the work is called: watching a phone is no ordinary acquisition. */
function nameOf(task: TaskView): string {
  return task.live ? 'Live acquisition' : taskNames[task.kind];
}

function percent(fraction: number | null): string {
  return fraction === null ? '' : `${Math.floor(fraction * 100)} %`;
}

/** Long work that is under way: how far it is, its steps, and its end. Absent when nothing runs. */
export function TaskMenu() {
  const tasks = useTasks();
  const running = runningTasks(tasks);
  const first = running[0];
  if (first === undefined) return null;
  const more = running.length > 1 ? ` and ${running.length - 1} more` : '';
  return (
    <DialogTrigger>
      <AriaButton
        className="bar-item bar-task"
        aria-label={`${nameOf(first)}${more} ${percent(first.fraction)}, show steps`}
      >
        {first.live ? <CircleDot className="icon" /> : <LoaderCircle className="icon turning" />}
        <span className="cut">
          {nameOf(first)}
          {more} <span className="quiet">{first.now}</span>
        </span>
        <span className="number quiet">{percent(first.fraction)}</span>
      </AriaButton>
      <Popover className="popover" placement="bottom end" offset={4}>
        <Dialog className="task-pop" aria-label="Work under way">
          {running.map((task) => (
            <section key={task.task} className="task-one">
              <div className="task-head">
                <h3>{nameOf(task)}</h3>
                {task.live ? (
                  <EndLive task={task.task} live={task.live} nowUs={task.live.lastUs ?? task.live.startedUs} />
                ) : (
                  <Button isDisabled={tasks.ending.includes(task.task)} onPress={() => void cancelTask(task.task)}>
                    {tasks.ending.includes(task.task) ? 'Ending' : 'Cancel'}
                  </Button>
                )}
              </div>
              {task.live ? null : <Progress label={nameOf(task)} fraction={task.fraction} />}
              <StepList label="Steps" steps={task.steps} />
            </section>
          ))}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
