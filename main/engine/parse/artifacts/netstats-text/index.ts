import type { TextArtifact } from '../../../model/artifact.ts';
import { NetstatsTextReader } from './reader.ts';

/** `dumpsys netstats`, in every form of Android 5 to 16. Section: `dumpsys netstats`. */
export const netstatsText: TextArtifact = {
  id: 'netstats-text',
  title: 'Network statistics, as text',
  form: 'text',
  reads: ['dumpsys netstats'],
  proves: [
    'The phone counted these bytes and packets for this app, or the apps that share its uid, on this network within this interval.',
    'Foreground means that the phone saw the app in a foreground state when it counted.',
  ],
  doesNotProve: [
    'It does not say to whom the bytes went, where that is, or what they held.',
    'It does not say when within the interval; a count may belong up to one poll, usually half an hour, beyond its edges.',
    'Bytes include the headers of packets and what was sent twice.',
    'Apps that share one uid cannot be told apart.',
  ],
  recognise({ text }) {
    const series = /^[ \t]*(?:dev|xt|uid|uid tag) stats:[ \t]*\r?$/im.test(text);
    const history = /^[ \t]*(?:NetworkStatsHistory: |History since boot:|Complete history:)/im.test(text);
    const interfaces = /^Active interfaces:/m.test(text) && /^Active UID interfaces:/m.test(text);
    // A dump whose second line is longer than the sample still begins like one.
    const begins = /^\s*(?:dev|xt|uid|uid tag) stats:[ \t]*\r?\n/i.test(text);
    return begins || (series && history) || interfaces ? 'dumpsys netstats' : null;
  },
  open: (_section, sink) => new NetstatsTextReader(sink),
};
