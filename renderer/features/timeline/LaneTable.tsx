import { memo, useMemo } from 'react';
import type { Drawn } from '../../../shared/timeline/drawn.ts';
import { bytesInFull, groupedNumber, shareText } from '../../../shared/timeline/formats.ts';
import { laneContacts, laneSum } from '../../../shared/timeline/picture.ts';
import { howToSeeRest, moreLanes, restSums } from '../../../shared/timeline/rest-words.ts';
import type { Viewport } from '../../../shared/timeline/time-scale.ts';
import { sameView } from '../../../shared/timeline/viewport.ts';
import type { ExactSums } from '../../timeline/stage.ts';

interface LaneTableProps {
  readonly drawn: Drawn;
  /** The window at rest. */
  readonly view: Viewport;
  readonly exact: ExactSums | null;
  /** What a lane is: `App`. */
  readonly word: string;
}

/** Who listens to more than this does so with the search; twice as many take a browser longer to lay out than a hand waits. */
const MOST = 100;

/** The lanes of the window with their sums, for those who hear the window: most sent first, none that has nothing in it. */
export const LaneTable = memo(function LaneTable({ drawn, view, exact, word }: LaneTableProps) {
  const lanes = useMemo(() => {
    const known = exact && sameView(exact.view, view) ? exact.lanes : null;
    return [...drawn.whole.lanes.values()]
      .map((lane) => {
        const drawnSum = laneSum(drawn, lane.key, view.fromUs, view.toUs);
        const told = known?.get(lane.key);
        const sum = told ? { ...told, exact: true } : drawnSum;
        return { lane, sum, contacts: laneContacts(drawn, lane.key, view.fromUs, view.toUs) };
      })
      .filter(({ sum, contacts }) => sum.events > 0 || contacts > 0)
      .sort((a, b) => b.sum.sent - a.sum.sent || b.sum.received - a.sum.received || b.contacts - a.contacts);
  }, [drawn, view, exact]);
  const { rest, by } = drawn.whole.window;
  const bytes = (all: number, background: number, about: string) =>
    `${about}${bytesInFull(all)}${all > 0 ? `, ${shareText(background, all)} in the background` : ''}`;
  return (
    <div className="unseen">
      <h2>Lanes in this window</h2>
      <table aria-label={`Lanes by ${word.toLowerCase()} in this window, most sent first`}>
        <thead>
          <tr>
            <th scope="col">{word}</th>
            <th scope="col">Sent</th>
            <th scope="col">Received</th>
            <th scope="col">Counted events</th>
            <th scope="col">Contacts</th>
          </tr>
        </thead>
        <tbody>
          {lanes.slice(0, MOST).map(({ lane, sum, contacts }) => (
            <tr key={lane.key}>
              <th scope="row">{lane.detail ? `${lane.name}, ${lane.detail}` : lane.name}</th>
              <td>{bytes(sum.sent, sum.sentBackground, sum.exact ? '' : 'about ')}</td>
              <td>{bytes(sum.received, sum.receivedBackground, sum.exact ? '' : 'about ')}</td>
              <td>{groupedNumber(sum.events)}</td>
              <td>{groupedNumber(contacts)}</td>
            </tr>
          ))}
          {rest ? (
            <tr>
              <th scope="row">{moreLanes(rest.lanes, by)}</th>
              <td colSpan={4}>
                {restSums(rest)} in the whole span: {howToSeeRest}
              </td>
            </tr>
          ) : null}
        </tbody>
      </table>
      {lanes.length > MOST ? <p>{groupedNumber(lanes.length - MOST)} more lanes are not listed here.</p> : null}
      {lanes.length === 0 ? <p>Nothing was counted or seen in this window.</p> : null}
    </div>
  );
});
