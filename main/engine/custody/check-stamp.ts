import { constants, createHash, type KeyObject, verify } from 'node:crypto';
import { isoOf } from '../../../shared/base/time.ts';
import type { StampView } from '../../../shared/types/custody.ts';
import { type Certificate, certificateOf, leadsTo } from './certificates.ts';
import { childrenOf, DerFault, type DerNode, numberOf, octetsOf, oidOf, readDer } from './der.ts';
import { hashNames, readStamp, type SignerInfo, type StampToken, stampOids } from './stamp-token.ts';

/** What a token says and which of the checks it does not pass, each as a sentence without a full stop. */
export interface StampCheck {
  /** Null where the token cannot be read at all. */
  readonly view: StampView | null;
  readonly faults: readonly string[];
}

const same = (a: Uint8Array | null | undefined, b: Uint8Array | null | undefined) =>
  a != null && b != null && Buffer.compare(a, b) === 0;

const signatureHashes: Readonly<Record<string, string | null>> = {
  // RSA and ECDSA whose hash the signature names elsewhere.
  '1.2.840.113549.1.1.1': null,
  '1.2.840.10045.2.1': null,
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
  '1.2.840.10045.4.3.2': 'sha256',
  '1.2.840.10045.4.3.3': 'sha384',
  '1.2.840.10045.4.3.4': 'sha512',
  '2.16.840.1.101.3.4.3.10': 'sha3-256',
  '2.16.840.1.101.3.4.3.11': 'sha3-384',
  '2.16.840.1.101.3.4.3.12': 'sha3-512',
  '2.16.840.1.101.3.4.3.14': 'sha3-256',
  '2.16.840.1.101.3.4.3.15': 'sha3-384',
  '2.16.840.1.101.3.4.3.16': 'sha3-512',
};
/** Those of them for keys on a curve; the others are for RSA. */
const ecdsa = new Set(
  Object.keys(signatureHashes).filter((oid) => /^1\.2\.840\.10045\.|^2\.16\.840\.1\.101\.3\.4\.3\.1[0-2]$/.test(oid)),
);
const PSS = '1.2.840.113549.1.1.10';
const ED25519 = '1.3.101.112';

const MOST_CERTIFICATES = 50;

/** RSASSA-PSS (RFC 4055 §3.1): the hash and the length of the salt; the mask is taken to use the same hash. */
function pssOf(parameters: DerNode | undefined): { hash: string | undefined; salt: number } {
  const parts = parameters ? childrenOf(parameters) : [];
  const part = (tag: number) => parts.find((one) => one.tag === tag);
  const hash = part(0xa0);
  const salt = part(0xa2);
  return {
    hash: hash ? hashNames[oidOf(childrenOf(childrenOf(hash)[0]!)[0]!)] : undefined,
    salt: salt ? numberOf(childrenOf(salt)[0]!) : 20,
  };
}

function signatureHolds(signer: SignerInfo, key: KeyObject): boolean | 'unknown' {
  const [id, parameters] = childrenOf(signer.algorithm);
  const algorithm = oidOf(id!);
  const { signedBytes, signature } = signer;
  const kind = key.asymmetricKeyType;
  if (algorithm === ED25519) return kind === 'ed25519' && verify(null, signedBytes, key, signature);
  if (algorithm === PSS) {
    if (kind !== 'rsa' && kind !== 'rsa-pss') return false;
    const { hash, salt } = pssOf(parameters);
    if (!hash) return 'unknown';
    const padding = constants.RSA_PKCS1_PSS_PADDING;
    return verify(hash, signedBytes, { key, padding, saltLength: salt }, signature);
  }
  if (!Object.hasOwn(signatureHashes, algorithm)) return 'unknown';
  if (kind !== (ecdsa.has(algorithm) ? 'ec' : 'rsa')) return false;
  const hash = signatureHashes[algorithm] ?? hashNames[signer.hashOid];
  return hash === undefined ? 'unknown' : verify(hash, signedBytes, key, signature);
}

/** The certificate that the signature names, among those that came along. */
function signerCertificate(token: StampToken, all: readonly Certificate[]): Certificate | null {
  const { issuer, serial, keyId } = token.signer;
  return (
    all.find((one) => (keyId ? same(one.keyId, keyId) : same(one.issuer, issuer) && same(one.serial, serial))) ?? null
  );
}

/** Whether the signed attributes name this certificate by its hash (RFC 5035, RFC 2634): it cannot be exchanged then. */
function namesCertificate(signer: SignerInfo, certificate: Certificate): boolean {
  const v2 = signer.attributes.get(stampOids.signingCertificateV2)?.[0];
  const attribute = v2 ?? signer.attributes.get(stampOids.signingCertificate)?.[0];
  const first = attribute && childrenOf(childrenOf(attribute)[0]!)[0];
  if (!first) return false;
  const parts = childrenOf(first);
  const algorithm = v2 && parts[0]?.tag === 0x30 ? oidOf(childrenOf(parts[0])[0]!) : null;
  const hash = v2 ? (algorithm === null ? 'sha256' : hashNames[algorithm]) : 'sha1';
  const said = parts.find((one) => one.tag === 0x04);
  return (
    hash !== undefined && said !== undefined && same(createHash(hash).update(certificate.der).digest(), octetsOf(said))
  );
}

/** One that cannot be read is of no use, and of no harm: what counts is that which signed, and those that it leads to. */
function readable(bytes: Uint8Array): Certificate[] {
  try {
    return [certificateOf(bytes)];
  } catch {
    return [];
  }
}

function attributeFaults(token: StampToken, digest: Uint8Array): string[] {
  const faults: string[] = [];
  const value = (oid: string) => token.signer.attributes.get(oid);
  const type = value(stampOids.contentType);
  if (type?.length !== 1 || oidOf(type[0]!) !== stampOids.tstInfo)
    faults.push('the signature is not over a statement of a time');
  const said = value(stampOids.messageDigest);
  if (said?.length !== 1 || !same(octetsOf(said[0]!), digest))
    faults.push('the statement of the time is not the one that was signed');
  return faults;
}

function imprintFaults(token: StampToken, stamped: Uint8Array): string[] {
  const name = hashNames[token.info.hashOid];
  if (!name) return [`the token uses a hash that is not accepted (${token.info.hashOid})`];
  const hash = createHash(name).update(stamped).digest();
  return same(hash, token.info.imprint)
    ? []
    : [
        `the token stamps the hash ${Buffer.from(token.info.imprint).toString('hex')}, which is not that of the manifest`,
      ];
}

/** Where the statement names its authority, that must be a name in the certificate (RFC 3161 §2.4.2). */
function isNamed({ info }: StampToken, certificate: Certificate): boolean {
  const { authority } = info;
  if (authority === null || certificate.otherNames.some((one) => same(one, authority))) return true;
  const name = authority.length === 0 ? null : readDer(authority);
  return name?.tag === 0xa4 && same(name.content, certificate.subject);
}

function signerFaults(token: StampToken, certificate: Certificate | null, pinned: boolean): string[] {
  if (!certificate) return ['the certificate that signed is not in the token'];
  const faults: string[] = [];
  const hash = hashNames[token.signer.hashOid];
  if (!hash) return [`the signature uses a hash that is not accepted (${token.signer.hashOid})`];
  faults.push(...attributeFaults(token, createHash(hash).update(token.content).digest()));
  let holds: boolean | 'unknown';
  try {
    holds = signatureHolds(token.signer, certificate.x509.publicKey);
  } catch {
    holds = false;
  }
  if (holds === 'unknown') faults.push('the signature is of a kind that this program does not accept');
  else if (!holds) faults.push('the signature does not fit the certificate in the token');
  if (!namesCertificate(token.signer, certificate)) faults.push('the signature does not name its certificate');
  if (!certificate.stampsOnly) faults.push('the certificate is not one for time stamps alone');
  if (!isNamed(token, certificate)) faults.push('the statement names another authority than its certificate');
  if (!certificate.maySign) faults.push('the certificate’s key is not one that may sign');
  if (certificate.weakKey) faults.push('the certificate’s key is too short to be relied upon');
  if (certificate.weakHash && !pinned) faults.push('the certificate is signed by a hash that can be forged');
  const { timeUs } = token.info;
  if (timeUs < certificate.fromUs || timeUs > certificate.toUs)
    faults.push('the certificate was not valid at the time that the token states');
  return faults;
}

/**
 * Checks a token against what it is said to stamp. With `anchors`, certificates that the examiner named, it must lead to one of them;
 * without, the issuer is said to be not checked. Never throws for what a token holds.
 */
export function checkStamp(
  bytes: Uint8Array,
  stamped: Uint8Array,
  file: string,
  anchors: readonly Certificate[] | null,
): StampCheck {
  try {
    const token = readStamp(bytes);
    if (token.certificates.length > MOST_CERTIFICATES) throw new DerFault('more certificates than any chain has');
    const pool = token.certificates.flatMap(readable);
    // Some tokens leave the certificate out; one that the examiner named may be it.
    const certificate = signerCertificate(token, [...pool, ...(anchors ?? [])]);
    const pinned = anchors?.some((anchor) => same(anchor.der, certificate?.der)) ?? false;
    const faults = [...imprintFaults(token, stamped), ...signerFaults(token, certificate, pinned)];
    const { timeUs, accuracyS, serial, policy } = token.info;
    const trusted = certificate !== null && anchors !== null && leadsTo(certificate, anchors, pool, timeUs);
    if (anchors !== null && !trusted)
      faults.push('its certificate does not lead to one of the given certificates of authorities');
    return {
      view: {
        file,
        time: isoOf(timeUs),
        accuracyS: accuracyS === null ? null : Math.round(accuracyS * 1e6) / 1e6,
        authority: certificate?.x509.subject.replaceAll('\n', ', ').slice(0, 500) ?? 'not named',
        serial,
        policy,
        issuer: anchors === null ? 'not checked' : trusted ? 'trusted' : 'not found',
      },
      faults,
    };
  } catch (error) {
    const why = error instanceof DerFault ? error.message : 'a certificate in it cannot be read';
    return { view: null, faults: [`it is no time stamp that can be read: ${why}`] };
  }
}

/** The hash that a token stamps, lower-case hex, and the hash's name; null for what is no token. */
export function imprintOf(bytes: Uint8Array): { readonly hash: string; readonly imprint: string } | null {
  try {
    const { info } = readStamp(bytes);
    const hash = hashNames[info.hashOid];
    return hash === undefined ? null : { hash, imprint: Buffer.from(info.imprint).toString('hex') };
  } catch {
    return null;
  }
}
