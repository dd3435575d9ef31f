import type { GroupHandlers, HostContext } from '../host-context.ts';

/** `cases`: opening, making and listing cases. */
export function casesHandlers({ cases, recent, tasks, sample }: HostContext): GroupHandlers<'cases'> {
  return {
    recent: () => recent.list(),
    async forget({ path }) {
      await recent.forget(path);
      return null;
    },
    async create({ path, info }) {
      const view = await cases.create(path, info);
      await recent.remember(view);
      return view;
    },
    async open({ path }) {
      const view = await cases.open(path);
      await recent.remember(view);
      return view;
    },
    async sample({ task }) {
      const folder = await tasks.run({ task, kind: 'sample', case: null }, sample);
      const view = await cases.open(folder);
      await recent.remember(view);
      return view;
    },
    async close(args) {
      await cases.close(args.case);
      return null;
    },
    view: async (args) => cases.get(args.case).view(),
  };
}
