import { ChartNoAxesGantt } from 'lucide-react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { foldOne, noFolds } from '../../../shared/timeline/lane-layout.ts';
import type { Look } from '../../../shared/timeline/look.ts';
import { wholeOf } from '../../../shared/timeline/viewport.ts';
import { go } from '../../state/address-store.ts';
import { useCase } from '../../state/case.ts';
import { askOverview, firstPictureOf } from '../../state/overview.ts';
import { useLoad } from '../../state/use-load.ts';
import { usePaced } from '../../state/use-paced.ts';
import { useZone } from '../../state/zone.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyPlace } from '../../ui/EmptyPlace.tsx';
import { FailureBox } from '../../ui/FailureBox.tsx';
import { EventPanel } from '../evidence/EventPanel.tsx';
import { filterValue } from '../filters/use-destination-names.ts';
import { ComingBars } from './ComingBars.tsx';
import { FilterBar } from './FilterBar.tsx';
import { Lanes } from './Lanes.tsx';
import { LiveLine } from './LiveLine.tsx';
import { laneWords, needsDestinations } from './lane-words.ts';
import { MakeFromView } from './MakeFromView.tsx';
import { SelectionTray } from './SelectionTray.tsx';
import { StatusLine } from './StatusLine.tsx';
import { anyOpen, Toolbar } from './Toolbar.tsx';
import { useFollowing } from './use-following.ts';
import { usePainted } from './use-painted.ts';
import { useRehearsal, useRehearsalOn } from './use-rehearsal.ts';
import { sameRounded, useSession } from './use-session.ts';
import { useZoneInAddress } from './use-zone-in-address.ts';
import { type AddressRecord, readView, roundedRange, type TimelineView, writeView } from './view-address.ts';
import './timeline.css';
import './lanes.css';
import './tray.css';

interface TimelinePlaceProps {
  readonly caseId: string;
  /** The query of the address: what a copied address brings back. */
  readonly view: AddressRecord;
  /** Writes the query; `replace` leaves no step for the back button. */
  readonly onView: (view: Record<string, string>, replace?: boolean) => void;
}

/** A case that grows is drawn anew no oftener than this. */
const REDRAW_MS = 1000;

/** The centre of the program: what the phone sent and received, when, by whom. */
export function TimelinePlace({ caseId, view: record, onView }: TimelinePlaceProps) {
  // Where no app is known, such as in captures alone, lanes by app would be a single one.
  const usual = useCase(({ summary }) => (summary?.apps === 0 && summary.events.contact > 0 ? 'host' : 'app'));
  const view = useMemo(() => readView(record, usual), [record, usual]);
  const latest = useRef(view);
  latest.current = view;
  const change = useCallback(
    (part: Partial<TimelineView>, replace = false) => {
      const next = { ...latest.current, ...part };
      latest.current = next;
      onView(writeView(next, usual), replace);
    },
    [onView, usual],
  );
  const zone = useZone();
  useZoneInAddress(view.utc, change);
  const [making, setMaking] = useState(false);
  const loading = useRef(false);
  const revision = usePaced(
    useCase((state) => state.pulse),
    () => loading.current,
    REDRAW_MS,
  );
  const known = useMemo(() => firstPictureOf(caseId)?.overview ?? null, [caseId]);
  const load = useLoad(`timeline ${caseId}`, () => askOverview(caseId), revision, known);
  loading.current = load.loading;
  const overview = load.data !== null && load.data.toUs > load.data.fromUs ? load.data : null;

  const pins = view.pins.join('\n');
  const foldsKey = JSON.stringify(view.folds);
  const direction = view.filter.direction ?? 'both';
  const { by, sorting, size, curve, full } = view;
  const look = useMemo<Look>(
    () => ({
      laneWord: laneWords[by].one,
      sorting,
      pins: pins === '' ? [] : pins.split('\n'),
      folds: JSON.parse(foldsKey) as TimelineView['folds'],
      size,
      curve,
      full,
      direction,
      zone,
    }),
    [by, sorting, pins, foldsKey, size, curve, full, direction, zone],
  );
  const hosts = useCase((state) => state.summary?.hosts ?? 0);
  const noDestinations = needsDestinations(by) && hosts === 0;
  const subjectBy = noDestinations ? 'app' : by;
  const filterKey = JSON.stringify(view.filter);
  const subject = useMemo(
    () => ({ by: subjectBy, filter: JSON.parse(filterKey) as TimelineView['filter'] }),
    [subjectBy, filterKey],
  );

  const host = useRef<HTMLDivElement>(null);
  const session = useSession(host, {
    caseId,
    overview,
    view,
    look,
    subject,
    hooks: {
      onSettled: (settled) => {
        if (!overview) return;
        const now = latest.current.range ?? wholeOf(overview);
        if (latest.current.follow === null && sameRounded(settled, now)) return;
        change({ range: sameRounded(settled, wholeOf(overview)) ? null : roundedRange(settled), follow: null });
      },
      onSelection: (selection) => change({ selection }),
      onOpen: (event) => change({ event }),
      onPin: (key) => {
        const old = latest.current.pins;
        change({ pins: old.includes(key) ? old.filter((pin) => pin !== key) : [...old, key] });
      },
      onFold: (key) => {
        const { folds } = latest.current;
        if (key !== null) change({ folds: foldOne(folds, key) });
        else change({ folds: anyOpen(folds, session) ? { all: true, keys: [] } : noFolds });
      },
      onOnly: (key) => {
        const { filter } = latest.current;
        if (by === 'app') change({ filter: { ...filter, app: key } });
        else if (by === 'network') change({ filter: { ...filter, network: key } });
        else if (by === 'host') change({ filter: { ...filter, host: key } });
        else {
          const value = filterValue({ key: key === '' ? null : key });
          if (value === null) return session?.say('What is not known, and what stays inside, cannot be shown alone.');
          change({ filter: { ...filter, [by]: value, ...(by === 'organisation' && { whose: 'first' }) } });
        }
      },
      onFollowKey: () => following.toggle(),
      onMakeKey: () => setMaking(true),
    },
  });
  const following = useFollowing(caseId, session, view, change);
  const painted = usePainted();
  useRehearsal(painted);
  useRehearsalOn(session);
  const nothing = load.data !== null && overview === null;
  return (
    <div className="beside">
      <div className="tl">
        {painted ? (
          <>
            <Toolbar view={view} change={change} session={session} zone={zone} />
            <FilterBar caseId={caseId} view={view} change={change} session={session} />
          </>
        ) : (
          <ComingBars />
        )}
        <LiveLine following={following} />
        {load.failure ? (
          <div className="tl-trouble">
            <FailureBox failure={load.failure} onAgain={load.again}>
              <p>Nothing in the case was changed.</p>
            </FailureBox>
          </div>
        ) : null}
        <Lanes
          host={host}
          session={session}
          view={view}
          zone={zone}
          change={change}
          loading={load.data === null && !load.failure}
        >
          {nothing ? (
            <EmptyPlace
              icon={<ChartNoAxesGantt className="icon" />}
              title="Nothing on the timeline yet"
              act={
                <Button look="primary" onPress={() => go('phone')}>
                  Go to Phone
                </Button>
              }
            >
              Acquire a phone, or drop a file here: network history, a bugreport, or a folder or zip of them.
            </EmptyPlace>
          ) : noDestinations ? (
            <EmptyPlace icon={<ChartNoAxesGantt className="icon" />} title="No destinations are known in this case">
              The phone’s own history counts how much each app sent and received, not to whom. Lanes by {view.by} appear
              once a capture is imported that names addresses.
            </EmptyPlace>
          ) : null}
        </Lanes>
        <SelectionTray session={session} zone={zone} change={change} onMake={() => setMaking(true)} />
        {painted ? <StatusLine session={session} view={view} change={change} /> : <div className="tl-status" />}
      </div>
      {making && session ? (
        <MakeFromView caseId={caseId} session={session} view={view} zone={zone} onClose={() => setMaking(false)} />
      ) : null}
      {view.event === null ? null : (
        <EventPanel caseId={caseId} eventId={view.event} onClose={() => change({ event: null })} />
      )}
    </div>
  );
}
