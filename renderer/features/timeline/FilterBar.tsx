import { Link2 } from 'lucide-react';
import { useState } from 'react';
import { coversAny } from '../../../shared/timeline/coverage.ts';
import { groupedNumber, humanBytes, shareText } from '../../../shared/timeline/formats.ts';
import { lacksRest, type Sum, wholeContacts, wholeSum } from '../../../shared/timeline/picture.ts';
import { sameView } from '../../../shared/timeline/viewport.ts';
import { bridge } from '../../bridge/bridge.ts';
import { copyText, fullAddress } from '../../bridge/page.ts';
import { useCase } from '../../state/case.ts';
import { cleanFilter, type ViewFilter } from '../../state/event-filter.ts';
import { notice } from '../../state/notices.ts';
import { useLoad } from '../../state/use-load.ts';
import { IconButton } from '../../ui/Button.tsx';
import { appNameOf } from '../filters/app-name.ts';
import { FilterChips } from '../filters/FilterChips.tsx';
import { ShowOnly } from '../filters/ShowOnly.tsx';
import { TypedFilter } from '../filters/TypedFilter.tsx';
import { useDestinationNames } from '../filters/use-destination-names.ts';
import { FilterForm } from './FilterForm.tsx';
import { KeysHelp } from './KeysHelp.tsx';
import type { TimelineSession } from './session.ts';
import { useSessionState } from './use-session-state.ts';
import type { TimelineView } from './view-address.ts';

interface FilterBarProps {
  readonly caseId: string;
  readonly view: TimelineView;
  readonly change: (part: Partial<TimelineView>, replace?: boolean) => void;
  readonly session: TimelineSession | null;
}

/** What narrows the lanes, each as a chip, and what the window adds up to. */
export function FilterBar({ caseId, view, change, session }: FilterBarProps) {
  const { filter } = view;
  const revision = useCase((state) => state.revision);
  // Long in a large case, and wanted only to choose from or to name a chip: the lanes come first.
  const [opened, setOpened] = useState(false);
  const appsWanted = opened || filter.app !== undefined;
  const apps = useLoad(
    appsWanted ? `apps of the timeline ${caseId}` : null,
    () => bridge().client.apps.list({ case: caseId }),
    revision,
  );
  const put = (part: Partial<ViewFilter>) => change({ filter: cleanFilter({ ...filter, ...part }) });
  const known = useDestinationNames(
    opened || filter.organisation !== undefined || filter.service !== undefined ? caseId : null,
    revision,
  );
  const names = {
    ...known,
    app: (key: string) => appNameOf(apps.data, key),
  };
  return (
    <div className="tl-filters">
      <TypedFilter
        text={filter.text ?? ''}
        onText={(text) => put({ text: text === '' ? undefined : text })}
        label="Find apps, packages, networks, services"
        placeholder="App, package, network…"
        className="tl-search"
      />
      <ShowOnly look="tl-pop" onOpen={() => setOpened(true)}>
        <FilterForm filter={filter} put={put} apps={apps.data ?? []} known={known} session={session} />
      </ShowOnly>
      <FilterChips filter={filter} names={names} put={put} clear={() => change({ filter: {} })} />
      <WindowSums session={session} filtered={Object.keys(filter).length > 0} />
      <div className="tl-group">
        <CopyAddress />
        <KeysHelp />
      </div>
    </div>
  );
}

function CopyAddress() {
  const copy = async () => {
    const done = await copyText(fullAddress());
    if (done) notice('good', 'The address of this view is on the clipboard.');
    else
      notice('warn', 'The clipboard cannot be reached from here.', 'Copy the address from the window’s address line.');
  };
  return <IconButton label="Copy the address of this view" icon={<Link2 className="icon" />} onPress={copy} />;
}

/** What the lanes add up to in the window. */
function WindowSums({ session, filtered }: { session: TimelineSession | null; filtered: boolean }) {
  const drawn = useSessionState(session, (state) => state.drawn);
  const view = useSessionState(session, (state) => state.view);
  const exact = useSessionState(session, (state) => state.exact);
  if (!drawn || !view || !session) return null;
  const { covered, watched } = session.instrument.stage;
  const lacks = lacksRest(drawn, view.fromUs, view.toUs);
  const told = exact && sameView(exact.view, view) ? exact : null;
  // Until the engine has added up the lanes that are not told, there is no figure.
  const contacts = lacks ? (told?.contacts ?? null) : wholeContacts(drawn, view.fromUs, view.toUs);
  const seen =
    watched.length === 0 ? null : (
      <span className="tl-tone-contact">
        {contacts === null ? '…' : groupedNumber(contacts)} {contacts === 1 ? 'contact' : 'contacts'}
      </span>
    );
  // Where nobody counted, nothing is not a count.
  if (watched.length > 0 && !coversAny(covered, view.fromUs, view.toUs)) {
    return (
      <p className="tl-sums">
        <span className="quiet">No source counted bytes in this window</span>
        {seen}
      </p>
    );
  }
  const drawnSum = wholeSum(drawn, view.fromUs, view.toUs);
  const known: Sum = !drawnSum.exact && told ? { ...told.sum, exact: true } : drawnSum;
  const about = known.exact || known.lacks ? '' : '≈ ';
  const amount = (bytes: number) => (known.lacks ? '…' : humanBytes(bytes));
  const background = known.lacks ? null : shareText(known.sentBackground, known.sent);
  return (
    <p className="tl-sums">
      <span className="quiet">In this window{filtered ? ', filtered' : ''}</span>
      <span className="tl-tone-sent">
        {about}↑ {amount(known.sent)}
      </span>
      {background ? <span className="quiet">{background} in background</span> : null}
      <span className="tl-tone-received">
        {about}↓ {amount(known.received)}
      </span>
      {seen}
    </p>
  );
}
