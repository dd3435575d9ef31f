import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../../../shared/base/failure.ts';

/** What of a case is not evidence of anything: the derived case file, and the mark of who is writing. */
const derived = /^case\.(?:sqlite(?:$|[-.])|lock$)/;

export interface HashedFile {
  readonly sha256: string;
  readonly bytes: number;
}

/** Hashes of a case's files by their paths below it, each read once however often it is asked for. */
export class CaseFiles {
  readonly #root: string;
  readonly #signal: AbortSignal;
  readonly #known = new Map<string, HashedFile | string>();

  constructor(root: string, signal: AbortSignal) {
    this.#root = root;
    this.#signal = signal;
  }

  /** SHA-256 and size, or a sentence fragment that says why there are none. Rejects with `cancelled` only. */
  async hashOf(path: string): Promise<HashedFile | string> {
    const known = this.#known.get(path);
    if (known !== undefined) return known;
    const found = await this.#read(join(this.#root, ...path.split('/')));
    this.#known.set(path, found);
    return found;
  }

  async #read(file: string): Promise<HashedFile | string> {
    const hash = createHash('sha256');
    let bytes = 0;
    try {
      // A link or a device in a folder from elsewhere could lead anywhere, or have no end.
      if (!(await lstat(file)).isFile()) return 'no ordinary file';
      for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20, signal: this.#signal })) {
        hash.update(chunk as Buffer);
        bytes += (chunk as Buffer).length;
      }
    } catch (error) {
      if (this.#signal.aborted) throw new Failure('cancelled', 'The check was cancelled.', null);
      const { code } = error as { code?: string };
      if (code === 'ENOENT' || code === 'ENOTDIR') return 'the file is missing';
      return error instanceof Error ? error.message : String(error);
    }
    return { sha256: hash.digest('hex'), bytes };
  }

  /**
   * Paths of all files that a signature stands for, sorted: everything in the folder but the derived case file, the custody
   * log (it is covered by its last line), and what is being written. Things that are neither file nor folder are named too.
   */
  async list(): Promise<string[]> {
    const found: string[] = [];
    const walk = async (folder: string, path: string): Promise<void> => {
      for (const name of await readdir(folder).catch(() => [] as string[])) {
        if (name.startsWith('.')) continue;
        if (path === '' && (name === 'custody.jsonl' || derived.test(name))) continue;
        const below = path === '' ? name : `${path}/${name}`;
        const facts = await lstat(join(folder, name)).catch(() => null);
        if (facts?.isDirectory()) await walk(join(folder, name), below);
        else found.push(below);
      }
    };
    await walk(this.#root, '');
    return found.sort();
  }
}
