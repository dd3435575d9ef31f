import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Failure } from '../../../shared/base/failure.ts';

/** Files that were dropped into the window: they lie here until the program ends, each in a folder of its own. */
export interface Uploads {
  /** Streams a file to disk and answers with its path. What breaks off leaves nothing. */
  take(name: string, bytes: Readable): Promise<string>;
  clear(): Promise<void>;
}

/** Keeps uploads below `folder`, which this process alone uses. */
export function createUploads(folder: string): Uploads {
  return {
    async take(name, bytes) {
      const safe = safeName(name);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const own = await mkdtemp(join(folder, 'u-'));
      const path = join(own, safe);
      try {
        await pipeline(bytes, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
      } catch (thrown) {
        await rm(own, { recursive: true, force: true });
        throw uploadFailure(safe, folder, thrown);
      }
      return path;
    },
    clear: () => rm(folder, { recursive: true, force: true }),
  };
}

/**
 * The file's own name, as far as every file system takes it: no folders, no control characters, none of the characters
 * and names that Windows refuses, at most 200 bytes with its ending kept.
 */
export function safeName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  let safe = last.replaceAll(/[\u0000-\u001f\u007f<>:"|?*]/g, '_').replace(/[. ]+$/, '');
  if (/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(safe)) safe = `_${safe}`;
  if (safe === '' || safe === '.' || safe === '..') return 'file';
  const ending = /\.[^.]{1,20}$/.exec(safe)?.[0] ?? '';
  let stem = safe.slice(0, safe.length - ending.length);
  while (Buffer.byteLength(stem + ending) > 200) stem = [...stem].slice(0, -1).join('');
  return stem + ending;
}

function uploadFailure(name: string, folder: string, thrown: unknown): Failure {
  const code = (thrown as NodeJS.ErrnoException).code;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new Failure(
      'disk-full',
      `${name} was not taken: the disk that holds ${folder} is full.`,
      'Nothing was kept of it.',
    );
  }
  if (code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ECONNRESET' || code === 'ABORT_ERR') {
    return new Failure('cancelled', `${name} was not taken: its transfer broke off.`, 'Nothing was kept of it.');
  }
  return new Failure(
    'internal',
    `${name} was not taken: it could not be written to ${folder} (${code ?? 'no reason given'}).`,
  );
}
