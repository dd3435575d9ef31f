import type { GroupHandlers, HostContext } from '../host-context.ts';

/** `findings`: what rules proposed. */
export function findingsHandlers({ cases }: HostContext): GroupHandlers<'findings'> {
  return { list: (args) => cases.get(args.case).findings() };
}
