import { open } from 'node:fs/promises';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { readAhead } from '../../../../shared/base/read-ahead.ts';
import type { Budget } from './budget.ts';
import { ZstdFrames } from './zstd-frames.ts';

export type ByteStream = AsyncIterable<Buffer>;

const chunkSize = 256 * 1024;

/** The bytes of a file in order. Every chunk is its own memory. Rejects as `node:fs` does. */
export async function* fileBytes(path: string): AsyncGenerator<Buffer> {
  const file = await open(path, 'r');
  try {
    for (;;) {
      const chunk = Buffer.allocUnsafeSlow(chunkSize);
      const { bytesRead } = await file.read(chunk, 0, chunkSize, null);
      if (bytesRead === 0) return;
      yield bytesRead === chunkSize ? chunk : chunk.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

/** The bytes of a file in order, in memory that is used again: a piece is good until the next is asked for. Rejects as `node:fs` does. */
export async function* fileAhead(path: string): AsyncGenerator<Uint8Array> {
  const file = await open(path, 'r');
  try {
    yield* readAhead(file);
  } finally {
    await file.close();
  }
}

/** Counts what comes out of an archive. */
export async function* counted(stream: ByteStream, budget: Budget): AsyncGenerator<Buffer> {
  for await (const chunk of stream) {
    budget.spend(chunk.length);
    yield chunk;
  }
}

/** What one file is packed by. */
export type Packing = 'gzip' | 'zstd';

/** The name of a packed file without the ending that says so. */
export function unpackedName(fileName: string, packing: Packing): string {
  return fileName.replace(packing === 'gzip' ? /\.(?:gz|gzip)$/i : /\.(?:zst|zstd)$/i, '') || fileName;
}

/**
 * Unpacks a stream of gzip (RFC 1952) or Zstandard (RFC 8878), several members or frames behind each other too. Throws at
 * its damage, after all that came before it.
 */
export async function* unpacked(stream: ByteStream, packing: Packing): AsyncGenerator<Buffer> {
  const unpack = packing === 'gzip' ? createGunzip({ chunkSize }) : createZstdDecompress({ chunkSize });
  const frames = packing === 'zstd' ? new ZstdFrames() : null;
  const source = stream[Symbol.asyncIterator]();
  let failed: unknown = null;
  const feed = (async () => {
    try {
      for (let next = await source.next(); !next.done && !unpack.destroyed; next = await source.next()) {
        for (const piece of frames?.cut(next.value) ?? [next.value]) {
          if (unpack.destroyed || unpack.write(piece)) continue;
          await new Promise<void>((resolve) => {
            unpack.once('drain', resolve);
            unpack.once('close', resolve);
          });
        }
      }
      unpack.end();
    } catch (thrown) {
      failed = thrown;
      unpack.destroy();
    }
  })();
  try {
    for await (const chunk of unpack) yield chunk as Buffer;
  } catch (thrown) {
    throw failed ?? thrown;
  } finally {
    unpack.destroy();
    await feed;
    await source.return?.();
  }
}

/** A stream that was looked at. Iterate it once, or close it: what it holds open is let go either way. */
export interface BegunStream extends ByteStream {
  close(): Promise<void>;
}

/**
 * Reads at least `size` bytes where there are so many; hands back the first `size`, and a stream of the whole. `damage`:
 * what the stream threw meanwhile; iterating throws it again in its place.
 */
export async function withBeginning(
  stream: ByteStream,
  size: number,
): Promise<{ readonly beginning: Buffer; readonly whole: BegunStream; readonly damage: unknown }> {
  const source = stream[Symbol.asyncIterator]();
  const chunks: Buffer[] = [];
  let held = 0;
  let damage: unknown = null;
  try {
    while (held < size) {
      const next = await source.next();
      if (next.done) break;
      chunks.push(next.value);
      held += next.value.length;
    }
  } catch (thrown) {
    damage = thrown;
  }
  const beginning = (chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)).subarray(0, size);
  const close = async (): Promise<void> => {
    await source.return?.();
  };
  // No generator: one that was never begun does not run its `finally`, and the file would stay open.
  const iterator: AsyncIterator<Buffer> = {
    async next() {
      const chunk = chunks.shift();
      if (chunk) return { done: false, value: chunk };
      if (damage !== null) throw damage;
      return source.next();
    },
    async return() {
      await close();
      return { done: true, value: undefined };
    },
  };
  return { beginning, whole: { [Symbol.asyncIterator]: () => iterator, close }, damage };
}

/** Gathers a whole stream; null where it has more than `most` bytes. */
export async function gathered(stream: ByteStream, most: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > most) return null;
    chunks.push(chunk);
  }
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
}
