import { createHash, sign } from 'node:crypto';
import type { ZipMember } from '../render/zip-bytes.ts';
import type { Signer } from './certificate.ts';
import { der, identifier, integer, nothing, octets, sequence, set } from './der.ts';

/** The three members that sign an archive the old way: a list of sums, the sums of the list, and its signature as PKCS #7 (JAR). */
export function jarSignature(
  members: readonly ZipMember[],
  signer: Signer,
  algorithm: 'sha1' | 'sha256',
  also: readonly number[],
): ZipMember[] {
  const word = algorithm === 'sha1' ? 'SHA1' : 'SHA-256';
  const sum = (bytes: Uint8Array | string): string => createHash(algorithm).update(bytes).digest('base64');
  const sections = members.map(({ name, bytes }) => `Name: ${name}\r\n${word}-Digest: ${sum(bytes)}\r\n\r\n`);
  const manifest = `Manifest-Version: 1.0\r\nCreated-By: 1.0 (Android)\r\n\r\n${sections.join('')}`;
  const file = [
    `Signature-Version: 1.0\r\nCreated-By: 1.0 (Android)\r\n${word}-Digest-Manifest: ${sum(manifest)}\r\n`,
    ...(also.length > 0 ? [`X-Android-APK-Signed: ${also.join(', ')}\r\n`] : []),
    '\r\n',
    ...members.map(({ name }, index) => `Name: ${name}\r\n${word}-Digest: ${sum(sections[index]!)}\r\n\r\n`),
  ].join('');
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
  const digest = sequence(identifier(algorithm === 'sha1' ? '1.3.14.3.2.26' : '2.16.840.1.101.3.4.2.1'), nothing);
  const rsa = sequence(identifier('1.2.840.113549.1.1.1'), nothing);
  const info = sequence(
    integer(1),
    sequence(signer.issuer, signer.serial),
    digest,
    rsa,
    octets(sign(algorithm, bytes(file), signer.key.own)),
  );
  const data = sequence(
    integer(1),
    set(digest),
    sequence(identifier('1.2.840.113549.1.7.1')),
    der(0xa0, signer.certificate),
    set(info),
  );
  const envelope = sequence(identifier('1.2.840.113549.1.7.2'), der(0xa0, data));
  return [
    { name: 'META-INF/MANIFEST.MF', bytes: bytes(manifest) },
    { name: 'META-INF/CERT.SF', bytes: bytes(file) },
    { name: 'META-INF/CERT.RSA', bytes: new Uint8Array(envelope) },
  ];
}

/** RSASSA-PKCS1-v1_5 with SHA-256, sums of pieces of a megabyte. */
const rsaSha256 = 0x0103;
const pieceBytes = 1024 * 1024;

function u32(...values: readonly number[]): Buffer {
  const out = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) out.writeUInt32LE(value >>> 0, index * 4);
  return out;
}

const sized = (...parts: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts);
  return Buffer.concat([u32(body.length), body]);
};

/** The sum of an archive without its block of signatures: of its members, its directory and its end. */
export function contentDigest(parts: readonly Uint8Array[]): Buffer {
  const sums: Buffer[] = [];
  for (const part of parts)
    for (let at = 0; at < part.length; at += pieceBytes) {
      const piece = part.subarray(at, at + pieceBytes);
      sums.push(
        createHash('sha256')
          .update(Buffer.from([0xa5]))
          .update(u32(piece.length))
          .update(piece)
          .digest(),
      );
    }
  return createHash('sha256')
    .update(Buffer.from([0x5a]))
    .update(u32(sums.length))
    .update(Buffer.concat(sums))
    .digest();
}

const signed = (signer: Signer, data: Uint8Array): Buffer =>
  sized(sized(u32(rsaSha256), sized(sign('sha256', data, signer.key.own))));

/** APK Signature Scheme v2: one signer. */
function v2(digest: Buffer, signer: Signer, alsoV3: boolean): Buffer {
  // Whoever takes the newer signature away is found out by this.
  const attributes = alsoV3 ? sized(u32(0xbeeff00d), u32(3)) : Buffer.alloc(0);
  const data = Buffer.concat([
    sized(sized(u32(rsaSha256), sized(digest))),
    sized(sized(signer.certificate)),
    sized(attributes),
  ]);
  return sized(sized(sized(data), signed(signer, data), sized(signer.key.spki)));
}

/** The line of certificates that an app had: each vouches for the next. */
function lineage(signers: readonly Signer[]): Buffer {
  let last: Signer | null = null;
  const nodes = signers.map((signer) => {
    const data = Buffer.concat([sized(signer.certificate), u32(last === null ? 0 : rsaSha256)]);
    const signature = last === null ? Buffer.alloc(0) : sign('sha256', data, last.key.own);
    last = signer;
    return sized(sized(data), u32(0x17), u32(rsaSha256), sized(signature));
  });
  return Buffer.concat([u32(1), ...nodes]);
}

/** APK Signature Scheme v3: as v2, for a range of Androids, and with the certificates that were before. */
function v3(digest: Buffer, signer: Signer, before: Signer | null, minSdk: number): Buffer {
  const attributes = before === null ? Buffer.alloc(0) : sized(u32(0x3ba06f8c), lineage([before, signer]));
  const range = u32(Math.max(28, minSdk), 0x7fffffff);
  const data = Buffer.concat([
    sized(sized(u32(rsaSha256), sized(digest))),
    sized(sized(signer.certificate)),
    range,
    sized(attributes),
  ]);
  return sized(sized(sized(data), range, signed(signer, data), sized(signer.key.spki)));
}

/**
 * The APK Signing Block: pairs of a number and a value between two lengths, and a word at its end. Source: source.android.com, “APK
 * Signature Scheme v2” and “v3”.
 */
export function signingBlock(
  digest: Buffer,
  signers: { readonly v2: Signer | null; readonly v3: Signer | null; readonly before: Signer | null },
  minSdk: number,
): Buffer {
  const pair = (id: number, value: Buffer): Buffer => {
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(4 + value.length));
    return Buffer.concat([length, u32(id), value]);
  };
  const pairs = [
    ...(signers.v2 ? [pair(0x7109871a, v2(digest, signers.v2, signers.v3 !== null))] : []),
    ...(signers.v3 ? [pair(0xf05368c0, v3(digest, signers.v3, signers.before, minSdk))] : []),
  ];
  const body = Buffer.concat(pairs);
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(body.length + 24));
  return Buffer.concat([size, body, size, Buffer.from('APK Sig Block 42', 'latin1')]);
}
