import { homedir } from 'node:os';
import { listFolder } from '../folder-listing.ts';
import type { GroupHandlers, HostContext } from '../host-context.ts';

/** `program`: what runs here, and the folders of this machine for the chooser. */
export function programHandlers({ engine, shell, home }: HostContext): GroupHandlers<'program'> {
  return {
    async info() {
      return { version: engine.version, shell, home: homedir(), casesFolder: home.casesFolder };
    },
    folder: ({ path }) => listFolder(path ?? homedir()),
  };
}
