interface Value {
  readonly tag: number;
  readonly content: Buffer;
  /** The value with its tag and length. */
  readonly whole: Buffer;
}

/** Reads one value of DER. Throws where it is not of that form, or leads outside. Source: ITU-T X.690. */
function valueAt(bytes: Buffer, at: number): Value & { readonly end: number } {
  const tag = bytes.readUInt8(at);
  let length = bytes.readUInt8(at + 1);
  let from = at + 2;
  if (length >= 0x80) {
    const count = length & 0x7f;
    if (count === 0 || count > 4) throw new Error('is in a form of lengths that is not read');
    length = bytes.readUIntBE(from, count);
    from += count;
  }
  const end = from + length;
  if (end > bytes.length) throw new Error('breaks off');
  return { tag, content: bytes.subarray(from, end), whole: bytes.subarray(at, end), end };
}

function* values(bytes: Buffer): Generator<Value> {
  for (let at = 0; at < bytes.length; ) {
    const value = valueAt(bytes, at);
    at = value.end;
    yield value;
  }
}

const signedData = Buffer.from('2a864886f70d010702', 'hex');

/**
 * The certificates, DER, that a signature file of META-INF carries: PKCS #7 SignedData. Throws with the rest of a sentence
 * where it is none. Source: RFC 2315, section 9.
 */
export function certificatesIn(bytes: Buffer): Buffer[] {
  const [type, content] = [...values(valueAt(bytes, 0).content)];
  if (type?.tag !== 0x06 || !type.content.equals(signedData) || content?.tag !== 0xa0)
    throw new Error('is no signature');
  const data = valueAt(content.content, 0).content;
  const list = [...values(data)].find(({ tag }) => tag === 0xa0);
  return list ? [...values(list.content)].filter(({ tag }) => tag === 0x30).map(({ whole }) => whole) : [];
}
