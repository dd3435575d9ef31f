import type { GroupHandlers, HostContext } from '../host-context.ts';

/** `destinations`: where contacts lead, by country, organisation, service, host or address. */
export function destinationsHandlers({ cases }: HostContext): GroupHandlers<'destinations'> {
  return { list: ({ case: id, by, filter }) => cases.get(id).destinations(by, filter) };
}
