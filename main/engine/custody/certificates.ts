import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Failure } from '../../../shared/base/failure.ts';
import { childrenOf, type DerNode, octetsOf, oidOf, readDer, tags, timeOf } from './der.ts';

/** What a check needs of a certificate (RFC 5280) beyond what Node says of it. */
export interface Certificate {
  readonly x509: X509Certificate;
  readonly der: Uint8Array;
  readonly issuer: Uint8Array;
  readonly serial: Uint8Array;
  readonly fromUs: number;
  readonly toUs: number;
  readonly keyId: Uint8Array | null;
  /** Whether it is for time stamps and, critically, for nothing else (RFC 3161 §2.3). */
  readonly stampsOnly: boolean;
}

const oids = { keyId: '2.5.29.14', purposes: '2.5.29.37', timeStamping: '1.3.6.1.5.5.7.3.8' };

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
  const fields = childrenOf(childrenOf(readDer(bytes))[0]!);
  // The version comes first and may be left out.
  const at = fields[0]?.tag === 0xa0 ? 1 : 0;
  const [serial, , issuer, validity] = fields.slice(at);
  const [from, to] = childrenOf(validity!);
  const extensions = extensionsOf(fields);
  const keyId = extensions.get(oids.keyId);
  const purposes = extensions.get(oids.purposes);
  const named = purposes ? childrenOf(readDer(purposes.value)).map(oidOf) : [];
  return {
    x509: new X509Certificate(Buffer.from(bytes)),
    der: bytes,
    issuer: issuer!.bytes,
    serial: serial!.content,
    fromUs: timeOf(from!),
    toUs: timeOf(to!),
    keyId: keyId ? octetsOf(readDer(keyId.value)) : null,
    stampsOnly: purposes?.critical === true && named.length === 1 && named[0] === oids.timeStamping,
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
 * Whether a certificate leads to one of `anchors` by way of `pool`, all of them valid at that time. Names and key purposes of
 * the issuers are as Node checks them; revocation is not asked for, since that needs a network. No certificate is followed
 * twice, however many a token brings.
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
    if (anchors.some((anchor) => Buffer.compare(anchor.der, at.der) === 0)) return true;
    waiting.push(
      ...anchors.filter((anchor) => signedBy(at, anchor)),
      ...pool.filter((issuer) => issuer.x509.ca && signedBy(at, issuer)),
    );
  }
  return false;
}
