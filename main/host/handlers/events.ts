import type { GroupHandlers, HostContext } from '../host-context.ts';

/** `events`: rows, and one event with its raw line. */
export function eventsHandlers({ cases, tasks }: HostContext): GroupHandlers<'events'> {
  return {
    list: (args) => cases.get(args.case).events(args.filter, args.limit, args.offset),
    detail: (args) => cases.get(args.case).eventDetail(args.id, args.reveal),
    async savePackets({ case: id, task, id: event, out }) {
      const open = cases.get(id);
      return tasks.run({ task, kind: 'packets', case: id }, (work) => open.savePackets(event, out, work));
    },
  };
}
