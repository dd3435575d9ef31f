import { Map as MapSign } from 'lucide-react';
import { humanBytes } from '../../../shared/base/bytes.ts';
import { groupedNumber } from '../../../shared/timeline/formats.ts';
import { type DestinationRow, destinationGroups } from '../../../shared/types/destination.ts';
import { bridge } from '../../bridge/bridge.ts';
import type { ViewFilter } from '../../state/event-filter.ts';
import { useLoad } from '../../state/use-load.ts';
import { IconButton } from '../../ui/Button.tsx';
import { Segments } from '../../ui/Segments.tsx';
import { Tick } from '../../ui/Tick.tsx';
import { appNameOf } from '../filters/app-name.ts';
import { DestinationChoices } from '../filters/DestinationChoices.tsx';
import { FilterChips } from '../filters/FilterChips.tsx';
import { ShowOnly } from '../filters/ShowOnly.tsx';
import { TypedFilter } from '../filters/TypedFilter.tsx';
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
  const appName = (key: string) => appNameOf(apps.data, key);
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
        <TypedFilter
          text={filter.text ?? ''}
          onText={(text) => put({ text: text === '' ? undefined : text })}
          label="Filter destinations"
          placeholder="Host, address, app…"
          className="dest-filter"
        />
        <ShowOnly look="dest-pop">
          <Tick checked={filter.optionalOnly === true} onChange={(on) => put({ optionalOnly: on || undefined })}>
            Optional services only: those that a user can switch off
          </Tick>
          <DestinationChoices filter={filter} put={put} known={names} />
        </ShowOnly>
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
