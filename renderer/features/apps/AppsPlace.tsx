import { LayoutGrid } from 'lucide-react';
import { useMemo } from 'react';
import { humanBytes } from '../../../shared/base/bytes.ts';
import { groupedNumber } from '../../../shared/timeline/formats.ts';
import { bridge } from '../../bridge/bridge.ts';
import { go, setView, useAddress } from '../../state/address-store.ts';
import { useCase } from '../../state/case.ts';
import { useLoad } from '../../state/use-load.ts';
import { Button } from '../../ui/Button.tsx';
import { type Sorting, sorted } from '../../ui/columns.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import { EmptyPlace } from '../../ui/EmptyPlace.tsx';
import { FailureBox } from '../../ui/FailureBox.tsx';
import { FilterBox } from '../../ui/FilterBox.tsx';
import { Segments } from '../../ui/Segments.tsx';
import { EventPanel } from '../evidence/EventPanel.tsx';
import { AppPanel } from './AppPanel.tsx';
import { appColumns } from './app-columns.tsx';
import { groupOf, narrow } from './narrow.ts';
import './apps.css';

/** Every app with what the phone counted for it. Sorting, filter and the open row stand in the address. */
export function AppsPlace({ caseId }: { caseId: string }) {
  const view = useAddress((address) => address.view);
  const revision = useCase((state) => state.revision);
  const apps = useLoad(`apps ${caseId}`, () => bridge().client.apps.list({ case: caseId }), revision);
  const text = view.q ?? '';
  const group = groupOf(view.group);
  const sorting: Sorting = useMemo(
    () => ({ by: view.sort ?? 'sent', down: view.order !== 'up' }),
    [view.sort, view.order],
  );
  const rows = useMemo(
    () => sorted(narrow(apps.data ?? [], text, group), appColumns, sorting),
    [apps.data, text, group, sorting],
  );
  const chosen = apps.data?.find((app) => app.key === view.app) ?? null;
  const change = (over: Record<string, string>, replace = true) => setView({ ...view, ...over }, replace);
  const sent = rows.reduce((sum, app) => sum + app.sent, 0);
  const received = rows.reduce((sum, app) => sum + app.received, 0);

  if (apps.failure !== null) {
    return (
      <div className="place-words">
        <FailureBox failure={apps.failure} onAgain={apps.again} />
      </div>
    );
  }
  if (apps.data?.length === 0) {
    return (
      <EmptyPlace
        icon={<LayoutGrid className="icon" />}
        title="No app is known in this case yet"
        act={
          <>
            <Button onPress={() => go('evidence')}>Add files</Button>
            <Button look="primary" onPress={() => go('phone')}>
              Acquire a phone
            </Button>
          </>
        }
      >
        Apps come from a phone’s network counters (dumpsys netstats) and its package lists. Acquire a phone, or drop a
        dump or a bug report into this window.
      </EmptyPlace>
    );
  }
  return (
    <>
      <header className="tools">
        <h1>Apps</h1>
        <FilterBox
          label="Filter apps"
          placeholder="Name, package, service, uid"
          value={text}
          onChange={(q) => change({ q })}
        />
        <Segments
          label="Which apps"
          value={group}
          onChange={(next) => change({ group: next === 'all' ? '' : next })}
          options={[
            { key: 'all', text: 'All' },
            { key: 'installed', text: 'Installed later' },
            { key: 'preinstalled', text: 'Preinstalled' },
            { key: 'optional', text: 'Optional services' },
            { key: 'background', text: 'Sent in background' },
          ]}
        />
        <div className="tools-gap" />
        <p className="quiet" role="status">
          {apps.data === null
            ? 'Reading'
            : `${groupedNumber(rows.length)} of ${groupedNumber(apps.data.length)} · ${humanBytes(sent)} sent · ${humanBytes(received)} received`}
        </p>
      </header>
      <div className="beside">
        <DataTable
          label="Apps"
          rows={rows}
          columns={appColumns}
          keyOf={(app) => app.key}
          chosen={chosen?.key ?? null}
          onChoose={(app) => change({ app: app.key, event: '' }, chosen !== null)}
          sorting={sorting}
          onSort={(next) => change({ sort: next.by, order: next.down ? '' : 'up' })}
          empty={
            apps.data === null ? null : (
              <EmptyPlace
                title="No app fits"
                act={<Button onPress={() => change({ q: '', group: '' })}>Show all apps</Button>}
              >
                No name, package, service or uid holds “{text}” in this group.
              </EmptyPlace>
            )
          }
        />
        {view.event !== undefined ? (
          <EventPanel caseId={caseId} eventId={view.event} onClose={() => change({ event: '' })} />
        ) : chosen !== null ? (
          <AppPanel
            caseId={caseId}
            app={chosen}
            revision={revision}
            onEvent={(event) => change({ event }, false)}
            onClose={() => change({ app: '' })}
          />
        ) : null}
      </div>
    </>
  );
}
