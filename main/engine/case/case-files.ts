import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../../../shared/base/failure.ts';

/** What of a case is not evidence of anything: the derived case file with its journals, and the mark of who is writing. */
const derived = /^case\.(?:sqlite(?:-journal|-wal|-shm|\.new(?:-journal)?)?|lock)$/;
/** What systems leave in every folder that was looked at with them. */
const systemLeft = /^(?:\.DS_Store|\._.*|\.directory|\.fseventsd|\.Spotlight-V100|\.Trashes|Thumbs\.db|desktop\.ini)$/i;
/** Files on their way to their names: evidence, reports, parts of a signature. */
const unfinished = /^\.(?:incoming-.+|.+\.part)$/;

const PIECE = 1 << 20;

export interface HashedFile {
  readonly sha256: string;
  readonly bytes: number;
}

export type FoundKind = 'file' | 'link' | 'folder' | 'special' | 'unreadable folder';

/** One thing that lies in the folder of a case. `path` is below it, with `/`. */
export interface Found {
  readonly path: string;
  readonly kind: FoundKind;
  /** `own`: part of the case; `derived`: made from it; the others were left by a program that was cut off, or by a system. */
  readonly role: 'own' | 'derived' | 'unfinished' | 'system';
}

/** Why a file gave no hash, as a fragment of a sentence. */
function reasonOf(error: unknown): string {
  const { code } = error as { code?: string };
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'the file is missing';
  if (code === 'ELOOP' || code === 'ENXIO' || code === 'EISDIR') return 'no ordinary file';
  if (code === 'EACCES' || code === 'EPERM') return 'a file that may not be read';
  return `a file that cannot be read (${code ?? 'unknown reason'})`;
}

/**
 * Hashes of a case's files by their paths below it, each read once however often it is asked for. Nothing is followed: a link or
 * a device in a folder from elsewhere could lead anywhere, or have no end.
 */
export class CaseFiles {
  readonly #root: string;
  readonly #signal: AbortSignal;
  readonly #known = new Map<string, HashedFile | string>();
  readonly #folders = new Map<string, Promise<boolean>>();
  #listed: Promise<readonly Found[]> | null = null;

  constructor(root: string, signal: AbortSignal) {
    this.#root = root;
    this.#signal = signal;
  }

  /** SHA-256 and size, or a sentence fragment that says why there are none. Rejects with `cancelled` only. */
  async hashOf(path: string): Promise<HashedFile | string> {
    const known = this.#known.get(path);
    if (known !== undefined) return known;
    const found = await this.#read(path.split('/'));
    this.#known.set(path, found);
    return found;
  }

  async #read(parts: readonly string[]): Promise<HashedFile | string> {
    for (let depth = 1; depth < parts.length; depth += 1) {
      if (!(await this.#isFolder(join(this.#root, ...parts.slice(0, depth))))) {
        const there = await lstat(join(this.#root, ...parts.slice(0, depth))).catch(() => null);
        return there ? 'behind a link or a file where a folder should be' : 'the file is missing';
      }
    }
    const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
    const hash = createHash('sha256');
    const piece = Buffer.allocUnsafe(PIECE);
    try {
      const file = await open(join(this.#root, ...parts), O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
      try {
        if (!(await file.stat()).isFile()) return 'no ordinary file';
        for (let bytes = 0; ; ) {
          if (this.#signal.aborted) throw new Failure('cancelled', 'The check was cancelled.', null);
          const { bytesRead } = await file.read(piece, 0, PIECE, bytes);
          if (bytesRead === 0) return { sha256: hash.digest('hex'), bytes };
          hash.update(piece.subarray(0, bytesRead));
          bytes += bytesRead;
        }
      } finally {
        await file.close();
      }
    } catch (error) {
      if (error instanceof Failure) throw error;
      return reasonOf(error);
    }
  }

  #isFolder(path: string): Promise<boolean> {
    const known = this.#folders.get(path);
    if (known) return known;
    const asked = lstat(path).then(
      (facts) => facts.isDirectory(),
      () => false,
    );
    this.#folders.set(path, asked);
    return asked;
  }

  /** Everything in the folder but folders that can be read, sorted by path. */
  all(): Promise<readonly Found[]> {
    this.#listed ??= this.#walk('', 'own').then((found) => found.sort((a, b) => (a.path < b.path ? -1 : 1)));
    return this.#listed;
  }

  async #walk(path: string, above: Found['role']): Promise<Found[]> {
    const folder = join(this.#root, ...path.split('/'));
    const found: Found[] = [];
    const names = await readdir(folder).catch(() => null);
    if (names === null) return [{ path, kind: 'unreadable folder', role: above }];
    for (const name of names) {
      const below = path === '' ? name : `${path}/${name}`;
      const role =
        above !== 'own'
          ? above
          : path === '' && derived.test(name)
            ? 'derived'
            : systemLeft.test(name)
              ? 'system'
              : unfinished.test(name)
                ? 'unfinished'
                : 'own';
      const facts = await lstat(join(folder, name)).catch(() => null);
      if (facts?.isDirectory()) {
        const inside = await this.#walk(below, role);
        if (inside.length === 0) found.push({ path: below, kind: 'folder', role });
        found.push(...inside);
      } else if (facts) {
        found.push({ path: below, kind: facts.isFile() ? 'file' : facts.isSymbolicLink() ? 'link' : 'special', role });
      }
    }
    return found;
  }

  /**
   * Paths of all files that a signature stands for, sorted: everything in the folder but the derived case file, the custody
   * log (it is covered by its last line), and what is being written or was left by the system. Links and devices are named too.
   */
  async list(): Promise<string[]> {
    return (await this.all())
      .filter(({ path, kind, role }) => role === 'own' && kind !== 'folder' && path !== 'custody.jsonl')
      .map(({ path }) => path);
  }
}
