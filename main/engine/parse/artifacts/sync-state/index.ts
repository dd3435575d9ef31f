import type { TextArtifact } from '../../../model/artifact.ts';
import { SyncReader } from './reader.ts';

/** Which kinds of data are kept in step with a server, for which accounts. Section: `dumpsys content`. */
export const syncState: TextArtifact = {
  id: 'sync-state',
  title: 'Synchronisation of accounts',
  form: 'text',
  reads: ['dumpsys content'],
  proves: [
    'At the time of the dump the phone held this synchronisation as switched on or off, and this as the last time at which it ended well or failed.',
  ],
  doesNotProve: [
    'It does not say what was copied, how much, or to which server.',
    'An app may keep data in step with a server in ways of its own that do not stand here.',
  ],
  recognise({ text }) {
    return /^(?:SyncManager Config:|Sync Status)[ \t]*\r?$/m.test(text) &&
      /^(?:data connected|auto sync): /im.test(text)
      ? 'dumpsys content'
      : null;
  },
  open: (_section, sink) => new SyncReader(sink),
};
