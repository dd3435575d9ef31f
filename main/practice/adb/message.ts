/**
 * Messages of the ADB transport: a header of six little-endian words (command, two arguments, length, check, the
 * command's complement) and a payload. Source: AOSP packages/modules/adb, protocol.txt and adb.h.
 */
export const commands = {
  CNXN: 0x4e584e43,
  AUTH: 0x48545541,
  OPEN: 0x4e45504f,
  OKAY: 0x59414b4f,
  CLSE: 0x45534c43,
  WRTE: 0x45545257,
} as const;

/** Since this protocol version both ends leave the payload's check out. */
export const versionWithoutCheck = 0x01000001;
export const versionWithCheck = 0x01000000;

export const headerBytes = 24;

/** The largest payload that any version of the protocol allows. */
export const largestPayload = 1024 * 1024;

export interface Message {
  readonly command: number;
  readonly arg0: number;
  readonly arg1: number;
  readonly payload: Uint8Array;
  /** The check as the sender wrote it: the sum of the payload's bytes, or 0 where the version leaves it out. */
  readonly check: number;
}

/** Sum of all bytes, modulo 2^32. The protocol calls it a CRC; it is none. */
export function checkOf(payload: Uint8Array): number {
  let sum = 0;
  for (const byte of payload) sum = (sum + byte) >>> 0;
  return sum;
}

/** One message as bytes. `withCheck` false writes 0 in the check's place. */
export function encodeMessage(
  command: number,
  arg0: number,
  arg1: number,
  payload: Uint8Array,
  withCheck: boolean,
): Buffer {
  const bytes = Buffer.allocUnsafe(headerBytes + payload.length);
  bytes.writeUInt32LE(command, 0);
  bytes.writeUInt32LE(arg0 >>> 0, 4);
  bytes.writeUInt32LE(arg1 >>> 0, 8);
  bytes.writeUInt32LE(payload.length, 12);
  bytes.writeUInt32LE(withCheck ? checkOf(payload) : 0, 16);
  bytes.writeUInt32LE((command ^ 0xffffffff) >>> 0, 20);
  bytes.set(payload, headerBytes);
  return bytes;
}

/** Cuts a byte stream into messages, whatever the pieces in which it arrives. Throws at the first broken header. */
export class MessageReader {
  #pieces: Uint8Array[] = [];
  #held = 0;

  push(piece: Uint8Array): Message[] {
    this.#pieces.push(piece);
    this.#held += piece.length;
    const messages: Message[] = [];
    for (;;) {
      if (this.#held < headerBytes) return messages;
      const header = this.#front(headerBytes);
      const command = header.readUInt32LE(0);
      const length = header.readUInt32LE(12);
      if (header.readUInt32LE(20) !== (command ^ 0xffffffff) >>> 0) throw new Error('a header without its complement');
      if (length > largestPayload) throw new Error(`a payload of ${length} bytes`);
      if (this.#held < headerBytes + length) return messages;
      const whole = this.#front(headerBytes + length);
      this.#pieces[0] = whole.subarray(headerBytes + length);
      this.#held -= headerBytes + length;
      messages.push({
        command,
        arg0: header.readUInt32LE(4),
        arg1: header.readUInt32LE(8),
        check: header.readUInt32LE(16),
        payload: whole.subarray(headerBytes, headerBytes + length),
      });
    }
  }

  /** The first piece, joined with its followers until it holds at least `bytes`. */
  #front(bytes: number): Buffer {
    const first = this.#pieces[0];
    if (!first || first.length < bytes) this.#pieces = [Buffer.concat(this.#pieces)];
    const joined = this.#pieces[0]!;
    return Buffer.from(joined.buffer, joined.byteOffset, joined.byteLength);
  }
}
