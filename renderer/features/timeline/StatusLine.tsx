import { LoaderCircle } from 'lucide-react';
import { groupedNumber } from '../../../shared/timeline/formats.ts';
import { nightsShown } from '../../../shared/timeline/scene-lanes.ts';
import { SignsHelp } from './SignsHelp.tsx';
import type { TimelineSession } from './session.ts';
import { useSessionState } from './use-session-state.ts';
import { ViewMenu } from './ViewMenu.tsx';
import type { TimelineView } from './view-address.ts';

interface StatusLineProps {
  readonly session: TimelineSession | null;
  readonly view: TimelineView;
  readonly change: (part: Partial<TimelineView>) => void;
}

function lanesText(lanes: number, more: number): string {
  if (more > 0) return `${groupedNumber(lanes)} of ${groupedNumber(lanes + more)} lanes`;
  return lanes === 1 ? '1 lane' : `${lanes} lanes`;
}

/** What the colours and shapes mean, which scale is in force, and what was last said. */
export function StatusLine({ session, view, change }: StatusLineProps) {
  const load = useSessionState(session, (state) => state.load);
  const nights = useSessionState(session, ({ view: window }) => {
    const stage = session?.instrument.stage;
    return window !== null && stage !== undefined && stage.nights !== null && nightsShown(stage.scale());
  });
  const contacts = useSessionState(session, () => (session?.instrument.stage.rail.tracks ?? 0) > 0);
  const lanes = useSessionState(session, ({ drawn }) =>
    drawn?.subject.by === view.by ? drawn.whole.lanes.size : null,
  );
  const more = useSessionState(session, ({ drawn }) => drawn?.whole.window.rest?.lanes) ?? 0;
  return (
    <footer className="tl-status">
      <ul className={contacts ? 'tl-legend tl-legend-long' : 'tl-legend'} aria-label="What the drawing means">
        <li>
          <i className="tl-key tl-key-sent" /> ↑ sent
        </li>
        <li>
          <i className="tl-key tl-key-received" /> ↓ received
        </li>
        <li>
          <i className="tl-key tl-key-dark" /> darker: background
        </li>
        <li>
          <i className="tl-key tl-key-peak" /> pale: highest within a pixel
        </li>
        <li>
          <i className="tl-key tl-key-hatch" /> hatched: no source
        </li>
        {contacts ? (
          <li>
            <svg className="tl-key-contact" viewBox="0 0 46 10" aria-hidden="true">
              <path d="M1 1v8M18 1v8M1 5h17M24 5l4-4 4 4-4 4z" />
              <rect x="36.5" y="1.5" width="8" height="7" />
            </svg>
            contact; box: several; stroke: look-up
          </li>
        ) : null}
        {nights ? (
          <li>
            <i className="tl-key tl-key-night" /> tinted: 00:00–06:00 by the phone
          </li>
        ) : null}
      </ul>
      <SignsHelp />
      <div className="tl-bar-gap" />
      {load?.state === 'stale' ? (
        <span className="tl-waiting">
          <LoaderCircle className="icon" /> a finer answer is on its way
        </span>
      ) : null}
      <ViewMenu view={view} change={change} />
      {lanes === null ? null : <span className="quiet">{lanesText(lanes, more)}</span>}
    </footer>
  );
}
