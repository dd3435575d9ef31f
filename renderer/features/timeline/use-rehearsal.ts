import { useEffect } from 'react';
import { whenIdle } from '../../bridge/page.ts';
import { rehearse, rehearseOn } from '../../timeline/rehearsal.ts';
import type { TimelineSession } from './session.ts';
import { useSessionState } from './use-session-state.ts';

let steps: Generator<void> | null = null;
/** It was done with what is drawn, too. */
let done = false;

/** A step takes less than this, milliseconds, once its code is compiled; and so long nobody notices that the page is busy. */
const STEP_MS = 8;
const TURN_MS = 12;

/** Takes steps whenever the page has nothing to do. Answers with its end. */
function takeSteps(of: Generator<void>, then?: () => void): () => void {
  let end = () => {};
  const go = (left: () => number) => {
    const most = left() - TURN_MS;
    // One in any case: a browser may say that there is no time left at all.
    let over = of.next().done;
    while (!over && left() > Math.max(STEP_MS, most)) over = of.next().done;
    if (!over) end = whenIdle(go);
    else then?.();
  };
  end = whenIdle(go);
  return () => end();
}

/** Makes the timeline ready whenever the page has nothing to do, once a page. `allowed`: nothing more urgent is to be painted. */
export function useRehearsal(allowed = true): void {
  useEffect(() => {
    if (!allowed) return;
    steps ??= rehearse();
    return takeSteps(steps);
  }, [allowed]);
}

/** The same with what is drawn, once all of it is there: the first frames under a hand are as quick then as all others. Once a page too. */
export function useRehearsalOn(session: TimelineSession | null): void {
  const fresh = useSessionState(session, ({ load }) => load.state === 'fresh') ?? false;
  useEffect(() => {
    if (!session || !fresh || done) return;
    const on = rehearseOn(session.instrument.stage);
    const end = takeSteps(on, () => {
      done = true;
    });
    return () => {
      end();
      // It would hold on to what was drawn.
      on.return(undefined);
    };
  }, [session, fresh]);
}
