/** A stretch of one of the two output streams of a command. */
export interface OutputPiece {
  readonly stream: 'stdout' | 'stderr';
  readonly bytes: Uint8Array;
}

const headerBytes = 5;
const stdoutId = 1;
const stderrId = 2;
const exitId = 3;

/** Tells the phone that no input will come: id 4, no data. */
export const closeInputPacket: Uint8Array = Uint8Array.of(4, 0, 0, 0, 0);

/**
 * Decodes shell protocol v2: packets of one byte id, four bytes length (little-endian) and data; ids 1 standard
 * output, 2 standard error, 3 exit status in one byte. Source: AOSP packages/modules/adb, shell_protocol.h.
 * Data is handed on as it comes, in the pieces in which it comes, without waiting for a packet's end.
 */
export class ShellPacketDecoder {
  /** The command's exit status once its packet arrived: the only proof that it ran to its end. */
  exit: number | null = null;
  #header: number[] = [];
  #id = 0;
  #left = 0;

  push(chunk: Uint8Array): OutputPiece[] {
    const pieces: OutputPiece[] = [];
    let at = 0;
    while (at < chunk.length && this.exit === null) {
      if (this.#left === 0) {
        this.#header.push(chunk[at]!);
        at += 1;
        if (this.#header.length < headerBytes) continue;
        const [id = 0, a = 0, b = 0, c = 0, d = 0] = this.#header;
        this.#id = id;
        this.#left = a + b * 0x100 + c * 0x10000 + d * 0x1000000;
        this.#header = [];
        continue;
      }
      const bytes = chunk.subarray(at, at + this.#left);
      at += bytes.length;
      this.#left -= bytes.length;
      if (this.#id === stdoutId) pieces.push({ stream: 'stdout', bytes });
      else if (this.#id === stderrId) pieces.push({ stream: 'stderr', bytes });
      else if (this.#id === exitId) this.exit = bytes[0]!;
      // Packets of other kinds are for the host's input; one that we do not know carries no output.
    }
    return pieces;
  }
}
