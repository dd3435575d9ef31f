import {
  constants,
  createHash,
  createPublicKey,
  type VerifyKeyObjectInput,
  verify,
  X509Certificate,
} from 'node:crypto';
import type { RandomBytes } from './random-bytes.ts';
import type { Signer } from './signers.ts';
import type { PackageLayout } from './signing-block.ts';

/** What came of checking. */
export type Checked = 'verified' | 'wrong' | 'not verified';

interface Algorithm {
  readonly hash: 'sha256' | 'sha512';
  readonly options: Omit<VerifyKeyObjectInput, 'key'>;
  /** The content is hashed in pieces of a megabyte; the other way, a tree of pages, is not checked. */
  readonly pieces: boolean;
}

const pkcs1 = { padding: constants.RSA_PKCS1_PADDING };
const pss = (saltLength: number) => ({ padding: constants.RSA_PKCS1_PSS_PADDING, saltLength });

/** Source: the documentation of APK Signature Scheme v2, signature algorithm IDs. */
const algorithms: ReadonlyMap<number, Algorithm> = new Map([
  [0x0101, { hash: 'sha256', options: pss(32), pieces: true }],
  [0x0102, { hash: 'sha512', options: pss(64), pieces: true }],
  [0x0103, { hash: 'sha256', options: pkcs1, pieces: true }],
  [0x0104, { hash: 'sha512', options: pkcs1, pieces: true }],
  [0x0201, { hash: 'sha256', options: {}, pieces: true }],
  [0x0202, { hash: 'sha512', options: {}, pieces: true }],
  [0x0301, { hash: 'sha256', options: {}, pieces: true }],
  [0x0421, { hash: 'sha256', options: pkcs1, pieces: false }],
  [0x0423, { hash: 'sha256', options: {}, pieces: false }],
  [0x0425, { hash: 'sha256', options: {}, pieces: false }],
]);

/**
 * Checks the signature over the signed data, by the key that the signer names and its first certificate holds. `not verified`
 * where the way of signing is not known here.
 */
export function checkSignature(signer: Signer): Checked {
  const known = signer.signatures.flatMap(({ algorithm, signature }) => {
    const how = algorithms.get(algorithm);
    return how ? [{ ...how, algorithm, signature }] : [];
  });
  if (known.length === 0) return 'not verified';
  try {
    const [own] = signer.certificates;
    if (!own) return 'wrong';
    const key = createPublicKey({ key: signer.publicKey, format: 'der', type: 'spki' });
    const certified = new X509Certificate(own).publicKey.export({ format: 'der', type: 'spki' });
    if (!certified.equals(signer.publicKey)) return 'wrong';
    // A signature without a digest beside it, or the other way round, is how one is made to be passed over.
    const said = signer.digests.map(({ algorithm }) => algorithm).sort();
    if (
      said.join() !==
      signer.signatures
        .map(({ algorithm }) => algorithm)
        .sort()
        .join()
    )
      return 'wrong';
    const holds = known.every(({ hash, options, signature }) =>
      verify(hash, signer.signedData, { key, ...options }, signature),
    );
    return holds ? 'verified' : 'wrong';
  } catch {
    return 'not verified';
  }
}

const pieceBytes = 1024 * 1024;

/**
 * The digest of a package's content as its signers have it: entries, list of contents and end record in pieces of a megabyte,
 * where the end record is read as if no signing block stood before the list.
 */
export async function contentDigest(
  bytes: RandomBytes,
  layout: PackageLayout,
  hash: 'sha256' | 'sha512',
): Promise<Buffer> {
  const blockAt = layout.blockAt ?? layout.directoryAt;
  const digests: Buffer[] = [];
  const take = (piece: Buffer) => {
    const head = Buffer.alloc(5);
    head[0] = 0xa5;
    head.writeUInt32LE(piece.length, 1);
    digests.push(createHash(hash).update(head).update(piece).digest());
  };
  const stretches = [
    [0, blockAt],
    [layout.directoryAt, layout.endAt],
  ] as const;
  for (const [from, to] of stretches) {
    for (let at = from; at < to; at += pieceBytes) take(await bytes.at(at, Math.min(pieceBytes, to - at)));
  }
  const end = Buffer.from(await bytes.at(layout.endAt, layout.size - layout.endAt));
  end.writeUInt32LE(blockAt, 16);
  take(end);
  const head = Buffer.alloc(5);
  head[0] = 0x5a;
  head.writeUInt32LE(digests.length, 1);
  return createHash(hash).update(head).update(Buffer.concat(digests)).digest();
}

/** Digests of the content, each way worked out once. */
export function contentChecker(bytes: RandomBytes, layout: PackageLayout): (signer: Signer) => Promise<Checked> {
  const known = new Map<string, Promise<Buffer>>();
  return async (signer) => {
    let checked: Checked = 'not verified';
    for (const { algorithm, digest } of signer.digests) {
      const how = algorithms.get(algorithm);
      if (!how?.pieces) continue;
      const found = known.get(how.hash) ?? contentDigest(bytes, layout, how.hash);
      known.set(how.hash, found);
      if (!(await found).equals(digest)) return 'wrong';
      checked = 'verified';
    }
    return checked;
  };
}
