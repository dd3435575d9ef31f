import { type RefObject, useEffect, useRef, useState } from 'react';
import type { Look } from '../../../shared/timeline/look.ts';
import type { Subject } from '../../../shared/timeline/questions.ts';
import type { Viewport } from '../../../shared/timeline/time-scale.ts';
import { wholeOf } from '../../../shared/timeline/viewport.ts';
import type { OverviewView } from '../../../shared/types/timeline.ts';
import { bridge } from '../../bridge/bridge.ts';
import { useLook } from '../../state/look.ts';
import { takeFirstPicture } from '../../state/overview.ts';
import { type SessionHooks, TimelineSession } from './session.ts';
import { followUs, roundedRange, type TimelineView } from './view-address.ts';

interface Wanted {
  readonly caseId: string;
  readonly overview: OverviewView | null;
  readonly view: TimelineView;
  readonly look: Look;
  readonly subject: Subject;
  readonly hooks: Omit<SessionHooks, 'ask'>;
}

/** Gives the session an overview; the first one with the window that the address names. */
function show(session: TimelineSession, overview: OverviewView, view: TimelineView): void {
  if (session.setOverview(overview) && view.follow === null)
    session.instrument.goTo(view.range ?? wholeOf(overview), true);
}

/** Keeps an instrument in the host element and in step with the address. */
export function useSession(host: RefObject<HTMLDivElement | null>, wanted: Wanted): TimelineSession | null {
  const { caseId, overview, view, look, subject, hooks } = wanted;
  const [session, setSession] = useState<TimelineSession | null>(null);
  const latest = useRef(wanted);
  latest.current = wanted;

  useEffect(() => {
    if (!host.current) return;
    const now = latest.current;
    const made = new TimelineSession(host.current, now.look, now.subject, {
      ask: (question) => bridge().client.timeline.window({ case: caseId, ...question }),
      onSettled: (settled) => latest.current.hooks.onSettled(settled),
      onSelection: (selection) => latest.current.hooks.onSelection(selection),
      onOpen: (event) => latest.current.hooks.onOpen(event),
      onPin: (key) => latest.current.hooks.onPin(key),
      onOnly: (key) => latest.current.hooks.onOnly(key),
      onFold: (key) => latest.current.hooks.onFold(key),
      onFollowKey: () => latest.current.hooks.onFollowKey(),
      onMakeKey: () => latest.current.hooks.onMakeKey(),
    });
    // Whatever is there already is drawn with the first frame of the place.
    if (now.overview) show(made, now.overview, now.view);
    const first = takeFirstPicture(caseId);
    if (first?.window) made.offer(first.window, first.bars);
    setSession(made);
    return () => {
      made.close();
      setSession(null);
    };
  }, [host, caseId]);

  const theme = useLook((state) => state.theme);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme is read from the page
  useEffect(() => session?.instrument.refreshTheme(), [session, theme]);
  useEffect(() => {
    const queries = ['(prefers-contrast: more)', '(forced-colors: active)'].map((query) => matchMedia(query));
    const refresh = () => session?.instrument.refreshTheme();
    for (const query of queries) query.addEventListener('change', refresh);
    return () => {
      for (const query of queries) query.removeEventListener('change', refresh);
    };
  }, [session]);

  useEffect(() => session?.instrument.setLook(look), [session, look]);
  useEffect(() => session?.setSubject(subject), [session, subject]);
  useEffect(() => {
    if (session && overview) show(session, overview, latest.current.view);
  }, [session, overview]);

  const { range, selection, follow } = view;
  useEffect(() => session?.follow(followUs(follow)), [session, follow]);
  useEffect(() => {
    if (!session || !overview || follow !== null) return;
    const goal = session.instrument.stage.motion.goal;
    const asked: Viewport = range ?? wholeOf(overview);
    if (!sameRounded(goal, asked)) session.instrument.goTo(asked);
  }, [session, overview, range, follow]);
  useEffect(() => session?.setSelection(selection), [session, selection]);
  void hooks;
  return session;
}

/** Whether an address would say both windows alike. */
export function sameRounded(a: Viewport, b: Viewport): boolean {
  const x = roundedRange(a);
  const y = roundedRange(b);
  return x.fromUs === y.fromUs && x.toUs === y.toUs;
}
