import { open } from 'node:fs/promises';
import { humanBytes } from '../../../../shared/base/bytes.ts';
import { Failure } from '../../../../shared/base/failure.ts';
import type { StepView } from '../../../../shared/types/task.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { Clock } from '../../ports/clock.ts';
import type { EvidenceKeeper } from '../../ports/evidence-keeper.ts';
import type { Progress } from '../../ports/progress.ts';
import { collectFiles, type FoundFile, type PathFailure, readFailure } from './collect-files.ts';

const SHOWN_STEPS = 200;

export interface TakenFile {
  readonly file: FoundFile;
  readonly sha256: string;
  readonly bytes: number;
  /** Null: the case had these bytes already. */
  readonly evidence: Evidence | null;
}

/** Reads a file while it is copied, from the same pieces. */
export interface Follower {
  /** Resolves when the piece is not needed any more; never rejects. */
  give(piece: Uint8Array): Promise<void>;
  /** No piece comes any more, or a fault in place of the rest. */
  end(fault?: unknown): void;
}

/** Says who is to follow a file of so many bytes that begins like this; null: nobody. */
export type FollowerOf = (file: FoundFile, bytes: number, beginning: Uint8Array) => Follower | null;

export interface ImportOptions {
  readonly paths: readonly string[];
  /** The case's own folder, of which nothing is taken. */
  readonly own: string;
  readonly keeper: EvidenceKeeper;
  /** Asked where one file is taken and no more. */
  readonly followerOf: FollowerOf;
  readonly check: (path: string) => Promise<void>;
  readonly clock: Clock;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** Failures of the workplace, not of one file: they end the import. */
function endsImport(error: unknown): boolean {
  return (
    error instanceof Failure && (error.code === 'disk-full' || error.code === 'cancelled' || error.code === 'read-only')
  );
}

async function takeFile(
  file: FoundFile,
  { keeper, clock, signal }: ImportOptions,
  followerOf: FollowerOf | null,
): Promise<TakenFile> {
  const source = await open(file.path, 'r');
  try {
    const before = await source.stat();
    if (before.size === 0)
      throw new Failure('empty-file', `${file.path} is empty: there is nothing to read in it.`, null);
    const hostBeforeUs = clock.now();
    const incoming = await keeper.open({ name: file.name, origin: { kind: 'file', path: file.name }, section: null });
    let follower: Follower | null | undefined;
    try {
      for await (const piece of incoming.copy(source, before.size)) {
        if (signal.aborted)
          throw new Failure('cancelled', 'The import was cancelled.', 'What was kept before stays in the case.');
        if (follower === undefined) follower = followerOf?.(file, before.size, piece) ?? null;
        await follower?.give(piece);
      }
      follower?.end();
      const after = await source.stat();
      if (after.size !== before.size || after.mtimeMs !== before.mtimeMs || incoming.bytes !== before.size) {
        throw new Failure(
          'changed-while-read',
          `${file.path} changed while it was read (${humanBytes(before.size)} at first, ${humanBytes(after.size)} at the end).`,
          'Nothing of it was kept. Import it again when nothing writes to it.',
        );
      }
    } catch (error) {
      follower?.end(error);
      await incoming.discard();
      throw error;
    }
    const bytes = incoming.bytes;
    const sha256 = await incoming.sha256();
    const facts = { state: 'complete', exit: null, hostBeforeUs, hostAfterUs: clock.now() } as const;
    return { file, sha256, bytes, evidence: await incoming.finish(facts, true) };
  } finally {
    await source.close();
  }
}

/**
 * Takes files and folders into the case, byte for byte. `check` looks into containers before anything is kept and
 * rejects with a Failure for one that must not be opened. A file that cannot be taken becomes a failure in the
 * answer; only a full or read-only disk, or a cancel, rejects.
 */
export async function importFiles(options: ImportOptions): Promise<{ taken: TakenFile[]; failures: PathFailure[] }> {
  const { files, failures } = await collectFiles(options.paths, options.own);
  const taken: TakenFile[] = [];
  const steps: StepView[] = files.slice(0, SHOWN_STEPS).map((file, at) => ({
    id: String(at),
    title: file.name,
    state: 'waiting',
    bytes: 0,
    ms: 0,
    note: null,
  }));
  const show = (at: number, change: Partial<StepView>) => {
    const step = steps[at];
    if (!step) return;
    steps[at] = { ...step, ...change };
    options.progress.steps(steps);
  };
  for (const [at, file] of files.entries()) {
    options.progress.now(`Reading ${file.name}`, at / files.length);
    const began = options.clock.now();
    show(at, { state: 'running' });
    try {
      await options.check(file.path);
      const one = await takeFile(file, options, files.length === 1 ? options.followerOf : null);
      taken.push(one);
      show(at, {
        state: 'complete',
        bytes: one.bytes,
        ms: (options.clock.now() - began) / 1000,
        note: one.evidence ? null : 'in the case already',
      });
    } catch (error) {
      if (endsImport(error)) throw error;
      const failure = readFailure(error, file.path);
      failures.push({ path: file.path, ...failure });
      show(at, { state: 'refused', note: failure.message });
    }
  }
  return { taken, failures };
}
