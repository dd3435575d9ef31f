import { ArrowDown, ArrowUp, Flag, X, ZoomIn } from 'lucide-react';
import { useMemo } from 'react';
import {
  bytesInFull,
  durationText,
  groupedNumber,
  humanBytes,
  rangeInFull,
  shareText,
} from '../../../shared/timeline/formats.ts';
import { laneOf } from '../../../shared/timeline/picture.ts';
import { subjectKey } from '../../../shared/timeline/questions.ts';
import { type SelectionTotals, totalsOf } from '../../../shared/timeline/selection.ts';
import { sameView } from '../../../shared/timeline/viewport.ts';
import { type Zone, zoneText } from '../../../shared/timeline/zones.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import type { ExactSelection, TimelineSession } from './session.ts';
import { useSessionState } from './use-session-state.ts';
import type { TimelineView } from './view-address.ts';

interface SelectionTrayProps {
  readonly session: TimelineSession | null;
  readonly zone: Zone;
  readonly change: (part: Partial<TimelineView>) => void;
  /** Asks for the words of a finding. */
  readonly onMake: () => void;
}

/** As many as the widest window has room for; narrower ones show fewer. */
const SHOWN = 16;

/** The engine's sums in the place of those of the drawing, where they are of the same stretch. */
function withExact(totals: SelectionTotals, exact: ExactSelection | null, subject: string): SelectionTotals {
  if (totals.sum.exact || !exact || exact.subject !== subject || !sameView(exact.selection, totals.selection))
    return totals;
  const lanes = [...exact.lanes]
    .filter(([, sum]) => sum.events > 0)
    .map(([key, sum]) => ({ key, sum: { ...sum, exact: true } }))
    .sort((a, b) => b.sum.sent - a.sum.sent || b.sum.received - a.sum.received);
  return { ...totals, sum: { ...exact.sum, exact: true }, lanes };
}

/** The totals of what is selected: when, how much, by whom. */
export function SelectionTray({ session, zone, change, onMake }: SelectionTrayProps) {
  const selection = useSessionState(session, (state) => state.selection);
  const drawn = useSessionState(session, (state) => state.drawn);
  const exact = useSessionState(session, (state) => state.exactSelection);
  const totals = useMemo(
    () => (drawn && selection ? withExact(totalsOf(drawn, selection), exact, subjectKey(drawn.subject)) : null),
    [drawn, selection, exact],
  );
  if (!totals || !drawn || !selection || !session) return null;
  const { sum, lanes, across, contacts } = totals;
  const about = sum.exact ? '' : '≈ ';
  const zoomIn = () => {
    const margin = (selection.toUs - selection.fromUs) * 0.04;
    session.instrument.goTo({ fromUs: selection.fromUs - margin, toUs: selection.toUs + margin });
  };
  const most = Math.max(1, ...lanes.map((lane) => lane.sum.sent));
  return (
    <section className="tl-tray" aria-label="Selection">
      <div className="tl-tray-sums">
        <h2 className="tl-tray-title">
          Selected: {durationText(selection.toUs - selection.fromUs)}{' '}
          <span className="quiet">times in {zoneText(zone, selection.fromUs, selection.toUs)}</span>
        </h2>
        <p>{rangeInFull(Math.round(selection.fromUs / 1e6) * 1e6, Math.round(selection.toUs / 1e6) * 1e6, zone)}</p>
        <p className="tl-tray-figures">
          <span className="tl-tone-sent" title={bytesInFull(sum.sent)}>
            <ArrowUp className="icon" />
            {about}
            {humanBytes(sum.sent)} sent
          </span>
          <span className="quiet">{shareText(sum.sentBackground, sum.sent) ?? '–'} background</span>
          <span className="tl-tone-received" title={bytesInFull(sum.received)}>
            <ArrowDown className="icon" />
            {about}
            {humanBytes(sum.received)} received
          </span>
          <span className="quiet">{shareText(sum.receivedBackground, sum.received) ?? '–'} background</span>
        </p>
        <p className="quiet">
          {groupedNumber(sum.events)} {sum.events === 1 ? 'event' : 'events'} in {lanes.length}{' '}
          {lanes.length === 1 ? 'lane' : 'lanes'}
          {contacts > 0 ? `; ${groupedNumber(contacts)} ${contacts === 1 ? 'contact' : 'contacts'}` : ''}
          {across === 1
            ? '; 1 interval reaches beyond an edge and counts whole'
            : across > 1
              ? `; ${groupedNumber(across)} intervals reach beyond an edge and count whole`
              : ''}
        </p>
      </div>
      <ol className="tl-tray-lanes" aria-label="Lanes in the selection, most sent first">
        {lanes.slice(0, SHOWN).map(({ key, sum: lane }) => (
          <li key={key}>
            <span className="cut">{laneOf(drawn, key)?.name ?? key}</span>
            <span className="tl-tray-bar" aria-hidden="true">
              <i style={{ inlineSize: `${(lane.sent / most) * 100}%` }} />
              <b style={{ inlineSize: `${(lane.sentBackground / most) * 100}%` }} />
            </span>
            <span className="number tl-tone-sent">↑ {humanBytes(lane.sent)}</span>
            <span className="number tl-tone-received">↓ {humanBytes(lane.received)}</span>
          </li>
        ))}
        {lanes.length === 0 ? <li className="quiet">Nothing was counted in this stretch.</li> : null}
      </ol>
      <div className="tl-tray-acts">
        <Button look="primary" icon={<Flag className="icon" />} onPress={onMake}>
          Make a finding
        </Button>
        <Button icon={<ZoomIn className="icon" />} onPress={zoomIn}>
          Zoom to it
        </Button>
        <IconButton
          label="Let go of the selection"
          icon={<X className="icon" />}
          onPress={() => change({ selection: null })}
        />
      </div>
    </section>
  );
}
