import type { GroupHandlers, HostContext } from '../host-context.ts';

/** `timeline`: what the instrument draws. */
export function timelineHandlers({ cases }: HostContext): GroupHandlers<'timeline'> {
  return {
    overview: (args) => cases.get(args.case).overview(args.bins),
    window: ({ case: id, ...question }) => cases.get(id).window(question),
  };
}
