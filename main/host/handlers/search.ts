import type { GroupHandlers, HostContext } from '../host-context.ts';

/** `search`: apps, hosts, addresses, organisations, services, countries, networks, findings and notes by their words. */
export function searchHandlers({ cases }: HostContext): GroupHandlers<'search'> {
  return { find: ({ case: id, text, limit }) => cases.get(id).find(text, limit) };
}
