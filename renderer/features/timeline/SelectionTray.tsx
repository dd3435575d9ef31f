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

/** What of a selection is asked of the engine beside its sums. */
interface Selected extends SelectionTotals {
  /** How many lanes with counted bytes there are beyond those that are listed. */
  readonly more: number;
  readonly names: ReadonlyMap<string, string>;
}

/** The engine's sums in the place of those of the drawing, where they are of the same stretch. */
function withExact(totals: SelectionTotals, exact: ExactSelection | null, subject: string, rest: number): Selected {
  if (totals.sum.exact || !exact || exact.subject !== subject || !sameView(exact.selection, totals.selection))
    return { ...totals, more: rest, names: new Map() };
  const lanes = [...exact.lanes]
    .filter(([, sum]) => sum.events > 0)
    .map(([key, sum]) => ({ key, sum: { ...sum, exact: true } }))
    .sort((a, b) => b.sum.sent - a.sum.sent || b.sum.received - a.sum.received);
  const { more, names } = exact;
  // Contacts of the drawing are those that touch it; they lack those of lanes that are not told.
  const contacts = totals.sum.lacks ? exact.contacts : totals.contacts;
  return { ...totals, sum: { ...exact.sum, exact: true }, contacts, lanes, more, names };
}

/** The totals of what is selected: when, how much, by whom. */
export function SelectionTray({ session, zone, change, onMake }: SelectionTrayProps) {
  const selection = useSessionState(session, (state) => state.selection);
  const drawn = useSessionState(session, (state) => state.drawn);
  const exact = useSessionState(session, (state) => state.exactSelection);
  const totals = useMemo(() => {
    if (!drawn || !selection) return null;
    const rest = drawn.whole.window.rest?.counted ?? 0;
    return withExact(totalsOf(drawn, selection), exact, subjectKey(drawn.subject), rest);
  }, [drawn, selection, exact]);
  if (!totals || !drawn || !selection || !session) return null;
  const { sum, lanes, across, contacts, more, names } = totals;
  const about = sum.exact ? '' : '≈ ';
  const amount = (bytes: number) => (sum.lacks ? '…' : `${about}${humanBytes(bytes)}`);
  const share = (part: number, whole: number) => (sum.lacks ? null : shareText(part, whole)) ?? '–';
  const laneCount = lanes.length + more;
  // Of lanes that are not told it is not known which of their intervals lie across an edge.
  const partly = drawn.whole.window.rest !== undefined;
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
          <span className="tl-tone-sent" title={sum.lacks ? undefined : bytesInFull(sum.sent)}>
            <ArrowUp className="icon" />
            {amount(sum.sent)} sent
          </span>
          <span className="quiet">{share(sum.sentBackground, sum.sent)} background</span>
          <span className="tl-tone-received" title={sum.lacks ? undefined : bytesInFull(sum.received)}>
            <ArrowDown className="icon" />
            {amount(sum.received)} received
          </span>
          <span className="quiet">{share(sum.receivedBackground, sum.received)} background</span>
        </p>
        <p className="quiet">
          {sum.lacks
            ? 'All lanes are being added up…'
            : `${groupedNumber(sum.events)} ${sum.events === 1 ? 'event' : 'events'} in ${groupedNumber(laneCount)} ${laneCount === 1 ? 'lane' : 'lanes'}`}
          {contacts > 0 && !sum.lacks ? `; ${groupedNumber(contacts)} ${contacts === 1 ? 'contact' : 'contacts'}` : ''}
          {partly
            ? '; intervals that reach beyond an edge count whole'
            : across === 1
              ? '; 1 interval reaches beyond an edge and counts whole'
              : across > 1
                ? `; ${groupedNumber(across)} intervals reach beyond an edge and count whole`
                : ''}
        </p>
      </div>
      <ol className="tl-tray-lanes" aria-label="Lanes in the selection, most sent first">
        {lanes.slice(0, SHOWN).map(({ key, sum: lane }) => (
          <li key={key}>
            <span className="cut">{laneOf(drawn, key)?.name ?? names.get(key) ?? key}</span>
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
