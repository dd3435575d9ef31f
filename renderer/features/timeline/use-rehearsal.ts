import { useEffect } from 'react';
import { whenIdle } from '../../bridge/page.ts';
import { rehearse } from '../../timeline/rehearsal.ts';

let steps: Generator<void> | null = null;

/** Makes the timeline ready whenever the page has nothing to do, once a page. `allowed`: nothing more urgent is to be painted. */
export function useRehearsal(allowed = true): void {
  useEffect(() => {
    if (!allowed) return;
    let end = () => {};
    const go = () => {
      steps ??= rehearse();
      if (!steps.next().done) end = whenIdle(go);
    };
    end = whenIdle(go);
    return () => end();
  }, [allowed]);
}
