import { Failure } from '../../../shared/base/failure.ts';
import type { Follower } from '../acquire/from-file/import-files.ts';
import type { ComingEvidence } from '../model/evidence.ts';
import { type Derived, type DeriveParts, deriveComing } from '../pipeline.ts';
import type { Clock } from '../ports/clock.ts';
import type { Progress } from '../ports/progress.ts';
import type { CaseDatabase } from '../store/case-database.ts';
import type { BatchFacts } from '../store/read-batches.ts';
import { PieceRelay } from './piece-relay.ts';

/** Whoever reads the case meanwhile may have to wait: from a slow disk a file is copied first and read afterwards. */
const MOST_HELD_US = 40_000_000;
/** After so long it is known how long the whole will take. */
const KNOWN_FROM_US = 3_000_000;

/**
 * Derives a batch of one evidence while its bytes are copied into the case. Nothing of it stays unless the log says in the end what was
 * foreseen; then it is what deriving afterwards would give.
 */
export class ReadWhileCopying implements Follower {
  readonly #pieces = new PieceRelay();
  readonly #batch = Promise.withResolvers<BatchFacts>();
  readonly #derived: Promise<Derived | null>;
  readonly #evidence: ComingEvidence;
  readonly #clock: Clock;
  readonly #heldFrom: number;
  readonly #size: number;
  #given = 0;

  constructor(
    coming: { readonly evidence: ComingEvidence; readonly section: string; readonly size: number },
    to: { readonly database: CaseDatabase; readonly parts: DeriveParts; readonly progress: Progress },
    clock: Clock,
  ) {
    const { evidence, section, size } = coming;
    this.#evidence = evidence;
    this.#clock = clock;
    this.#heldFrom = clock.now();
    this.#size = size;
    this.#batch.promise.catch(() => {});
    const source = { evidence, section, path: '', coming: { bytes: this.#pieces, size } };
    // Whatever went wrong, the batch is then derived from the log, and meets it again.
    this.#derived = deriveComing(to.database, source, this.#batch.promise, to.parts, to.progress).catch(() => null);
  }

  give(piece: Uint8Array): Promise<void> {
    const heldUs = this.#clock.now() - this.#heldFrom;
    const wholeUs = heldUs > KNOWN_FROM_US ? (heldUs * this.#size) / Math.max(1, this.#given) : 0;
    if (wholeUs > MOST_HELD_US) this.end(new Failure('cancelled', 'The copy takes long.'));
    this.#given += piece.length;
    return this.#pieces.give(piece);
  }

  end(fault: unknown = null): void {
    this.#pieces.end(fault);
    if (fault !== null) this.#batch.reject(fault);
  }

  /**
   * `batch`: what the log says of it, null where it says nothing. Null: nothing was derived, and the case file is as it was. Call it
   * before anything else is done with the case file.
   */
  finish(batch: BatchFacts | null): Promise<Derived | null> {
    const [one, ...others] = batch?.evidence ?? [];
    const { id, name, state } = this.#evidence;
    if (batch && others.length === 0 && one?.id === id && one.name === name && one.state === state) {
      this.#batch.resolve(batch);
    } else this.end(new Failure('changed-while-read', 'Something else was kept than was read.'));
    return this.#derived;
  }
}
