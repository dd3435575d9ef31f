import { ListFilter, Map as MapSign } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button as AriaButton, Dialog, DialogTrigger, Heading, Popover } from 'react-aria-components';
import { humanBytes } from '../../../shared/base/bytes.ts';
import { type DestinationRow, destinationGroups } from '../../../shared/types/destination.ts';
import { bridge } from '../../bridge/bridge.ts';
import type { ViewFilter } from '../../state/event-filter.ts';
import { useLoad } from '../../state/use-load.ts';
import { groupedNumber } from '../../timeline/formats.ts';
import { IconButton } from '../../ui/Button.tsx';
import { FilterBox } from '../../ui/FilterBox.tsx';
import { Segments } from '../../ui/Segments.tsx';
import { Tick } from '../../ui/Tick.tsx';
import { DestinationChoices } from '../filters/DestinationChoices.tsx';
import { FilterChips } from '../filters/FilterChips.tsx';
import type { DestinationNames } from '../filters/use-destination-names.ts';
import { groupWords } from './group-words.ts';
import type { DestinationsAddress } from './place-address.ts';
import { bytesOf } from './sums.ts';

interface DestinationToolsProps {
  readonly caseId: string;
  readonly view: DestinationsAddress;
  readonly change: (part: Partial<DestinationsAddress>, replace?: boolean) => void;
  readonly put: (part: Partial<ViewFilter>) => void;
  readonly names: DestinationNames;
  readonly rows: readonly DestinationRow[] | null;
}

const TYPING_MS = 200;

function sumsOf(rows: readonly DestinationRow[]): string {
  const contacts = rows.reduce((sum, row) => sum + row.contacts, 0);
  const [sent, received] = [bytesOf(rows, 'sent'), bytesOf(rows, 'received')];
  return [
    `${groupedNumber(contacts)} ${contacts === 1 ? 'contact' : 'contacts'}`,
    sent === null ? null : `${humanBytes(sent)} sent`,
    received === null ? null : `${humanBytes(received)} received`,
  ]
    .filter((part) => part !== null)
    .join(' · ');
}

/** What rows are, what narrows them, and what they add up to. */
export function DestinationTools({ caseId, view, change, put, names, rows }: DestinationToolsProps) {
  const { by, filter } = view;
  const apps = useLoad(filter.app === undefined ? null : `app names ${caseId}`, () =>
    bridge().client.apps.list({ case: caseId }),
  );
  const appName = (key: string) => apps.data?.find((app) => app.key === key || String(app.uid) === key)?.name ?? key;
  return (
    <>
      <header className="tools">
        <h1>Destinations</h1>
        <Segments
          label="Rows by"
          value={by}
          onChange={(next) => change({ by: next, row: undefined, event: null }, false)}
          options={destinationGroups.map((key) => ({ key, text: groupWords[key].one }))}
        />
        <TypedFilter text={filter.text ?? ''} onText={(text) => put({ text: text === '' ? undefined : text })} />
        <DialogTrigger>
          <AriaButton className="button">
            <ListFilter className="icon" />
            <span className="button-text">Filter</span>
          </AriaButton>
          <Popover className="popover dest-pop" offset={6} placement="bottom start">
            <Dialog className="dest-pop-body">
              <Heading slot="title" className="dest-pop-title">
                Show only
              </Heading>
              <Tick checked={filter.optionalOnly === true} onChange={(on) => put({ optionalOnly: on || undefined })}>
                Optional services only: those that a user can switch off
              </Tick>
              <DestinationChoices filter={filter} put={put} known={names} />
            </Dialog>
          </Popover>
        </DialogTrigger>
        <div className="tools-gap" />
        <p className="quiet" role="status">
          {rows === null ? 'Reading' : sumsOf(rows)}
        </p>
        <IconButton
          label={view.map ? 'Hide the map' : 'Show the map'}
          icon={<MapSign className="icon" />}
          onPress={() => change({ map: !view.map })}
        />
      </header>
      <div className="dest-chips">
        <FilterChips
          filter={filter}
          names={{ ...names, app: appName }}
          put={put}
          clear={() => change({ filter: {}, row: undefined }, false)}
        />
      </div>
    </>
  );
}

/** Typing narrows as it goes, and makes one step for the back button. */
function TypedFilter({ text, onText }: { text: string; onText: (text: string) => void }) {
  const [typed, setTyped] = useState(text);
  useEffect(() => setTyped(text), [text]);
  useEffect(() => {
    if (typed === text) return;
    const timer = setTimeout(() => onText(typed), TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed, text, onText]);
  return (
    <div className="dest-filter">
      <FilterBox label="Filter destinations" placeholder="Host, address, app…" value={typed} onChange={setTyped} />
    </div>
  );
}
