/** One signer of a scheme v2, v3 or v3.1. */
export interface Signer {
  /** What is signed, as it stands. */
  readonly signedData: Buffer;
  readonly digests: readonly { readonly algorithm: number; readonly digest: Buffer }[];
  /** DER; the first is the signer's own. */
  readonly certificates: readonly Buffer[];
  /** DER of certificates that it was signed by before, the oldest first; only in v3 and v3.1. */
  readonly past: readonly Buffer[];
  readonly signatures: readonly { readonly algorithm: number; readonly signature: Buffer }[];
  /** DER, SubjectPublicKeyInfo. */
  readonly publicKey: Buffer;
}

const mostSigners = 100;
const lineageId = 0x3ba06f8c;

/** Reads values that each say their length in four bytes before them, least byte first. Throws where one leads outside. */
class Prefixed {
  readonly #bytes: Buffer;
  #at = 0;
  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }
  get more(): boolean {
    return this.#at < this.#bytes.length;
  }
  u32(): number {
    const value = this.#bytes.readUInt32LE(this.#at);
    this.#at += 4;
    return value;
  }
  value(): Buffer {
    const length = this.u32();
    if (length > this.#bytes.length - this.#at) throw new Error('has a signature whose parts overlap its end');
    const value = this.#bytes.subarray(this.#at, this.#at + length);
    this.#at += length;
    return value;
  }
  rest(): Buffer {
    const rest = this.#bytes.subarray(this.#at);
    this.#at = this.#bytes.length;
    return rest;
  }
}

function each<T>(bytes: Buffer, read: (value: Prefixed) => T): T[] {
  const all = new Prefixed(bytes);
  const found: T[] = [];
  while (all.more && found.length < mostSigners) found.push(read(new Prefixed(all.value())));
  return found;
}

/**
 * Reads the signers of one scheme. Throws with the rest of a sentence where the value is not of its form. Source: the
 * documentation of APK Signature Scheme v2 and v3, source.android.com.
 */
export function signersOf(value: Buffer, scheme: 'v2' | 'v3' | 'v3.1'): Signer[] {
  const later = scheme !== 'v2';
  return each(new Prefixed(value).value(), (signer) => {
    const signedData = signer.value();
    const data = new Prefixed(signedData);
    const digests = each(data.value(), (one) => ({ algorithm: one.u32(), digest: one.value() }));
    const certificates = each(data.value(), (one) => one.rest());
    // From which Android to which it holds: said twice, inside of what is signed and outside.
    if (later) for (let n = 0; n < 2; n += 1) data.u32();
    const attributes = data.more ? each(data.value(), (one) => ({ id: one.u32(), value: one.rest() })) : [];
    if (later) for (let n = 0; n < 2; n += 1) signer.u32();
    const signatures = each(signer.value(), (one) => ({ algorithm: one.u32(), signature: one.value() }));
    const publicKey = signer.value();
    const lineage = later ? attributes.find(({ id }) => id === lineageId) : undefined;
    return { signedData, digests, certificates, past: lineage ? pastOf(lineage.value) : [], signatures, publicKey };
  });
}

/** The proof of rotation: a version, and then each certificate with the signature of the one before. Its last is the present one. */
function pastOf(value: Buffer): Buffer[] {
  const lineage = new Prefixed(value);
  lineage.u32();
  return each(lineage.rest(), (level) => new Prefixed(level.value()).value()).slice(0, -1);
}
