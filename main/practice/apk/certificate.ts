import { sign } from 'node:crypto';
import { hashOf } from '../world/random.ts';
import { bits, der, identifier, integer, nothing, sequence, set, text, time } from './der.ts';
import { type KeyPair, keyOf } from './keys.ts';

const names = { C: '2.5.4.6', ST: '2.5.4.8', L: '2.5.4.7', O: '2.5.4.10', OU: '2.5.4.11', CN: '2.5.4.3' } as const;
type Name = Partial<Record<keyof typeof names, string>>;

export const sha256WithRsa = sequence(identifier('1.2.840.113549.1.1.11'), nothing);

/** Who signed, with what. */
export interface Signer {
  readonly key: KeyPair;
  /** X.509, DER. */
  readonly certificate: Buffer;
  /** Issuer and serial number, as PKCS #7 names a certificate. */
  readonly issuer: Buffer;
  readonly serial: Buffer;
}

function nameBytes(name: Name): Buffer {
  const parts = (Object.keys(names) as (keyof typeof names)[]).flatMap((key) => {
    const value = name[key];
    if (value === undefined) return [];
    // A country is two letters of the small alphabet.
    const written = key === 'C' ? der(0x13, Buffer.from(value, 'ascii')) : text(value);
    return [set(sequence(identifier(names[key]), written))];
  });
  return sequence(...parts);
}

/** A certificate that vouches for itself (RFC 5280), as those of Android packages do. The same for the same words. */
export function selfSigned(keyName: string, name: Name, fromMs: number, years: number): Signer {
  const key = keyOf(keyName);
  const issuer = nameBytes(name);
  const serial = integer(1 + (hashOf('serial', keyName, JSON.stringify(name)) >>> 1));
  const validity = sequence(time(fromMs), time(Math.min(fromMs + years * 31_556_952_000, Date.UTC(2049, 11, 31))));
  const body = sequence(der(0xa0, integer(2)), serial, sha256WithRsa, issuer, validity, issuer, key.spki);
  const certificate = sequence(body, sha256WithRsa, bits(sign('sha256', body, key.own)));
  return { key, certificate, issuer, serial };
}
