import type { GroupHandlers, HostContext } from '../host-context.ts';

/** `events`: rows, and one event with its raw line. */
export function eventsHandlers({ cases }: HostContext): GroupHandlers<'events'> {
  return {
    list: (args) => cases.get(args.case).events(args.filter, args.limit, args.offset),
    detail: (args) => cases.get(args.case).eventDetail(args.id),
  };
}
