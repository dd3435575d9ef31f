import { type FileHandle, open } from 'node:fs/promises';
import type { ArchiveBytes } from '../zip-archive.ts';

/** Bytes of a file, or of an archive's member held in memory, reached at random. */
export interface RandomBytes {
  readonly size: number;
  /** Throws where the stretch does not lie inside. Each answer is its own memory, or a view of what is held. */
  at(offset: number, length: number): Promise<Buffer>;
  close(): Promise<void>;
}

/** Opens them. Rejects as `node:fs` does. */
export async function openBytes(where: ArchiveBytes): Promise<RandomBytes> {
  if ('buffer' in where) {
    const { buffer } = where;
    const at = async (offset: number, length: number) => {
      inside(offset, length, buffer.length);
      return buffer.subarray(offset, offset + length);
    };
    return { size: buffer.length, at, close: async () => {} };
  }
  const file: FileHandle = await open(where.path, 'r');
  const { size } = await file.stat();
  return {
    size,
    async at(offset, length) {
      inside(offset, length, size);
      const bytes = Buffer.allocUnsafe(length);
      const { bytesRead } = await file.read(bytes, 0, length, offset);
      if (bytesRead !== length) throw new Error('the file ended while it was read');
      return bytes;
    },
    close: () => file.close(),
  };
}

function inside(offset: number, length: number, size: number): void {
  const whole = Number.isSafeInteger(offset) && Number.isSafeInteger(length) && offset >= 0 && length >= 0;
  if (!whole || offset + length > size) throw new Error(`it points to byte ${offset + length} of ${size}`);
}
