import { create } from 'zustand';

interface NewCase {
  /** Open while not null; the paths are imported into the case once it is made. */
  readonly asked: { readonly paths: readonly string[] } | null;
}

/** The question for a new case, which more than one place may ask. */
export const useNewCase = create<NewCase>(() => ({ asked: null }));

export function askNewCase(paths: readonly string[] = []): void {
  useNewCase.setState({ asked: { paths } });
}

export function endNewCase(): void {
  useNewCase.setState({ asked: null });
}
