import { create } from 'zustand';
import type { Failure } from '../../shared/base/failure.ts';
import type { ImportOutcome } from '../../shared/types/outcome.ts';
import { bridge } from '../bridge/bridge.ts';
import { failureOf } from '../bridge/failures.ts';
import { runTask } from './tasks.ts';

interface Imports {
  readonly caseId: string | null;
  readonly outcome: ImportOutcome | null;
  readonly failure: Failure | null;
  readonly running: boolean;
}

/** Bytes of dropped files on their way to the program; null while none are. */
export const useHandOver = create<{ readonly bytes: { readonly done: number; readonly all: number } | null }>(() => ({
  bytes: null,
}));

/** Hands dropped files to the program and answers with their paths. Rejects with a failure. */
export async function handOver(files: readonly File[]): Promise<string[]> {
  try {
    return await bridge().pathsOf(files, (done, all) => useHandOver.setState({ bytes: { done, all } }));
  } finally {
    useHandOver.setState({ bytes: null });
  }
}

const idle: Imports = { caseId: null, outcome: null, failure: null, running: false };

/** The last import of this session: what came of it stays until it is put away. */
export const useImports = create<Imports>(() => idle);

/** Adds files and folders by their paths on the engine's machine. Never rejects: what failed is in the store. */
export async function importPaths(caseId: string, paths: readonly string[]): Promise<void> {
  useImports.setState({ caseId, outcome: null, failure: null, running: true });
  try {
    const outcome = await runTask('import', caseId, (task) =>
      bridge().client.evidence.import({ case: caseId, task, paths: [...paths] }),
    );
    useImports.setState({ caseId, outcome, failure: null, running: false });
  } catch (thrown) {
    useImports.setState({ caseId, outcome: null, failure: failureOf(thrown), running: false });
  }
}

export function putImportAway(): void {
  useImports.setState(idle);
}
