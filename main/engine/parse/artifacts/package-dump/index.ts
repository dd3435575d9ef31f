import type { TextArtifact } from '../../../model/artifact.ts';
import { PackageDumpReader } from './reader.ts';

/** `dumpsys package`, whole or only its packages, Android 5 to 16. Section: `dumpsys package`. */
export const packageDump: TextArtifact = {
  id: 'package-dump',
  title: 'Packages, as the package manager dumps them',
  form: 'text',
  reads: ['dumpsys package'],
  proves: [
    'At the time of the dump the package manager held these packages, with this uid, version, installer and these permissions.',
    'A granted permission let the app use what it guards.',
  ],
  doesNotProve: [
    'It does not say that an app used a permission.',
    'It does not name packages that were removed before.',
    'Install times are local to the phone and say no zone; for apps of the system image they are the date of the image.',
  ],
  recognise({ text }) {
    const packages = /^(?:Packages|Hidden system packages):[ \t]*\r?\n {2}Package \[/m.test(text);
    const opening = /^(?:Database versions|Verifiers):[ \t]*\r?$/m.test(text);
    const tables = /^(?:Libraries|Features|Intent Filter Verifier|Domain Verifier|Activity Resolver Table):/m.test(
      text,
    );
    return packages || (opening && tables) ? 'dumpsys package' : null;
  },
  open: (_section, sink) => new PackageDumpReader(sink),
};
