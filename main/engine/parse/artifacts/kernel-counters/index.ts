import type { TextArtifact } from '../../../model/artifact.ts';
import { CounterReader } from './reader.ts';

/** What the kernel counts by uid since the phone started. Section: `kernel counters`. */
export const kernelCounters: TextArtifact = {
  id: 'kernel-counters',
  title: 'Counters of the kernel',
  form: 'text',
  reads: ['kernel counters'],
  proves: [
    'Between two looks the kernel’s counter of this uid grew by these bytes and packets.',
    'Foreground and background are the set into which the phone had the uid counted at both looks.',
  ],
  doesNotProve: [
    'It does not say to whom the bytes went, where that is, or what they held.',
    'It does not say when between the two looks.',
    'These counters are not corrected for a VPN: what goes through one stands with the app and with the VPN’s app once more.',
    'Apps that share one uid cannot be told apart.',
  ],
  recognise({ text }) {
    return /^idx iface acct_tag_hex uid_tag_int cnt_set /m.test(text) ? 'kernel counters' : null;
  },
  open: (_section, sink) => new CounterReader(sink),
};
