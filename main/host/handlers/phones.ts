import type { GroupHandlers, HostContext } from '../host-context.ts';

/** `phones`: what is plugged in, and acquiring it. */
export function phonesHandlers({ engine, cases, tasks, emit }: HostContext): GroupHandlers<'phones'> {
  return {
    list: () => engine.phones(),
    look: ({ case: id, task, serial, root }) =>
      tasks.run({ task, kind: 'look', case: id }, (work) => cases.get(id).look({ serial, root }, work)),
    pair: ({ address, code }) => engine.pairPhone(address, code),
    connect: ({ address }) => engine.connectPhone(address),
    async acquire({ case: id, task, ...choice }) {
      const open = cases.get(id);
      try {
        return await tasks.run({ task, kind: 'acquire', case: id }, (work) =>
          open.acquire(choice, {
            ...work,
            progress: {
              ...work.progress,
              // What a live acquisition sees is in the case already, and is drawn as it comes.
              live(seen) {
                work.progress.live?.(seen);
                emit('cases', 'changed', { case: id });
              },
            },
          }),
        );
      } finally {
        // A cable pulled half-way leaves evidence too.
        emit('cases', 'changed', { case: id });
      }
    },
  };
}
