import type { ArchiveArtifact } from '../../../model/artifact.ts';

/** The package of an app. Section: `apk`. It is read by `sections/apk`, since its parts lie at its end and before it. */
export const apk: ArchiveArtifact = {
  id: 'apk',
  title: 'Package of an app',
  form: 'archive',
  reads: ['apk'],
  proves: [
    'The package carried these certificates; two packages with the same one were signed by the holder of the same key.',
    'Where the signature was checked and holds, the content of the package is the one that was signed.',
  ],
  doesNotProve: [
    'Names in a certificate are those that its maker wrote into it; no authority vouches for them.',
    'It does not say what the app does, or that it was running.',
    'Of scheme v1 the certificates are read and the signature is not checked.',
  ],
  recognise({ bytes, fileName }) {
    const packed = bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;
    return packed && /\.apk$/i.test(fileName) ? 'apk' : null;
  },
};
