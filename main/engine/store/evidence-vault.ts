import { createHash, randomBytes } from 'node:crypto';
import { access, chmod, type FileHandle, open, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Failure } from '../../../shared/base/failure.ts';
import { readAhead } from '../../../shared/base/read-ahead.ts';
import { isoOf } from '../../../shared/base/time.ts';
import type { Evidence, Origin } from '../model/evidence.ts';
import type { Clock } from '../ports/clock.ts';
import type { CopySource, EvidenceKeeper, KeptFacts, OpenEvidence } from '../ports/evidence-keeper.ts';
import type { CasePaths } from './case-folder.ts';
import { CopyThread } from './copy-thread.ts';
import type { CustodyWriter } from './custody-log.ts';
import { hashFile } from './hash-file.ts';
import { INCOMING, noteEnd, RESERVE_ENDING, removeNote, writeNote } from './incoming-notes.ts';

const READ_ONLY = 0o444;
/** Enough for the last lines of a batch and for the case file's own page or two. */
const RESERVE_BYTES = 512 * 1024;
/** Bytes after which the disk is asked to store what it has: a large file is then not stored all at once at its end. */
const STORE_EVERY = 32 * 1024 * 1024;
/** From here on another thread copies and hashes: it needs some 30 ms to begin. */
const LARGE = 32 * 1024 * 1024;

function diskFailure(error: unknown, path: string): unknown {
  return (error as { code?: string }).code === 'ENOSPC'
    ? new Failure(
        'disk-full',
        `The disk is full: the evidence could not be written to ${path}.`,
        'Free some space and try again; what was kept before is safe.',
      )
    : error;
}

const isFull = (error: unknown) => error instanceof Failure && error.code === 'disk-full';

interface What {
  readonly name: string;
  readonly origin: Origin;
  readonly section: string | null;
}

/** Bytes that the disk took before it was full. */
interface CutFile {
  readonly partial: string;
  readonly what: What;
  readonly openedUs: number;
}

class IncomingEvidence implements OpenEvidence {
  bytes = 0;
  readonly #vault: EvidenceVault;
  readonly #what: What;
  readonly #file: FileHandle;
  readonly #partial: string;
  readonly #openedUs: number;
  readonly #hash = createHash('sha256');
  #digest: Promise<string> | null = null;
  #full = false;
  #settled = false;
  #unstored = 0;
  #storing: Promise<void> | null = null;
  #unstorable: unknown = null;

  constructor(vault: EvidenceVault, what: What, file: FileHandle, partial: string, openedUs: number) {
    this.#vault = vault;
    this.#what = what;
    this.#file = file;
    this.#partial = partial;
    this.#openedUs = openedUs;
  }

  get file(): string {
    return basename(this.#partial);
  }

  async write(chunk: Uint8Array): Promise<void> {
    // The bytes are hashed while the system takes them.
    const written = this.#file.writeFile(chunk);
    this.#hash.update(chunk);
    try {
      await written;
    } catch (error) {
      throw this.#failed(error);
    }
    this.#written(chunk.length);
  }

  async *copy(source: CopySource, size: number): AsyncGenerator<Uint8Array> {
    if (size < LARGE || this.bytes > 0) {
      for await (const piece of readAhead(source)) {
        await this.write(piece);
        yield piece;
      }
      return;
    }
    const thread = new CopyThread(source.fd, this.#file.fd);
    try {
      for await (const piece of thread.pieces()) {
        this.#written(piece.length);
        yield piece;
      }
      this.#digest = thread.digest();
    } catch (error) {
      throw this.#failed(error);
    } finally {
      await thread.end();
    }
  }

  #failed(error: unknown): unknown {
    const failure = diskFailure(error, this.#vault.paths.evidence);
    this.#full = isFull(failure);
    return failure;
  }

  #written(bytes: number): void {
    this.bytes += bytes;
    this.#unstored += bytes;
    if (this.#unstored >= STORE_EVERY && this.#storing === null) this.#store();
  }

  #store(): void {
    this.#unstored = 0;
    this.#storing = this.#file
      .datasync()
      .catch((error: unknown) => {
        // A system tells such a fault once: at the end it would not be told again.
        this.#unstorable = error;
      })
      .finally(() => {
        this.#storing = null;
      });
  }

  sha256(): Promise<string> {
    this.#digest ??= Promise.resolve(this.#hash.digest('hex'));
    return this.#digest;
  }

  async finish(facts: KeptFacts, unlessKnown = false): Promise<Evidence | null> {
    const sha256 = await this.sha256();
    this.#settled = true;
    try {
      await this.#storing;
      if (this.#unstorable !== null) throw this.#unstorable;
      await this.#file.sync();
    } catch (error) {
      const failure = diskFailure(error, this.#vault.paths.evidence);
      this.#full = isFull(failure);
      await this.#drop();
      throw failure;
    }
    await this.#file.close();
    if (unlessKnown && this.#vault.knows(sha256)) {
      await unlink(this.#partial);
      await removeNote(this.#partial);
      return null;
    }
    const { section = this.#what.section, ...known } = facts;
    return this.#vault.admit(this.#partial, sha256, this.bytes, { ...this.#what, section }, known);
  }

  async discard(): Promise<void> {
    // What could not be finished has been seen to.
    if (this.#settled) return;
    this.#settled = true;
    await this.#drop();
  }

  async #drop(): Promise<void> {
    await this.#storing;
    await this.#file.close().catch(() => {});
    if (this.#full && this.#what.origin.kind === 'command') {
      // What a phone said can perhaps not be had again: `keepCut` takes it, or the next opening of the case.
      this.#vault.cutShort({ partial: this.#partial, what: this.#what, openedUs: this.#openedUs });
      return;
    }
    await unlink(this.#partial).catch(() => {});
    await removeNote(this.#partial);
  }
}

/** Keeps the bytes of one batch in a case's `evidence/` folder: named by hash, read-only, logged one by one. */
export class EvidenceVault implements EvidenceKeeper {
  readonly paths: CasePaths;
  readonly kept: Evidence[] = [];
  readonly #custody: CustodyWriter;
  readonly #clock: Clock;
  readonly #batch: number;
  readonly #known: Map<string, string>;
  #next: number;
  readonly #cut: CutFile[] = [];
  #opened = 0;
  #begin: (() => Promise<void>) | null;
  #reserve: string | null = null;
  #last: Promise<unknown> = Promise.resolve();

  /**
   * @param known SHA-256 → evidence id of all evidence of the case.
   * @param begin called once, before the first line of this batch is logged.
   */
  constructor(options: {
    paths: CasePaths;
    custody: CustodyWriter;
    clock: Clock;
    batch: number;
    known: Map<string, string>;
    count: number;
    begin: () => Promise<void>;
  }) {
    this.paths = options.paths;
    this.#custody = options.custody;
    this.#clock = options.clock;
    this.#batch = options.batch;
    this.#known = options.known;
    this.#next = options.count + 1;
    this.#begin = options.begin;
  }

  knows(sha256: string): boolean {
    return this.#known.has(sha256);
  }
  /** What the next evidence that is kept will be called. */
  get nextId(): string {
    return `E${this.#next}`;
  }
  idOf(sha256: string): string | undefined {
    return this.#known.get(sha256);
  }

  async open(what: What): Promise<OpenEvidence> {
    this.#opened += 1;
    const partial = join(this.paths.evidence, `${INCOMING}${process.pid}-${this.#batch}-${this.#opened}`);
    const openedUs = this.#clock.now();
    try {
      await writeNote(partial, { batch: this.#batch, ...what, openedUs });
      return new IncomingEvidence(this, what, await open(partial, 'wx'), partial, openedUs);
    } catch (error) {
      await removeNote(partial);
      throw diskFailure(error, this.paths.evidence);
    }
  }

  async log(action: string, details: Readonly<Record<string, unknown>>): Promise<void> {
    await this.#started();
    await this.#append(action, { batch: this.#batch, ...details });
  }

  /**
   * Begins the batch in the log, and takes the space that its last lines need, so that a disk that fills up in the middle
   * cannot keep them from being written. Rejects with `disk-full` where not even that is there.
   */
  async reserve(): Promise<void> {
    const path = join(this.paths.evidence, `${INCOMING}${process.pid}-${this.#batch}${RESERVE_ENDING}`);
    try {
      // Chance, because some file systems store nothing for zeros.
      await writeFile(path, randomBytes(RESERVE_BYTES), { flag: 'wx' });
      this.#reserve = path;
      await this.#started();
    } catch (error) {
      this.#reserve = null;
      await unlink(path).catch(() => {});
      throw diskFailure(error, this.paths.evidence);
    }
  }

  /** Gives the reserved space back; answers whether there was any. */
  async release(): Promise<boolean> {
    const path = this.#reserve;
    this.#reserve = null;
    if (path === null) return false;
    await unlink(path).catch(() => {});
    return true;
  }

  /** A file that the disk could not take whole. */
  cutShort(file: CutFile): void {
    this.#cut.push(file);
  }

  /** Makes evidence of what the disk took before it was full. What fails here is taken when the case is opened again. */
  async keepCut(): Promise<void> {
    for (const { partial, what, openedUs } of this.#cut.splice(0)) {
      await this.release();
      const bytes = (await stat(partial)).size;
      if (bytes === 0) {
        await unlink(partial);
        await removeNote(partial);
        continue;
      }
      const times = { hostBeforeUs: openedUs, hostAfterUs: this.#clock.now() };
      await this.admit(partial, await hashFile(partial), bytes, what, { state: 'interrupted', exit: null, ...times });
    }
  }

  async #append(action: string, details: Readonly<Record<string, unknown>>): Promise<void> {
    try {
      await this.#custody.append(isoOf(this.#clock.now()), action, details);
    } catch (error) {
      if (!isFull(error) || !(await this.release())) throw error;
      await this.#custody.append(isoOf(this.#clock.now()), action, details);
    }
  }

  async #started(): Promise<void> {
    const begin = this.#begin;
    this.#begin = null;
    await begin?.();
  }

  /**
   * Files finished bytes under their hash and writes their custody line. Answers that end at the same time are taken one after the
   * other: the numbers of evidence follow the lines of the log.
   */
  admit(partial: string, sha256: string, bytes: number, what: What, facts: KeptFacts): Promise<Evidence> {
    const admitted = this.#last.then(() => this.#admit(partial, sha256, bytes, what, facts));
    this.#last = admitted.catch(() => {});
    return admitted;
  }

  async #admit(partial: string, sha256: string, bytes: number, what: What, facts: KeptFacts): Promise<Evidence> {
    const path = join(this.paths.evidence, sha256);
    let there = false;
    try {
      await this.#started();
      await noteEnd(partial, { sha256, bytes, ...facts, section: what.section }).catch(async (error) => {
        if (!(await this.release())) throw error;
        await noteEnd(partial, { sha256, bytes, ...facts, section: what.section });
      });
      there = await access(path).then(
        () => true,
        () => false,
      );
      if (there) await unlink(partial);
      else {
        await chmod(partial, READ_ONLY);
        await rename(partial, path);
      }
    } catch (error) {
      // What a phone said waits under its note, for the next opening of the case.
      if (what.origin.kind !== 'command') {
        await unlink(partial).catch(() => {});
        await removeNote(partial);
      }
      throw diskFailure(error, this.paths.evidence);
    }
    const evidence: Evidence = {
      id: this.nextId,
      batch: this.#batch,
      sha256,
      bytes,
      name: what.name,
      origin: what.origin,
      state: facts.state,
      exit: facts.exit,
      hostBefore: isoOf(facts.hostBeforeUs),
      hostAfter: isoOf(facts.hostAfterUs),
      offsetMs: facts.offsetMs ?? null,
      offsetErrorMs: facts.offsetErrorMs ?? null,
    };
    try {
      await this.#append('evidence.kept', { ...evidence, section: what.section });
    } catch (error) {
      // Bytes without a line in the log would look planted. Where a phone gave them they wait under their note instead.
      const wait = !there && what.origin.kind === 'command';
      if (wait) await rename(path, partial).catch(() => {});
      else {
        if (!there) await unlink(path).catch(() => {});
        await removeNote(partial);
      }
      throw error;
    }
    await removeNote(partial);
    this.#next += 1;
    if (!this.#known.has(sha256)) this.#known.set(sha256, evidence.id);
    this.kept.push(evidence);
    return evidence;
  }
}
