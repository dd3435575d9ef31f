const PIECE = 1 << 19;

/** An open file, as far as reading on needs it. */
export interface ReadsOn {
  read(into: Uint8Array, at: number, length: number, position: null): Promise<{ readonly bytesRead: number }>;
}

/**
 * The bytes of a file from where it stands, piece by piece. The next piece is read while one is worked on; a piece is good until the
 * next is asked for. Rejects as `read` does.
 */
export async function* readAhead(file: ReadsOn): AsyncGenerator<Uint8Array> {
  let [now, then] = [new Uint8Array(PIECE), new Uint8Array(PIECE)];
  let coming = file.read(now, 0, PIECE, null);
  try {
    for (;;) {
      const { bytesRead } = await coming;
      if (bytesRead === 0) return;
      const piece = now.subarray(0, bytesRead);
      [now, then] = [then, now];
      coming = file.read(now, 0, PIECE, null);
      // Its fault is met when the piece is asked for.
      coming.catch(() => {});
      yield piece;
    }
  } finally {
    // Whoever stops early closes the file: not while it is read.
    await coming.catch(() => {});
  }
}
