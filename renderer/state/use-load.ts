import { useCallback, useEffect, useRef, useState } from 'react';
import type { Failure } from '../../shared/base/failure.ts';
import { failureOf } from '../bridge/failures.ts';

export interface Loaded<T> {
  readonly data: T | null;
  readonly failure: Failure | null;
  readonly loading: boolean;
  again(): void;
}

/** One asking: `again` when the case grew meanwhile, `stale` when its answer is not wanted any more. */
interface Run {
  readonly key: string;
  stale: boolean;
  again: boolean;
  done: boolean;
}

/**
 * Asks for something whenever `key` changes; null asks for nothing. While a newer answer is awaited the older one of
 * the same `key` stays, so that a list does not flicker when the case grows (`revision`). `known`: the answer for `key` as it is there
 * already; nothing is asked for then until the case grows.
 */
export function useLoad<T>(key: string | null, ask: () => Promise<T>, revision = 0, known: T | null = null): Loaded<T> {
  const [state, setState] = useState<{ key: string | null; data: T | null; failure: Failure | null; loading: boolean }>(
    {
      key: known === null ? null : key,
      data: known,
      failure: null,
      loading: false,
    },
  );
  const [round, setRound] = useState(0);
  const run = useRef<Run | null>(null);
  const latest = useRef(ask);
  latest.current = ask;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` says what `ask` asks for and what is known; revision and round ask again
  useEffect(() => {
    if (key === null) {
      setState({ key, data: null, failure: null, loading: false });
      return;
    }
    const before = run.current;
    if (known !== null && before?.key !== key) {
      run.current = { key, stale: false, again: false, done: true };
      setState((old) => (old.key === key ? old : { key, data: known, failure: null, loading: false }));
      return;
    }
    if (before && before.key === key && !before.stale && !before.done) {
      // A case that grows faster than it can be asked is asked again after the answer, not instead of it.
      before.again = true;
      return;
    }
    const mine: Run = { key, stale: false, again: false, done: false };
    run.current = mine;
    const settle = (data: T | null, failure: Failure | null) => {
      if (mine.stale) return;
      mine.done = !mine.again;
      setState({ key, data, failure, loading: mine.again });
      if (mine.again) askNow();
    };
    const askNow = () => {
      mine.again = false;
      latest.current().then(
        (data) => settle(data, null),
        (thrown) => settle(null, failureOf(thrown)),
      );
    };
    setState((old) => ({ key, data: old.key === key ? old.data : null, failure: null, loading: true }));
    askNow();
  }, [key, revision, round]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: with another key, what is under way is not wanted any more
  useEffect(
    () => () => {
      if (run.current) run.current.stale = true;
    },
    [key],
  );
  const again = useCallback(() => setRound((n) => n + 1), []);
  const fresh = state.key === key;
  return {
    data: fresh ? state.data : null,
    failure: fresh ? state.failure : null,
    loading: fresh ? state.loading : key !== null,
    again,
  };
}
