import type { TaskView } from '../../../shared/types/task.ts';
import { cancelTask, newestTask, useTasks } from '../../state/tasks.ts';
import { Button } from '../../ui/Button.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { StepList } from '../../ui/StepList.tsx';

/** Long work of a case under way in a place: how far it is, its steps, and its end. */
export function Working({ kind, caseId, title }: { kind: TaskView['kind']; caseId: string; title: string }) {
  const tasks = useTasks();
  const task = newestTask(tasks, kind, caseId);
  if (task === null || task.state !== 'running') return null;
  const ending = tasks.ending.includes(task.task);
  return (
    <section className="card working" aria-label={title}>
      <div className="task-head">
        <h2>{title}</h2>
        <span className="quiet cut working-now">{task.now}</span>
        <Button isDisabled={ending} onPress={() => void cancelTask(task.task)}>
          {ending ? 'Ending' : 'Cancel'}
        </Button>
      </div>
      <Progress label={title} fraction={task.fraction} />
      {task.steps.length > 0 ? (
        <div className="working-steps">
          <StepList label="Steps" steps={task.steps} />
        </div>
      ) : null}
    </section>
  );
}
