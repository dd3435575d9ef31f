import { create } from 'zustand';
import type { TaskView } from '../../shared/types/task.ts';
import { bridge } from '../bridge/bridge.ts';
import { failureOf } from '../bridge/failures.ts';
import { newTaskName } from '../bridge/page.ts';
import { noticeFailure } from './notices.ts';

export interface Tasks {
  readonly byName: Readonly<Record<string, TaskView>>;
  /** Tasks whose end was asked for and has not come yet. */
  readonly ending: readonly string[];
}

/** All long work that this window has heard of, newest last. */
export const useTasks = create<Tasks>(() => ({ byName: {}, ending: [] }));

/** Follows the news of tasks; returns its own end. */
export function followTasks(): () => void {
  return bridge().client.tasks.on.changed((view) =>
    useTasks.setState(({ byName }) => ({ byName: { ...byName, [view.task]: view } })),
  );
}

function finish(task: string, state: 'done' | 'failed' | 'cancelled'): void {
  useTasks.setState(({ byName, ending }) => {
    const view = byName[task];
    const settled = view && view.state === 'running' ? { ...byName, [task]: { ...view, state } } : byName;
    return { byName: settled, ending: ending.filter((name) => name !== task) };
  });
}

/** Runs long work under a fresh name and keeps its state true even if the last news never came. */
export async function runTask<T>(
  kind: TaskView['kind'],
  caseId: string | null,
  start: (task: string) => Promise<T>,
): Promise<T> {
  const task = newTaskName(kind);
  const view: TaskView = { task, kind, case: caseId, state: 'running', fraction: null, now: 'Starting', steps: [] };
  useTasks.setState(({ byName }) => ({ byName: { ...byName, [task]: view } }));
  try {
    const answer = await start(task);
    finish(task, 'done');
    return answer;
  } catch (thrown) {
    finish(task, failureOf(thrown).code === 'cancelled' ? 'cancelled' : 'failed');
    throw thrown;
  }
}

/** Asks for the end of a task. It ends when the engine says so. */
export async function cancelTask(task: string): Promise<void> {
  useTasks.setState(({ ending }) => ({ ending: [...ending, task] }));
  try {
    await bridge().client.tasks.cancel({ task });
  } catch (thrown) {
    useTasks.setState(({ ending }) => ({ ending: ending.filter((name) => name !== task) }));
    noticeFailure(thrown);
  }
}

/** The newest task of a kind in a case, running or ended; null when there was none in this session. */
export function newestTask(tasks: Tasks, kind: TaskView['kind'], caseId: string | null): TaskView | null {
  return Object.values(tasks.byName).findLast((task) => task.kind === kind && task.case === caseId) ?? null;
}

export function runningTasks(tasks: Tasks): TaskView[] {
  return Object.values(tasks.byName).filter((task) => task.state === 'running');
}
