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
  timeOf,
  wholeNumber,
} from './der.ts';

/*
 * Time stamps: RFC 3161 with RFC 5816, inside CMS signed data (RFC 5652). Written here because only this small part of CMS is
 * needed, and because what a token must hold beyond a good signature (purpose of the certificate, which certificate) is part
 * of the check. All cryptography is Node's.
 */

export const stampOids = {
  signedData: '1.2.840.113549.1.7.2',
  tstInfo: '1.2.840.113549.1.9.16.1.4',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  sha256: '2.16.840.1.101.3.4.2.1',
} as const;

/** Hashes by their identifiers, as Node names them. SHA-1 only where a token names its certificate by it. */
export const hashNames: Readonly<Record<string, string>> = {
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
  '2.16.840.1.101.3.4.2.8': 'sha3-256',
  '2.16.840.1.101.3.4.2.9': 'sha3-384',
  '2.16.840.1.101.3.4.2.10': 'sha3-512',
};

/**
 * A request for a time stamp over a SHA-256 (RFC 3161 §2.4.1), asking for the certificate to come along. Without a nonce: the
 * hash is of a manifest that no one made before, so an old answer cannot fit it.
 */
export function stampRequest(sha256: string): Uint8Array {
  const imprint = sequence(
    sequence(objectId(stampOids.sha256), der(tags.null)),
    der(tags.octets, Buffer.from(sha256, 'hex')),
  );
  return sequence(wholeNumber(1), imprint, der(tags.boolean, Uint8Array.of(0xff)));
}

/** What an authority states: a hash, and the time at which it saw it. */
export interface StampInfo {
  readonly policy: string;
  readonly hashOid: string;
  readonly imprint: Uint8Array;
  /** Lower-case hex. */
  readonly serial: string;
  /** Microseconds of UTC. */
  readonly timeUs: number;
  readonly accuracyS: number | null;
  /** Who the authority says it is (a GeneralName as it stands there); null where it does not. */
  readonly authority: Uint8Array | null;
}

/** The signature over it. */
export interface SignerInfo {
  /** Issuer and serial number as in the certificate, or its key identifier. */
  readonly issuer: Uint8Array | null;
  readonly serial: Uint8Array | null;
  readonly keyId: Uint8Array | null;
  readonly hashOid: string;
  /** The signed attributes in the form that is signed, and by their types. */
  readonly signedBytes: Uint8Array;
  readonly attributes: ReadonlyMap<string, readonly DerNode[]>;
  readonly algorithm: DerNode;
  readonly signature: Uint8Array;
}

export interface StampToken {
  readonly info: StampInfo;
  /** The bytes of the statement, which the signature's digest is of. */
  readonly content: Uint8Array;
  readonly certificates: readonly Uint8Array[];
  readonly signer: SignerInfo;
}

function inside(node: DerNode | undefined, tag: number = tags.sequence): DerNode[] {
  if (node?.tag !== tag) throw new DerFault('a part is missing or in another place');
  return childrenOf(node);
}

const isCritical = (node: DerNode) => node.tag === tags.boolean && node.content[0] !== 0;

function readInfo(bytes: Uint8Array): StampInfo {
  const [version, policy, imprint, serial, time, ...rest] = inside(readDer(bytes));
  if (!version || !policy || !imprint || !serial || !time || numberOf(version) !== 1)
    throw new DerFault('no statement of a time');
  if (serial.tag !== tags.integer || time.tag !== tags.generalizedTime)
    throw new DerFault('a statement of a time in another form');
  // RFC 3161 §2.4.2: what is critical and not known must not be passed over, and no extension is known here.
  const extensions = rest.find((one) => one.tag === 0xa1);
  if (extensions && childrenOf(extensions).some((one) => childrenOf(one).some(isCritical)))
    throw new DerFault('a statement with a critical part that this program does not know');
  const [algorithm, hash] = inside(imprint);
  const [hashId] = inside(algorithm);
  const accuracy = rest.find((one) => one.tag === tags.sequence);
  const authority = rest.find((one) => one.tag === 0xa0);
  let accuracyS: number | null = null;
  if (accuracy) {
    accuracyS = 0;
    const unit = { [tags.integer]: 1, 128: 1e-3, 129: 1e-6 } as Readonly<Record<number, number>>;
    for (const part of childrenOf(accuracy))
      accuracyS += numberOf({ ...part, tag: tags.integer }) * (unit[part.tag] ?? 0);
    if (accuracyS < 0) throw new DerFault('an error of the time that is less than none');
  }
  return {
    policy: oidOf(policy),
    hashOid: oidOf(hashId!),
    imprint: octetsOf(hash!),
    serial: Buffer.from(serial.content).toString('hex'),
    timeUs: timeOf(time),
    accuracyS,
    authority: authority ? (childrenOf(authority)[0]?.bytes ?? new Uint8Array()) : null,
  };
}

function readSigner(node: DerNode): SignerInfo {
  const [version, sid, digest, signed, algorithm, signature] = inside(node);
  if (!version || !sid || !digest || !algorithm || !signature || signed?.tag !== 0xa0)
    throw new DerFault('a signature without signed attributes');
  const attributes = new Map<string, DerNode[]>();
  for (const attribute of childrenOf(signed)) {
    const [type, values] = inside(attribute);
    if (!type) throw new DerFault('an attribute without a type');
    if (attributes.has(oidOf(type))) throw new DerFault('a signed attribute stands twice');
    attributes.set(oidOf(type), inside(values, tags.set));
  }
  const byIssuer = sid.tag === tags.sequence ? inside(sid) : [];
  return {
    issuer: byIssuer[0]?.bytes ?? null,
    serial: byIssuer[1]?.content ?? null,
    keyId: sid.tag === 0x80 ? sid.content : null,
    hashOid: oidOf(inside(digest)[0]!),
    // Signed as a SET, sent under another tag (RFC 5652 §5.4).
    signedBytes: der(tags.set, signed.content),
    attributes,
    algorithm,
    signature: octetsOf(signature),
  };
}

/** The CMS part of a file: the file itself, or the token inside of an authority's answer that granted it. */
function tokenOf(bytes: Uint8Array): DerNode {
  const outer = readDer(bytes);
  const [first, second] = inside(outer);
  if (first?.tag === tags.oid) return outer;
  const [status] = inside(first);
  const granted = status ? numberOf(status) : 2;
  if (granted > 1) throw new DerFault(`the authority refused the time stamp (status ${granted})`);
  if (!second) throw new DerFault('an answer without a time stamp');
  return second;
}

/** Whether a file is a token alone and not an authority's whole answer: OpenSSL wants to be told. */
export function isBareToken(bytes: Uint8Array): boolean {
  try {
    return childrenOf(readDer(bytes))[0]?.tag === tags.oid;
  } catch {
    return false;
  }
}

/** Reads a TimeStampResp or a bare token, DER or BER. Checks nothing of it. Throws `DerFault`. */
export function readStamp(bytes: Uint8Array): StampToken {
  const [type, wrapped] = inside(tokenOf(bytes));
  if (!type || oidOf(type) !== stampOids.signedData) throw new DerFault('no signed data in it');
  const [signedData] = inside(wrapped, 0xa0);
  const [, , encapsulated, ...rest] = inside(signedData);
  const [contentType, contentWrap] = inside(encapsulated);
  if (!contentType || oidOf(contentType) !== stampOids.tstInfo) throw new DerFault('no statement of a time in it');
  const content = octetsOf(inside(contentWrap, 0xa0)[0]!);
  const certificates = rest.find((one) => one.tag === 0xa0);
  const signers = inside(rest.at(-1), tags.set);
  const [signer] = signers;
  if (!signer || signers.length !== 1) throw new DerFault(`${signers.length} signatures instead of one`);
  return {
    info: readInfo(content),
    content,
    certificates: certificates
      ? childrenOf(certificates)
          .filter((one) => one.tag === tags.sequence)
          .map((one) => one.bytes)
      : [],
    signer: readSigner(signer),
  };
}
