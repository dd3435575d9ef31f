import type { CaptureArtifact } from '../../../model/artifact.ts';

const magics: readonly (readonly number[])[] = [
  [0xd4, 0xc3, 0xb2, 0xa1],
  [0xa1, 0xb2, 0xc3, 0xd4],
  [0x4d, 0x3c, 0xb2, 0xa1],
  [0xa1, 0xb2, 0x3c, 0x4d],
  [0x0a, 0x0d, 0x0d, 0x0a],
];

/** Packets as they went by. Section: `packet capture`. It is read by `parse/captures`, since it may be longer than memory. */
export const packetCapture: CaptureArtifact = {
  id: 'packet-capture',
  title: 'Packet capture',
  form: 'capture',
  reads: ['packet capture'],
  proves: [
    'These packets went by where the capture was made, with these addresses, at these times by the clock of whoever captured.',
    'A host name in a greeting or a request was said by the side that opened the connection.',
    'An app is named only where the capture itself names it.',
  ],
  doesNotProve: [
    'What an encrypted connection carried is not known; its length is.',
    'A name that was looked up before need not be why the address was contacted: one address may serve many names.',
    'It does not show what was sent while nothing was captured, or over another network.',
  ],
  recognise({ bytes }) {
    return magics.some((magic) => magic.every((byte, at) => bytes[at] === byte)) ? 'packet capture' : null;
  },
};
