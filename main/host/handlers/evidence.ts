import type { GroupHandlers, HostContext } from '../host-context.ts';

/** `evidence`: taking files in, listing what is there, and checking it. */
export function evidenceHandlers({ cases, tasks, emit }: HostContext): GroupHandlers<'evidence'> {
  return {
    async import({ case: id, task, paths }) {
      const open = cases.get(id);
      try {
        return await tasks.run({ task, kind: 'import', case: id }, (work) => open.importFiles(paths, work));
      } finally {
        emit('cases', 'changed', { case: id });
      }
    },
    list: (args) => cases.get(args.case).evidence(),
    batches: (args) => cases.get(args.case).batches(),
    warnings: (args) => cases.get(args.case).warnings(args.limit, args.after),
    async verify({ case: id, task, keys, authorities }) {
      const open = cases.get(id);
      return tasks.run({ task, kind: 'verify', case: id }, (work) => open.verify(work, { keys, authorities }));
    },
    async rebuild({ case: id, task }) {
      const open = cases.get(id);
      try {
        return await tasks.run({ task, kind: 'rebuild', case: id }, (work) => open.rebuild(work));
      } finally {
        emit('cases', 'changed', { case: id });
      }
    },
  };
}
