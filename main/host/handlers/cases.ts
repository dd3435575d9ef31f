import type { CaseView, OpenedCase } from '../../../shared/types/case.ts';
import type { GroupHandlers, HostContext } from '../host-context.ts';

/** `cases`: opening, making and listing cases. */
export function casesHandlers({ cases, recent, tasks, sample }: HostContext): GroupHandlers<'cases'> {
  /** Remembers a case that was opened just now, and reads its first picture where one is wanted. */
  async function opened(view: CaseView, bars: number | undefined): Promise<OpenedCase> {
    await recent.remember(view);
    if (bars === undefined) return view;
    // Last of all: news of what is written from now on come after this answer. What cannot be read is asked for again by itself, and
    // fails where a person sees it.
    const first = await cases
      .get(view.id)
      .first(bars)
      .catch(() => null);
    return first ? { ...view, first } : view;
  }
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
    open: async ({ path, bars }) => opened(await cases.open(path), bars),
    async sample({ task, bars }) {
      const folder = await tasks.run({ task, kind: 'sample', case: null }, sample);
      return opened(await cases.open(folder), bars);
    },
    async close(args) {
      await cases.close(args.case);
      return null;
    },
    view: async (args) => cases.get(args.case).view(),
  };
}
