import { useEffect } from 'react';
import { whenIdle } from '../../bridge/page.ts';
import { rehearse } from '../../timeline/rehearsal.ts';

let steps: Generator<void> | null = null;

/** While a place is shown from which a case can be opened: makes the timeline ready whenever the page has nothing to do. Once a page. */
export function useRehearsal(): void {
  useEffect(() => {
    let end = () => {};
    const go = () => {
      steps ??= rehearse();
      if (!steps.next().done) end = whenIdle(go);
    };
    end = whenIdle(go);
    return () => end();
  }, []);
}
