import type { TextArtifact } from '../../../model/artifact.ts';
import { AppOpsReader } from './reader.ts';

/** What each app may do and when it last did it, Android 5 to 16. Section: `dumpsys appops`. */
export const appOps: TextArtifact = {
  id: 'app-ops',
  title: 'Use of permissions',
  form: 'text',
  reads: ['dumpsys appops'],
  proves: [
    'At the time of the dump the phone noted this mode for the operation, and this as one of the last times at which the app did it.',
  ],
  doesNotProve: [
    'It names the last time only, and no earlier ones.',
    'It does not say what was read, or that anything of it was sent.',
    'The time is by the phone’s clock as it was set then.',
  ],
  recognise({ text }) {
    return /^Current AppOps Service state:[ \t]*\r?$/m.test(text) ? 'dumpsys appops' : null;
  },
  open: (_section, sink) => new AppOpsReader(sink),
};
