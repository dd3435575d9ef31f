import type { GroupHandlers, HostContext } from '../host-context.ts';

/** `databases`: what speaks of places, networks and owners; the program's own and the examiner's. */
export function databasesHandlers({ engine }: HostContext): GroupHandlers<'databases'> {
  return {
    list: () => engine.databases(),
    add: ({ path }) => engine.addDatabase(path),
    async remove({ id }) {
      await engine.removeDatabase(id);
      return null;
    },
  };
}
