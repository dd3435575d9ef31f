import { useEffect, useRef } from 'react';
import type { Micros } from '../../../shared/base/time.ts';
import type { LiveView } from '../../../shared/types/task.ts';
import { type LiveTask, newestLive, usePhoneNow } from '../../state/live.ts';
import { useTasks } from '../../state/tasks.ts';
import type { TimelineSession } from './session.ts';
import { useSessionState } from './use-session-state.ts';
import { type FollowSpan, followSpans, followUs, roundedRange, type TimelineView } from './view-address.ts';

/** Whether and how the timeline keeps up with a live acquisition. */
export interface Following {
  /** The live acquisition that runs in this case now; null: none does. */
  readonly live: LiveTask | null;
  readonly nowUs: Micros;
  /** The span that is followed; null where the window stays. */
  readonly span: FollowSpan | null;
  /** The span that following would begin with. */
  readonly lastSpan: FollowSpan;
  toggle(): void;
  choose(span: FollowSpan): void;
}

const noLive: LiveView = {
  state: 'watching',
  startedUs: 0,
  lastUs: null,
  rounds: 0,
  sockets: null,
  uids: null,
  sent: null,
  received: null,
  gaps: [],
  busiest: [],
  packetBytes: null,
};

/** Joins the timeline to the live acquisition of its case. */
export function useFollowing(
  caseId: string,
  session: TimelineSession | null,
  view: TimelineView,
  change: (part: Partial<TimelineView>, replace?: boolean) => void,
): Following {
  const found = useTasks((tasks) => newestLive(tasks, caseId));
  const running = found?.state === 'running' ? found : null;
  const nowUs = usePhoneNow(found?.task ?? '', found?.live ?? noLive, running !== null);
  const us = useSessionState(session, (state) => state.followUs);
  const span = us === null ? null : (followSpans.find((one) => one.us === us)?.key ?? null);
  const last = useRef<FollowSpan>(view.follow ?? '5m');
  if (span !== null) last.current = span;

  const begin = (next: FollowSpan) => {
    session?.follow(followUs(next));
    change({ follow: next, range: null });
  };
  const stay = (replace: boolean) => {
    const goal = session?.instrument.stage.motion.goal;
    session?.follow(null);
    if (goal) change({ follow: null, range: roundedRange(goal) }, replace);
  };

  // While the phone does not answer, what is known is that nothing was heard: the gap grows before the eye.
  const waiting = running?.live.state === 'waiting';
  useEffect(() => session?.instrument.setNewest(waiting ? nowUs : null), [session, waiting, nowUs]);

  const awaiting = running !== null && !waiting;
  useEffect(() => session?.instrument.setAwaiting(awaiting), [session, awaiting]);

  const ended = found !== null && running === null;
  const stayRef = useRef(stay);
  stayRef.current = stay;
  useEffect(() => {
    if (ended && span !== null) stayRef.current(true);
  }, [ended, span]);

  // Behind the effect that ends following: the window stays where the last answer was.
  const heardUs = running === null ? null : (running.live.lastUs ?? running.live.startedUs);
  useEffect(() => session?.instrument.setHeard(heardUs), [session, heardUs]);

  return {
    live: running,
    nowUs,
    span,
    lastSpan: last.current,
    toggle: () => {
      if (span !== null) stay(false);
      else if (running) begin(last.current);
      else session?.say('No phone is acquired live in this case now: there is nothing to follow.');
    },
    choose: begin,
  };
}
