import type { GroupHandlers, HostContext } from '../host-context.ts';

/** `phones`: what is plugged in, and acquiring it. */
export function phonesHandlers({ engine, cases, tasks, emit }: HostContext): GroupHandlers<'phones'> {
  return {
    list: () => engine.phones(),
    async acquire({ case: id, task, serial, profile, extras, resume, waitMs }) {
      const open = cases.get(id);
      try {
        return await tasks.run({ task, kind: 'acquire', case: id }, (work) =>
          open.acquire({ serial, profile, extras, resume, waitMs }, work),
        );
      } finally {
        // A cable pulled half-way leaves evidence too.
        emit('cases', 'changed', { case: id });
      }
    },
  };
}
