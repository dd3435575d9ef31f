import { useEffect } from 'react';
import { whenIdle } from '../../bridge/page.ts';
import { rehearse } from '../../timeline/rehearsal.ts';

let steps: Generator<void> | null = null;

/** A step takes less than this, milliseconds, once its code is compiled; and so long nobody notices that the page is busy. */
const STEP_MS = 8;
const TURN_MS = 12;

/** Makes the timeline ready whenever the page has nothing to do, once a page. `allowed`: nothing more urgent is to be painted. */
export function useRehearsal(allowed = true): void {
  useEffect(() => {
    if (!allowed) return;
    let end = () => {};
    const go = (left: () => number) => {
      steps ??= rehearse();
      const most = left() - TURN_MS;
      // One in any case: a browser may say that there is no time left at all.
      let done = steps.next().done;
      while (!done && left() > Math.max(STEP_MS, most)) done = steps.next().done;
      if (!done) end = whenIdle(go);
    };
    end = whenIdle(go);
    return () => end();
  }, [allowed]);
}
