import type { FileHandle } from 'node:fs/promises';
import { type CustodyLine, hashOfLine, LINE_END, openLog, parseLine } from './custody-reading.ts';

const PIECE = 1 << 20;

/** One line as it stands in the file. `line` is null for one that cannot be read. */
export interface LoggedLine {
  /** 1 for the first. */
  readonly seq: number;
  readonly text: string;
  /** SHA-256 of its bytes. */
  readonly hash: string;
  readonly line: CustodyLine | null;
}

/**
 * A custody log by pages. It remembers where lines begin, so that a page of a log of a hundred thousand lines costs no more than
 * its own lines; what was appended since is read on from there, and a file that is another one is read anew.
 */
export class CustodyPages {
  readonly #path: string;
  /** Where each line begins, and behind the last whole one. */
  #starts: number[] = [0];
  /** Hash of the last whole line, with its end. */
  #last = '';
  #known = { size: 0, mtimeMs: 0, ino: 0 };

  constructor(path: string) {
    this.#path = path;
  }

  /** At most `limit` lines after line `after`, and how many there are. Rejects where the log cannot be read. */
  async page(after: number, limit: number): Promise<{ readonly lines: LoggedLine[]; readonly total: number }> {
    const file = await openLog(this.#path);
    try {
      const { size, mtimeMs, ino } = await file.stat();
      const { size: before, mtimeMs: at, ino: which } = this.#known;
      const same = ino === which && size === before && mtimeMs === at;
      if (!same && (size < before || !(await this.#continues(file)))) this.#starts = [0];
      this.#known = { size, mtimeMs, ino };
      const piece = Buffer.allocUnsafe(PIECE);
      // What stands behind the last whole line may have got its end meanwhile: it is looked at again.
      for (let from = this.#starts.at(-1)!; ; ) {
        const { bytesRead } = await file.read(piece, 0, PIECE, from);
        if (bytesRead === 0) break;
        for (let end = piece.indexOf(LINE_END); end >= 0 && end < bytesRead; end = piece.indexOf(LINE_END, end + 1))
          this.#starts.push(from + end + 1);
        from += bytesRead;
      }
      const total = this.#starts.length - 1;
      const until = Math.min(total, after + limit);
      this.#last = await lineAt(file, this.#starts.at(-2) ?? 0, this.#starts.at(-1)!);
      if (after >= until) return { lines: [], total };
      const start = this.#starts[after]!;
      const bytes = Buffer.alloc(this.#starts[until]! - start);
      await file.read(bytes, 0, bytes.length, start);
      const lines: LoggedLine[] = [];
      for (let n = after; n < until; n += 1) {
        const own = bytes.subarray(this.#starts[n]! - start, this.#starts[n + 1]! - start - 1);
        lines.push({ seq: n + 1, text: own.toString('utf8'), hash: hashOfLine(own), line: parseLine(own) });
      }
      return { lines, total };
    } finally {
      await file.close();
    }
  }

  /** Whether the last line that is known still stands where it stood: what is longer may be another file. */
  async #continues(file: FileHandle): Promise<boolean> {
    return this.#last === (await lineAt(file, this.#starts.at(-2) ?? 0, this.#starts.at(-1)!));
  }
}

async function lineAt(file: FileHandle, from: number, to: number): Promise<string> {
  const bytes = Buffer.alloc(to - from);
  const { bytesRead } = await file.read(bytes, 0, bytes.length, from);
  return hashOfLine(bytes.subarray(0, bytesRead));
}
