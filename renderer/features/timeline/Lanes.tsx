import { LoaderCircle } from 'lucide-react';
import { type ReactNode, type RefObject, useEffect, useId, useMemo, useState } from 'react';
import { describeWindow } from '../../../shared/timeline/describe.ts';
import type { Drawn } from '../../../shared/timeline/drawn.ts';
import type { Viewport } from '../../../shared/timeline/time-scale.ts';
import { sameView } from '../../../shared/timeline/viewport.ts';
import type { Zone } from '../../../shared/timeline/zones.ts';
import { failureOf } from '../../bridge/failures.ts';
import type { ExactSums } from '../../timeline/stage.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyPlace } from '../../ui/EmptyPlace.tsx';
import { FailureBox } from '../../ui/FailureBox.tsx';
import { LaneTable } from './LaneTable.tsx';
import { laneWords } from './lane-words.ts';
import type { TimelineSession } from './session.ts';
import { useSessionState } from './use-session-state.ts';
import type { TimelineView } from './view-address.ts';

interface LanesProps {
  readonly host: RefObject<HTMLDivElement | null>;
  readonly session: TimelineSession | null;
  readonly view: TimelineView;
  readonly zone: Zone;
  readonly change: (part: Partial<TimelineView>) => void;
  readonly loading: boolean;
  /** Shown instead of lanes. */
  readonly children: ReactNode;
}

const SAID_MS = 7000;

/** A window that follows changes with every second: it is told aloud no oftener than this. */
const CALM_MS = 30_000;

function useCalm(text: string, everyMs: number): string {
  const [calm, setCalm] = useState({ text, at: Number.NEGATIVE_INFINITY });
  useEffect(() => {
    if (calm.text === text) return;
    const wait = everyMs === 0 ? 0 : Math.max(0, calm.at + everyMs - performance.now());
    const timer = setTimeout(() => setCalm({ text, at: performance.now() }), wait);
    return () => clearTimeout(timer);
  }, [text, everyMs, calm]);
  return calm.text;
}

/** Words and tables for those who hear the window wait until it rests: they cost more than a frame has. */
const REST_MS = 300;

interface Shown {
  readonly drawn: Drawn;
  readonly settled: Viewport;
  readonly exact: ExactSums | null;
}

/** What is shown, once it has not changed for a moment and the window has not moved on from it: a window that rests again is another one. */
function useRest(shown: Shown | null, session: TimelineSession | null): Shown | null {
  const [rest, setRest] = useState(shown);
  useEffect(() => {
    if (rest === shown) return;
    const timer = setTimeout(() => {
      const goal = session?.instrument.stage.motion.goal;
      if (!goal || !shown || sameView(goal, shown.settled)) setRest(shown);
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [rest, shown, session]);
  return rest;
}

/** What the instrument just said, for as long as it takes to read. Spoken elsewhere. */
function Said({ text }: { text: string }) {
  const [shown, setShown] = useState('');
  useEffect(() => {
    setShown(text);
    const timer = setTimeout(() => setShown(''), SAID_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return shown === '' ? null : (
    <p className="tl-said" aria-hidden="true">
      {shown}
    </p>
  );
}

/** The instrument, what it says to those who hear it, and what stands in its place when it has nothing to draw. */
export function Lanes({ host, session, view, zone, change, loading, children }: LanesProps) {
  const id = useId();
  const load = useSessionState(session, (state) => state.load);
  const drawn = useSessionState(session, (state) => state.drawn);
  const settled = useSessionState(session, (state) => state.settled);
  const said = useSessionState(session, (state) => state.said) ?? '';
  const shown = useSessionState(session, (state) => state.shown) ?? '';
  const exact = useSessionState(session, () => session?.instrument.stage.exact ?? null);
  const word = laneWords[view.by].one.toLowerCase();
  const shownNow = useMemo(
    (): Shown | null => (drawn && settled ? { drawn, settled, exact } : null),
    [drawn, settled, exact],
  );
  const atRest = useRest(shownNow, session);
  const words = useMemo(
    () => (atRest ? describeWindow(atRest.drawn, atRest.settled, zone, word) : 'The timeline is being read.'),
    [atRest, zone, word],
  );
  const following = useSessionState(session, (state) => state.followUs !== null) ?? false;
  const spoken = useCalm(words, following ? CALM_MS : 0);
  // The strip, the axis and the band stay: they show what there is.
  const stage = session?.instrument.stage;
  const below = stage?.overview ? stage.frame.lanes.y : 0;
  const filtered = Object.keys(view.filter).length > 0;
  const noLanes = drawn !== null && load?.state === 'fresh' && drawn.whole.lanes.size === 0;
  return (
    <div className="tl-lanes" data-state={load?.state} aria-busy={load?.state === 'stale'}>
      <div
        ref={host}
        className="tl-host"
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it is worked with the keyboard, see the list of keys
        tabIndex={0}
        aria-roledescription="timeline"
        aria-label={`Timeline by ${word}`}
        aria-describedby={id}
      />
      <p id={id} className="unseen">
        {words} Arrow keys move, plus and minus zoom, up and down go from lane to lane, comma and full stop from
        interval to interval, C from contact to contact, X from mark to mark, shift and arrows select, Enter opens.
      </p>
      <p className="unseen" role="status" aria-live="polite">
        {spoken}
      </p>
      <p className="unseen" role="status" aria-live="polite">
        {said}
      </p>
      {atRest ? (
        <LaneTable
          drawn={atRest.drawn}
          view={atRest.settled}
          exact={atRest.exact}
          word={laneWords[atRest.drawn.subject.by].one}
        />
      ) : null}
      <Said text={shown} />
      <div className="tl-busy" aria-hidden="true" />
      {loading ? (
        <p className="tl-reading">
          <LoaderCircle className="icon" /> Reading the timeline…
        </p>
      ) : null}
      {!loading && !children && stage?.overview && load?.state === 'empty' ? (
        <p className="tl-reading tl-reading-late" style={{ top: below }}>
          <LoaderCircle className="icon" /> Reading the lanes…
        </p>
      ) : null}
      {children ? (
        <div className="tl-instead" style={{ top: below }}>
          {children}
        </div>
      ) : null}
      {!children && noLanes ? (
        <div className="tl-instead" style={{ top: below }}>
          <EmptyPlace
            title={filtered ? 'Nothing passes these filters' : 'No traffic was counted'}
            act={filtered ? <Button onPress={() => change({ filter: {} })}>Remove all filters</Button> : null}
          >
            {filtered
              ? 'No counted interval of the whole span does. The strip on top still shows everything.'
              : 'The sources of this case hold no counted bytes.'}
          </EmptyPlace>
        </div>
      ) : null}
      {load?.state === 'failed' ? (
        <div className="tl-failed">
          <FailureBox failure={failureOf(load.failure)} onAgain={() => session?.again()}>
            <p>What is drawn is the last answer.</p>
          </FailureBox>
        </div>
      ) : null}
    </div>
  );
}
