import { useEffect, useRef, useState } from 'react';
import type { Failure } from '../../../shared/base/failure.ts';
import type { SearchView } from '../../../shared/types/search.ts';
import { bridge } from '../../bridge/bridge.ts';
import { failureOf } from '../../bridge/failures.ts';

/** How many answers of a kind are shown. */
const EACH = 6;

export interface Answers {
  /** The last answer; of what was typed before while a newer one is on its way. */
  readonly view: SearchView | null;
  readonly failure: Failure | null;
}

const nothing: Answers = { view: null, failure: null };

/**
 * Asks with every letter that is typed. One question is under way at a time: what was typed meanwhile is asked when it is answered,
 * and only the last of it, so that an engine that is slow is never asked for what nobody waits for.
 */
export function useAnswers(caseId: string, text: string): Answers {
  const [answers, setAnswers] = useState<Answers>(nothing);
  const asking = useRef<{ wanted: string; busy: boolean; over: boolean }>({ wanted: '', busy: false, over: false });

  useEffect(() => {
    const state = asking.current;
    state.over = false;
    return () => {
      state.over = true;
    };
  }, []);

  useEffect(() => {
    const state = asking.current;
    const wanted = text.trim().slice(0, 200);
    state.wanted = wanted;
    // An empty text finds nothing and makes ready.
    setAnswers((old) => (wanted === '' ? nothing : { ...old, failure: null }));
    if (state.busy) return;
    const ask = () => {
      const asked = state.wanted;
      state.busy = true;
      const settle = (next: Answers) => {
        state.busy = false;
        if (state.over) return;
        if (asked !== state.wanted) ask();
        if (state.wanted !== '') setAnswers(next);
      };
      bridge()
        .client.search.find({ case: caseId, text: asked, limit: EACH })
        .then(
          (view) => settle({ view, failure: null }),
          (thrown) => settle({ view: null, failure: failureOf(thrown) }),
        );
    };
    ask();
  }, [caseId, text]);
  return answers;
}
