import { createHash, randomBytes } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { Failure, type FailureCode } from '../../../../shared/base/failure.ts';
import type { EventView } from '../../../../shared/types/event.ts';
import type { ExportedFile } from './exporter.ts';

const failures: Readonly<Record<string, readonly [FailureCode, string, string | null]>> = {
  ENOENT: ['not-found', 'its folder does not exist', 'Create the folder, or choose another one.'],
  ENOTDIR: ['not-found', 'its folder does not exist', 'Create the folder, or choose another one.'],
  EISDIR: ['wrong-use', 'it is a folder', 'Give the name of a file.'],
  EACCES: ['no-permission', 'this user may not write there', 'Choose another folder.'],
  EPERM: ['no-permission', 'this user may not write there', 'Choose another folder.'],
  EROFS: ['read-only', 'the disk is read-only', 'Choose another disk.'],
  ENOSPC: ['disk-full', 'the disk is full', 'Free some space and export again. Nothing of the file was left behind.'],
  EDQUOT: ['disk-full', 'the disk is full', 'Free some space and export again. Nothing of the file was left behind.'],
};

/** A file system's error becomes a Failure that names the path; anything else is thrown on as it is. */
function failureFor(error: unknown, out: string): unknown {
  const known = failures[(error as { code?: string }).code ?? ''];
  return known ? new Failure(known[0], `${out} could not be written: ${known[1]}.`, known[2]) : error;
}

/**
 * Writes `head` and then one text a batch, and hashes the bytes on their way. The text goes to a file beside `out`
 * that takes its name at the end, so that a broken export leaves neither half a file nor a damaged older one.
 */
export async function writeText(
  out: string,
  head: string,
  events: AsyncIterable<readonly EventView[]>,
  textOf: (event: EventView) => string,
): Promise<ExportedFile> {
  const part = `${out}.${randomBytes(4).toString('hex')}.part`;
  const hash = createHash('sha256');
  let rows = 0;
  let file: FileHandle | null = null;
  const put = async (target: FileHandle, text: string) => {
    if (text === '') return;
    const bytes = Buffer.from(text, 'utf8');
    hash.update(bytes);
    try {
      await target.writeFile(bytes);
    } catch (error) {
      throw failureFor(error, out);
    }
  };
  try {
    try {
      file = await open(part, 'wx');
    } catch (error) {
      throw failureFor(error, out);
    }
    await put(file, head);
    for await (const batch of events) {
      await put(file, batch.map(textOf).join(''));
      rows += batch.length;
    }
    try {
      await file.sync();
      await file.close();
      file = null;
      await rename(part, out);
    } catch (error) {
      throw failureFor(error, out);
    }
  } catch (error) {
    await file?.close().catch(() => {});
    await rm(part, { force: true }).catch(() => {});
    throw error;
  }
  return { path: out, rows, sha256: hash.digest('hex') };
}
