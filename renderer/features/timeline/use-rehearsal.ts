import { useEffect } from 'react';
import { whenIdle } from '../../bridge/page.ts';
import { rehearse } from '../../timeline/rehearsal.ts';

let steps: Generator<void> | null = null;

/** A step takes less than this, milliseconds, once its code is compiled. */
const STEP_MS = 8;

/** Makes the timeline ready whenever the page has nothing to do, once a page. `allowed`: nothing more urgent is to be painted. */
export function useRehearsal(allowed = true): void {
  useEffect(() => {
    if (!allowed) return;
    let end = () => {};
    const go = (left: () => number) => {
      steps ??= rehearse();
      // One in any case: a browser may say that there is no time left at all.
      let done = steps.next().done;
      while (!done && left() > STEP_MS) done = steps.next().done;
      if (!done) end = whenIdle(go);
    };
    end = whenIdle(go);
    return () => end();
  }, [allowed]);
}
