import { LoaderCircle } from 'lucide-react';
import type { TimelineSession } from './session.ts';
import { useSessionState } from './use-session-state.ts';
import { scaleText } from './ViewMenu.tsx';
import type { TimelineView } from './view-address.ts';

/** What the colours and shapes mean, which scale is in force, and what was last said. */
export function StatusLine({ session, view }: { session: TimelineSession | null; view: TimelineView }) {
  const said = useSessionState(session, (state) => state.said);
  const load = useSessionState(session, (state) => state.load);
  const lanes = useSessionState(session, (state) => state.drawn?.whole.lanes.size ?? null);
  return (
    <footer className="tl-status">
      <ul className="tl-legend" aria-label="What the drawing means">
        <li>
          <i className="tl-key tl-key-sent" /> sent, above the line
        </li>
        <li>
          <i className="tl-key tl-key-received" /> received, below
        </li>
        <li>
          <i className="tl-key tl-key-dark" /> darker: in background
        </li>
        <li>
          <i className="tl-key tl-key-peak" /> pale: highest of intervals narrower than a pixel
        </li>
        <li>
          <i className="tl-key tl-key-hatch" /> no source covers this time
        </li>
      </ul>
      <span className="tl-said cut">{said}</span>
      {load?.state === 'stale' ? (
        <span className="tl-waiting">
          <LoaderCircle className="icon" /> a finer answer is on its way
        </span>
      ) : null}
      <span className="quiet">Heights: {scaleText(view)}</span>
      {lanes === null ? null : <span className="quiet">{lanes === 1 ? '1 lane' : `${lanes} lanes`}</span>}
    </footer>
  );
}
