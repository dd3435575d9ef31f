import type { BinaryArtifact } from '../../../model/artifact.ts';
import { refusalOf } from './older-forms.ts';
import { readNetstatsFile } from './read-file.ts';

/** A file of the phone's netstats folder (`uid.…-…`, `uid_tag.…`, `xt.…`, `dev.…`). Section: `netstats file`. */
export const netstatsBinary: BinaryArtifact = {
  id: 'netstats-binary',
  title: 'Network statistics, the phone’s own file',
  form: 'binary',
  reads: ['netstats file'],
  proves: [
    'The phone counted these bytes and packets for this app, or the apps that share its uid, on this network within this interval.',
    'Foreground means that the phone saw the app in a foreground state when it counted.',
    'The file name says which span the file holds.',
  ],
  doesNotProve: [
    'It does not say to whom the bytes went, where that is, or what they held.',
    'It does not say when within the interval; a count may belong up to one poll, usually half an hour, beyond its edges.',
    'The form has no checksum: a change inside the file that keeps its form cannot be seen from the file alone.',
    'Apps that share one uid cannot be told apart.',
  ],
  recognise({ bytes, fileName }) {
    const magic = bytes[0] === 0x41 && bytes[1] === 0x4e && bytes[2] === 0x45 && bytes[3] === 0x54;
    const named = /^(?:dev|xt|uid_tag|uid)\.\d{10,15}-(?:\d{10,15})?(?:\.backup)?$/.test(fileName);
    return magic || named || refusalOf(bytes) !== null ? 'netstats file' : null;
  },
  read: readNetstatsFile,
};
