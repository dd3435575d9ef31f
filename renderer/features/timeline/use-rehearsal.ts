import { useEffect } from 'react';
import { whenIdle } from '../../bridge/page.ts';
import { rehearse } from '../../timeline/rehearsal.ts';

let steps: Generator<void> | null = null;

/** Makes the timeline ready whenever the page has nothing to do, once a page; `from` when on. */
export function useRehearsal(from = true): void {
  useEffect(() => {
    if (!from) return;
    let end = () => {};
    const go = () => {
      steps ??= rehearse();
      if (!steps.next().done) end = whenIdle(go);
    };
    end = whenIdle(go);
    return () => end();
  }, [from]);
}
