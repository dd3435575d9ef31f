import { Globe } from 'lucide-react';
import { useMemo } from 'react';
import type { DestinationBy, DestinationsView } from '../../../shared/types/destination.ts';
import { bridge } from '../../bridge/bridge.ts';
import { go, setView, useAddress } from '../../state/address-store.ts';
import { useCase } from '../../state/case.ts';
import { cleanFilter, type ViewFilter } from '../../state/event-filter.ts';
import { useLoad } from '../../state/use-load.ts';
import { Button } from '../../ui/Button.tsx';
import { sorted } from '../../ui/columns.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import { EmptyPlace } from '../../ui/EmptyPlace.tsx';
import { FailureBox } from '../../ui/FailureBox.tsx';
import { EventPanel } from '../evidence/EventPanel.tsx';
import { useDestinationNames } from '../filters/use-destination-names.ts';
import { DestinationPanel } from './DestinationPanel.tsx';
import { DestinationTools } from './DestinationTools.tsx';
import { columnsBy } from './destination-columns.tsx';
import { groupWords } from './group-words.ts';
import { Overview } from './Overview.tsx';
import { type DestinationsAddress, readPlace, withoutOwn, writePlace } from './place-address.ts';
import { SourcesFoot } from './SourcesFoot.tsx';
import { bytesOf } from './sums.ts';
import './destinations.css';

function useDestinations(caseId: string, by: DestinationBy, filter: ViewFilter, revision: number) {
  return useLoad<DestinationsView>(
    `destinations ${caseId} ${by} ${JSON.stringify(filter)}`,
    () => bridge().client.destinations.list({ case: caseId, by, filter }),
    revision,
  );
}

/** Whom the phone was in contact with: where, whose, under which state's law, and which service. */
export function DestinationsPlace({ caseId }: { caseId: string }) {
  const record = useAddress((address) => address.view);
  const revision = useCase((state) => state.revision);
  const contacts = useCase((state) => state.summary?.events.contact ?? null);
  const view = useMemo(() => readPlace(record), [record]);
  const change = (part: Partial<DestinationsAddress>, replace = true) =>
    setView(writePlace({ ...view, ...part }), replace);
  const put = (part: Partial<ViewFilter>) =>
    change({ filter: cleanFilter({ ...view.filter, ...part }), row: undefined, event: null }, false);

  const { by, filter } = view;
  const list = useDestinations(caseId, by, filter, revision);
  // What a country is chosen by stays to be chosen: the map shows every one that the other filters leave.
  const countries = useDestinations(caseId, 'country', withoutOwn('country', filter), revision);
  const states = useDestinations(caseId, 'state', withoutOwn('state', filter), revision);
  const names = useDestinationNames(caseId, revision);
  const bytes = list.data === null || bytesOf(list.data.rows, 'sent') !== null;
  const columns = useMemo(() => columnsBy(by, bytes), [by, bytes]);
  const { by: sortBy, down } = view.sorting;
  const rows = useMemo(
    () => sorted(list.data?.rows ?? [], columns, { by: sortBy, down }),
    [list.data, columns, sortBy, down],
  );
  const open = view.row === undefined ? null : (rows.find((row) => row.key === view.row) ?? null);

  if (list.failure !== null) {
    return (
      <div className="place-words">
        <FailureBox failure={list.failure} onAgain={list.again} />
      </div>
    );
  }
  if (contacts === 0 && (list.data === null || list.data.rows.length === 0)) return <Nothing />;
  return (
    <>
      <DestinationTools
        caseId={caseId}
        view={view}
        change={change}
        put={put}
        names={names}
        rows={list.data?.rows ?? null}
      />
      <div className="beside">
        <div className="dest">
          {view.map && countries.data !== null ? (
            <Overview
              countries={countries.data.rows}
              states={states.data?.rows ?? []}
              view={view}
              change={change}
              put={put}
            />
          ) : null}
          <DataTable
            label={`Destinations by ${groupWords[by].one.toLowerCase()}`}
            rows={rows}
            columns={columns}
            keyOf={(row) => row.key ?? ' '}
            chosen={open === null ? null : (open.key ?? ' ')}
            onChoose={(row) => change({ row: row.key, event: null }, open !== null)}
            sorting={view.sorting}
            onSort={(sorting) => change({ sorting })}
            empty={
              list.data === null ? null : (
                <EmptyPlace
                  title="No contact passes these filters"
                  act={
                    <Button onPress={() => change({ filter: {}, row: undefined }, false)}>Remove all filters</Button>
                  }
                >
                  The case holds contacts, and none of them fits all that is asked for.
                </EmptyPlace>
              )
            }
          />
          {list.data === null ? null : <SourcesFoot sources={list.data.sources} />}
        </div>
        {view.event !== null ? (
          <EventPanel caseId={caseId} eventId={view.event} onClose={() => change({ event: null })} />
        ) : open !== null ? (
          <DestinationPanel
            caseId={caseId}
            by={by}
            row={open}
            filter={filter}
            revision={revision}
            onGo={(next) => change({ ...next, event: null }, false)}
            onEvent={(event) => change({ event }, false)}
            onClose={() => change({ row: undefined })}
          />
        ) : null}
      </div>
    </>
  );
}

function Nothing() {
  return (
    <EmptyPlace
      icon={<Globe className="icon" />}
      title="No destinations are known in this case"
      act={
        <>
          <Button onPress={() => go('evidence')}>Add files</Button>
          <Button look="primary" onPress={() => go('phone')}>
            Acquire a phone
          </Button>
        </>
      }
    >
      A phone’s own history counts how much each app sent, and not to whom. Destinations come from packet captures
      (pcap, pcapng, PCAPdroid), from a live acquisition, which looks at the open connections every second, and from the
      connections that were open when a phone or a bug report was taken.
    </EmptyPlace>
  );
}
