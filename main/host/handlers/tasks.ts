import type { GroupHandlers, HostContext } from '../host-context.ts';

/** `tasks`: stopping long work. Its news come from the task table. */
export function tasksHandlers({ tasks }: HostContext): GroupHandlers<'tasks'> {
  return {
    async cancel({ task }) {
      tasks.cancel(task);
      return null;
    },
  };
}
