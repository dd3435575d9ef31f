import type { GroupHandlers, HostContext } from '../host-context.ts';

/** `findings`: what rules proposed, and what the examiner made and decided. */
export function findingsHandlers({ cases, emit }: HostContext): GroupHandlers<'findings'> {
  /** What was said of findings is told to every window that has the case open. */
  const told = async <T>(id: string, work: Promise<T>): Promise<T> => {
    const said = await work;
    emit('cases', 'changed', { case: id });
    return said;
  };
  return {
    list: (args) => cases.get(args.case).findings(),
    draft: (args) => cases.get(args.case).findingDraft(args.window, args.cite),
    make: (args) => told(args.case, cases.get(args.case).makeFinding(args.finding)),
    edit: ({ case: id, key, title, text }) => told(id, cases.get(id).editFinding(key, { title, text })),
    decide: ({ case: id, key, state, reason }) => told(id, cases.get(id).decideFinding(key, state, reason)),
    move: ({ case: id, key, place }) => told(id, cases.get(id).moveFinding(key, place)),
    picture: async (args) => ({ svg: await cases.get(args.case).findingPicture(args.key) }),
  };
}
