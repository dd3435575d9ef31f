import { createHash, type Hash } from 'node:crypto';
import { access, chmod, type FileHandle, open, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../../../shared/base/failure.ts';
import { isoOf } from '../../../shared/base/time.ts';
import type { Evidence, Origin } from '../model/evidence.ts';
import type { Clock } from '../ports/clock.ts';
import type { EvidenceKeeper, KeptFacts, OpenEvidence } from '../ports/evidence-keeper.ts';
import type { CasePaths } from './case-folder.ts';
import type { CustodyWriter } from './custody-log.ts';

const READ_ONLY = 0o444;

function diskFailure(error: unknown, path: string): unknown {
  return (error as { code?: string }).code === 'ENOSPC'
    ? new Failure(
        'disk-full',
        `The disk is full: the evidence could not be written to ${path}.`,
        'Free some space and try again; what was kept before is safe.',
      )
    : error;
}

interface What {
  readonly name: string;
  readonly origin: Origin;
  readonly section: string | null;
}

class IncomingEvidence implements OpenEvidence {
  bytes = 0;
  readonly #vault: EvidenceVault;
  readonly #what: What;
  readonly #file: FileHandle;
  readonly #partial: string;
  readonly #hash: Hash = createHash('sha256');
  #digest: string | null = null;

  constructor(vault: EvidenceVault, what: What, file: FileHandle, partial: string) {
    this.#vault = vault;
    this.#what = what;
    this.#file = file;
    this.#partial = partial;
  }

  async write(chunk: Uint8Array): Promise<void> {
    this.#hash.update(chunk);
    this.bytes += chunk.length;
    try {
      await this.#file.writeFile(chunk);
    } catch (error) {
      throw diskFailure(error, this.#vault.paths.evidence);
    }
  }

  sha256(): string {
    this.#digest ??= this.#hash.digest('hex');
    return this.#digest;
  }

  async finish(facts: KeptFacts, unlessKnown = false): Promise<Evidence | null> {
    const sha256 = this.sha256();
    try {
      await this.#file.sync();
    } catch (error) {
      await this.discard();
      throw diskFailure(error, this.#vault.paths.evidence);
    }
    await this.#file.close();
    if (unlessKnown && this.#vault.knows(sha256)) {
      await unlink(this.#partial);
      return null;
    }
    return this.#vault.admit(this.#partial, sha256, this.bytes, this.#what, facts);
  }

  async discard(): Promise<void> {
    await this.#file.close().catch(() => {});
    await unlink(this.#partial).catch(() => {});
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
  #opened = 0;
  #begin: (() => Promise<void>) | null;

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
  idOf(sha256: string): string | undefined {
    return this.#known.get(sha256);
  }

  async open(what: What): Promise<OpenEvidence> {
    this.#opened += 1;
    const partial = join(this.paths.evidence, `.incoming-${process.pid}-${this.#batch}-${this.#opened}`);
    try {
      return new IncomingEvidence(this, what, await open(partial, 'wx'), partial);
    } catch (error) {
      throw diskFailure(error, this.paths.evidence);
    }
  }

  async log(action: string, details: Readonly<Record<string, unknown>>): Promise<void> {
    await this.#started();
    await this.#custody.append(isoOf(this.#clock.now()), action, { batch: this.#batch, ...details });
  }

  async #started(): Promise<void> {
    const begin = this.#begin;
    this.#begin = null;
    await begin?.();
  }

  /** Files finished bytes under their hash and writes their custody line. */
  async admit(partial: string, sha256: string, bytes: number, what: What, facts: KeptFacts): Promise<Evidence> {
    const path = join(this.paths.evidence, sha256);
    let there = false;
    try {
      await this.#started();
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
      await unlink(partial).catch(() => {});
      throw diskFailure(error, this.paths.evidence);
    }
    const evidence: Evidence = {
      id: `E${this.#next}`,
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
      await this.#custody.append(isoOf(this.#clock.now()), 'evidence.kept', { ...evidence, section: what.section });
    } catch (error) {
      // Bytes without a line in the log would look planted.
      if (!there) await unlink(path).catch(() => {});
      throw error;
    }
    this.#next += 1;
    if (!this.#known.has(sha256)) this.#known.set(sha256, evidence.id);
    this.kept.push(evidence);
    return evidence;
  }
}
