import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Failure } from '../../../shared/base/failure.ts';
import { childrenOf, type DerNode, octetsOf, oidOf, readDer, tags, timeOf } from './der.ts';

/** What a check needs of a certificate (RFC 5280) beyond what Node says of it. */
export interface Certificate {
  readonly x509: X509Certificate;
  readonly der: Uint8Array;
  readonly issuer: Uint8Array;
  readonly subject: Uint8Array;
  /** Its other names (RFC 5280 §4.2.1.6), each as it stands there. */
  readonly otherNames: readonly Uint8Array[];
  readonly serial: Uint8Array;
  readonly fromUs: number;
  readonly toUs: number;
  readonly keyId: Uint8Array | null;
  /** Whether it is for time stamps and, critically, for nothing else (RFC 3161 §2.3). */
  readonly stampsOnly: boolean;
  /** Whether its key may sign what is not a certificate (RFC 5280 §4.2.1.3); true where it does not say. */
  readonly maySign: boolean;
  /** Its own signature is by a hash that can be forged. */
  readonly weakHash: boolean;
  /** Its key is shorter than is safe. */
  readonly weakKey: boolean;
}

const oids = {
  keyId: '2.5.29.14',
  keyUsage: '2.5.29.15',
  otherNames: '2.5.29.17',
  purposes: '2.5.29.37',
  timeStamping: '1.3.6.1.5.5.7.3.8',
};

/** Signatures of certificates by MD2, MD4, MD5 or SHA-1 (RFC 3279, RFC 4055), DSA and ECDSA included. */
const weakSignatures = new Set([
  ...['2', '3', '4', '5'].map((last) => `1.2.840.113549.1.1.${last}`),
  '1.3.14.3.2.29',
  '1.2.840.10040.4.3',
  '1.2.840.10045.4.1',
]);
const SHORTEST_RSA = 2048;

function isWeak(x509: X509Certificate): boolean {
  const { asymmetricKeyType, asymmetricKeyDetails } = x509.publicKey;
  const rsa = asymmetricKeyType === 'rsa' || asymmetricKeyType === 'rsa-pss';
  return rsa && (asymmetricKeyDetails?.modulusLength ?? 0) < SHORTEST_RSA;
}

/** Bits of a bit string; `digitalSignature` is the first, `nonRepudiation` the second. */
function mayAnySign(keyUsage: Uint8Array | undefined): boolean {
  if (keyUsage === undefined) return true;
  const { tag, content } = readDer(keyUsage);
  return tag === tags.bitString && ((content[1] ?? 0) & 0xc0) !== 0;
}

function extensionsOf(fields: readonly DerNode[]): Map<string, { critical: boolean; value: Uint8Array }> {
  const found = new Map<string, { critical: boolean; value: Uint8Array }>();
  const wrapped = fields.find((one) => one.tag === 0xa3);
  for (const extension of wrapped ? childrenOf(childrenOf(wrapped)[0]!) : []) {
    const parts = childrenOf(extension);
    const critical = parts.find((one) => one.tag === tags.boolean)?.content[0] === 0xff;
    found.set(oidOf(parts[0]!), { critical, value: octetsOf(parts.at(-1)!) });
  }
  return found;
}

/** Reads a certificate from its DER. Throws for what is none. */
export function certificateOf(bytes: Uint8Array): Certificate {
  const [body, signedWith] = childrenOf(readDer(bytes));
  const fields = childrenOf(body!);
  // The version comes first and may be left out.
  const at = fields[0]?.tag === 0xa0 ? 1 : 0;
  const [serial, , issuer, validity, subject] = fields.slice(at);
  const [from, to] = childrenOf(validity!);
  const extensions = extensionsOf(fields);
  const keyId = extensions.get(oids.keyId);
  const purposes = extensions.get(oids.purposes);
  const names = extensions.get(oids.otherNames);
  const named = purposes ? childrenOf(readDer(purposes.value)).map(oidOf) : [];
  const x509 = new X509Certificate(Buffer.from(bytes));
  return {
    x509,
    der: bytes,
    issuer: issuer!.bytes,
    subject: subject!.bytes,
    otherNames: names ? childrenOf(readDer(names.value)).map((one) => one.bytes) : [],
    serial: serial!.content,
    fromUs: timeOf(from!),
    toUs: timeOf(to!),
    keyId: keyId ? octetsOf(readDer(keyId.value)) : null,
    stampsOnly: purposes?.critical === true && named.length === 1 && named[0] === oids.timeStamping,
    maySign: mayAnySign(extensions.get(oids.keyUsage)?.value),
    weakHash: weakSignatures.has(oidOf(childrenOf(signedWith!)[0]!)),
    weakKey: isWeak(x509),
  };
}

/** Certificates that an examiner names: PEM, several in one file allowed, or DER. Rejects with a Failure that names it. */
export async function readCertificates(path: string): Promise<Certificate[]> {
  const bytes = await readFile(path).catch((error: { code?: string }) => {
    const there = error.code !== 'ENOENT';
    throw new Failure(
      there ? 'no-permission' : 'not-found',
      there ? `${path} cannot be read.` : `There is no file ${path}.`,
      null,
    );
  });
  const blocks = bytes.toString('latin1').match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g);
  try {
    return (blocks ?? [bytes]).map((one) => certificateOf(new Uint8Array(new X509Certificate(one).raw)));
  } catch {
    throw new Failure('broken-file', `${path} holds no certificate that can be read.`, 'It takes PEM or DER.');
  }
}

const validAt = (one: Certificate, us: number) => one.fromUs <= us && us <= one.toUs;

function signedBy(one: Certificate, issuer: Certificate): boolean {
  try {
    return one.x509.checkIssued(issuer.x509) && one.x509.verify(issuer.x509.publicKey);
  } catch {
    return false;
  }
}

/**
 * Whether a certificate leads to one of `anchors` by way of `pool`, all of them valid at that time, none on the way signed by a hash that
 * can be forged or with too short a key. Names and key purposes of the issuers are as Node checks them; the length of the way and limits of
 * names are not looked at, and revocation is not asked for, since that needs a network. No certificate is followed twice, however many a
 * token brings.
 */
export function leadsTo(
  one: Certificate,
  anchors: readonly Certificate[],
  pool: readonly Certificate[],
  us: number,
): boolean {
  const seen = new Set<Certificate>();
  const waiting: Certificate[] = [one];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const at = next;
    if (seen.has(at)) continue;
    seen.add(at);
    if (!validAt(at, us)) continue;
    // Whoever names a certificate trusts its key as it is; how it was signed itself is of no account then.
    if (anchors.some((anchor) => Buffer.compare(anchor.der, at.der) === 0)) return true;
    if (at.weakHash || at.weakKey) continue;
    waiting.push(
      ...anchors.filter((anchor) => signedBy(at, anchor)),
      ...pool.filter((issuer) => issuer.x509.ca && signedBy(at, issuer)),
    );
  }
  return false;
}
