import { createCipheriv, createDecipheriv, createPrivateKey, type KeyObject, randomBytes, scrypt } from 'node:crypto';
import {
  childrenOf,
  DerFault,
  type DerNode,
  der,
  numberOf,
  objectId,
  octetsOf,
  oidOf,
  readDer,
  sequence,
  tags,
  wholeNumber,
} from './der.ts';

/*
 * A private key under a passphrase: PKCS #8 EncryptedPrivateKeyInfo (RFC 5958) with PBES2 (RFC 8018), scrypt (RFC 7914) and
 * AES-256-CBC. Written here because Node's own export knows PBKDF2 with 2048 rounds only. `openssl pkey` reads it, so the
 * key is not bound to this program; the cost stays below OpenSSL's limit of 32 MiB.
 */

const oids = { pbes2: '1.2.840.113549.1.5.13', scrypt: '1.3.6.1.4.1.11591.4.11', aes256: '2.16.840.1.101.3.4.1.42' };
const cost = { N: 16384, r: 8, p: 8 };
const LABEL = 'ENCRYPTED PRIVATE KEY';

/** The passphrase does not open the key. */
export class WrongPassphrase extends Error {}

interface Cost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

function stretch(passphrase: string, salt: Uint8Array, { N, r, p }: Cost): Promise<Buffer> {
  // One form of what was typed, whatever keyboard or system composed the letters.
  const typed = Buffer.from(passphrase.normalize('NFKC'), 'utf8');
  return new Promise((resolve, reject) =>
    scrypt(typed, salt, 32, { N, r, p, maxmem: 256 * N * r }, (error, key) => {
      typed.fill(0);
      if (error) reject(error);
      else resolve(key);
    }),
  );
}

/** The private key as PEM, encrypted. */
export async function lockKey(key: KeyObject, passphrase: string): Promise<string> {
  const salt = randomBytes(16);
  const iv = randomBytes(16);
  const secret = await stretch(passphrase, salt, cost);
  const plain = key.export({ type: 'pkcs8', format: 'der' });
  const cipher = createCipheriv('aes-256-cbc', secret, iv);
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
  // What has done its work does not stay in memory; the passphrase itself is a text, which only the collector takes away.
  for (const bytes of [secret, plain]) bytes.fill(0);
  const bytes = sequence(
    sequence(
      objectId(oids.pbes2),
      sequence(
        sequence(
          objectId(oids.scrypt),
          sequence(der(tags.octets, salt), wholeNumber(cost.N), wholeNumber(cost.r), wholeNumber(cost.p)),
        ),
        sequence(objectId(oids.aes256), der(tags.octets, iv)),
      ),
    ),
    der(tags.octets, sealed),
  );
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${LABEL}-----\n${lines.join('\n')}\n-----END ${LABEL}-----\n`;
}

function bytesOfPem(pem: string): Buffer {
  const match = new RegExp(`-----BEGIN ${LABEL}-----([A-Za-z0-9+/=\\s]+)-----END ${LABEL}-----`).exec(pem);
  if (!match) throw new DerFault(`no ${LABEL} in it`);
  return Buffer.from(match[1] ?? '', 'base64');
}

function parts(node: DerNode | undefined, count: number): DerNode[] {
  const children = node?.tag === tags.sequence ? childrenOf(node) : [];
  if (children.length < count) throw new DerFault('a part is missing');
  return children;
}

function expectOid(node: DerNode, oid: string, what: string): void {
  if (oidOf(node) !== oid) throw new DerFault(`another ${what} than this program writes`);
}

/** The private key. Throws `WrongPassphrase`, or `DerFault` for a file that this program did not write. */
export async function unlockKey(pem: string, passphrase: string): Promise<KeyObject> {
  const [scheme, sealed] = parts(readDer(bytesOfPem(pem)), 2);
  const [pbes2, settings] = parts(scheme, 2);
  expectOid(pbes2!, oids.pbes2, 'kind of encryption');
  const [kdf, cipher] = parts(settings, 2);
  const [kdfId, kdfCost] = parts(kdf, 2);
  expectOid(kdfId!, oids.scrypt, 'way from passphrase to key');
  const [salt, n, r, p] = parts(kdfCost, 4);
  const given = { N: numberOf(n!), r: numberOf(r!), p: numberOf(p!) };
  if (given.N > 1 << 20 || given.r > 32 || given.p > 64) throw new DerFault('a cost that no key has');
  const [cipherId, iv] = parts(cipher, 2);
  expectOid(cipherId!, oids.aes256, 'cipher');
  const secret = await stretch(passphrase, octetsOf(salt!), given);
  let plain: Buffer | null = null;
  try {
    const decipher = createDecipheriv('aes-256-cbc', secret, octetsOf(iv!));
    plain = Buffer.concat([decipher.update(octetsOf(sealed!)), decipher.final()]);
    return createPrivateKey({ key: plain, format: 'der', type: 'pkcs8' });
  } catch {
    throw new WrongPassphrase();
  } finally {
    secret.fill(0);
    plain?.fill(0);
  }
}
