import type { GroupHandlers, HostContext } from '../host-context.ts';

/** `summary`: what the case holds. */
export function summaryHandlers({ cases }: HostContext): GroupHandlers<'summary'> {
  return { get: (args) => cases.get(args.case).summary() };
}
