import { useCallback, useEffect, useState } from 'react';
import type { Failure } from '../../shared/base/failure.ts';
import { failureOf } from '../bridge/failures.ts';

export interface Loaded<T> {
  readonly data: T | null;
  readonly failure: Failure | null;
  readonly loading: boolean;
  again(): void;
}

/**
 * Asks for something whenever `key` changes; null asks for nothing. While a newer answer is awaited the older one of
 * the same `key` stays, so that a list does not flicker when the case grows (`revision`).
 */
export function useLoad<T>(key: string | null, ask: () => Promise<T>, revision = 0): Loaded<T> {
  const [state, setState] = useState<{ key: string | null; data: T | null; failure: Failure | null; loading: boolean }>(
    {
      key: null,
      data: null,
      failure: null,
      loading: false,
    },
  );
  const [round, setRound] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` says what `ask` asks for; revision and round ask again
  useEffect(() => {
    if (key === null) {
      setState({ key, data: null, failure: null, loading: false });
      return;
    }
    let stale = false;
    setState((old) => ({ key, data: old.key === key ? old.data : null, failure: null, loading: true }));
    ask().then(
      (data) => !stale && setState({ key, data, failure: null, loading: false }),
      (thrown) => !stale && setState({ key, data: null, failure: failureOf(thrown), loading: false }),
    );
    return () => {
      stale = true;
    };
  }, [key, revision, round]);
  const again = useCallback(() => setRound((n) => n + 1), []);
  const fresh = state.key === key;
  return {
    data: fresh ? state.data : null,
    failure: fresh ? state.failure : null,
    loading: fresh ? state.loading : key !== null,
    again,
  };
}
