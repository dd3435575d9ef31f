import type { GroupHandlers, HostContext } from '../host-context.ts';

/** `apps`: the table of apps. */
export function appsHandlers({ cases }: HostContext): GroupHandlers<'apps'> {
  return { list: (args) => cases.get(args.case).apps() };
}
