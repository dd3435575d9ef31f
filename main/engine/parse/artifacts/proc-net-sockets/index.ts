import type { TextArtifact } from '../../../model/artifact.ts';
import { SocketReader } from './reader.ts';

/** The kernel's tables of sockets. Section: `proc net sockets`. */
export const procNetSockets: TextArtifact = {
  id: 'proc-net-sockets',
  title: 'Open sockets, as the kernel lists them',
  form: 'text',
  reads: ['proc net sockets'],
  proves: [
    'At this look the kernel listed a socket between these two addresses and ports, in this state.',
    'The uid is that under which the socket was made.',
  ],
  doesNotProve: [
    'It does not say how many bytes went either way, nor what they held.',
    'It does not say when the connection was made or ended: only between which looks. One that began and ended between two looks is not seen.',
    'The address may be that of a relay, a shared host or a VPN; no name of a host stands there.',
    'An app may have had its data sent by another app, whose uid then stands there.',
  ],
  recognise({ text }) {
    return /^ {2,4}sl {2}local_address +rem(?:_address|ote_address) +st tx_queue/m.test(text)
      ? 'proc net sockets'
      : null;
  },
  open: (_section, sink) => new SocketReader(sink),
};
