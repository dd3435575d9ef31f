import type { GroupHandlers, HostContext } from '../host-context.ts';

/** `explain`: what may explain an event, app, host, address or service, and what data are at stake. */
export function explainHandlers({ cases }: HostContext): GroupHandlers<'explain'> {
  return { get: ({ case: id, subject }) => cases.get(id).explain(subject) };
}
