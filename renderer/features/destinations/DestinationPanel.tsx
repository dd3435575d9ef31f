import { ChartNoAxesGantt, ListFilter } from 'lucide-react';
import type { ReactNode } from 'react';
import { countryName } from '../../../shared/text/country-names.ts';
import { groupedNumber } from '../../../shared/timeline/formats.ts';
import type { DestinationBy, DestinationRow } from '../../../shared/types/destination.ts';
import { go } from '../../state/address-store.ts';
import { type ViewFilter, writeFilter } from '../../state/event-filter.ts';
import { Amount } from '../../ui/Amount.tsx';
import { Button } from '../../ui/Button.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { Moment } from '../../ui/Moment.tsx';
import { PanelPart, SidePanel } from '../../ui/SidePanel.tsx';
import { EventList } from '../events/EventList.tsx';
import { ExplanationParts, type Subject, useExplanation } from '../explanation/ExplanationParts.tsx';
import { Laws } from '../explanation/Laws.tsx';
import { groupWords, optionalWord } from './group-words.ts';
import { type DestinationsAddress, filterOf } from './place-address.ts';

interface DestinationPanelProps {
  readonly caseId: string;
  readonly by: DestinationBy;
  readonly row: DestinationRow;
  readonly filter: ViewFilter;
  readonly revision: number;
  readonly onGo: (part: Partial<DestinationsAddress>) => void;
  readonly onEvent: (id: string) => void;
  readonly onClose: () => void;
}

/** What the engine can be asked to explain about a row; null where it is about many things. */
function subjectOf(by: DestinationBy, key: string | null): Pick<Subject, 'kind' | 'key'> | null {
  if (key === null || key === 'inner') return null;
  if (by === 'service' || by === 'address') return { kind: by, key };
  if (by === 'host') return { kind: /^[\d.]+$|:/.test(key) ? 'address' : 'host', key };
  return null;
}

const states = (codes: readonly string[]) => (codes.length === 0 ? null : codes.map(countryName).join(', '));
const listed = (names: readonly string[]) => (names.length === 0 ? null : names.join(', '));

function Summed({ row }: { row: DestinationRow }) {
  return (
    <Facts
      list={[
        ['Contacts', groupedNumber(row.contacts)],
        [
          'Sent',
          row.sent === null ? 'not told: looks at connections count no bytes' : <Amount key="s" bytes={row.sent} />,
        ],
        [
          'Received',
          row.received === null ? (
            'not told: looks at connections count no bytes'
          ) : (
            <Amount key="r" bytes={row.received} />
          ),
        ],
        ['First', <Moment key="f" iso={row.first} exact />],
        ['Last', <Moment key="l" iso={row.last} exact />],
        [
          'Apps',
          row.apps.length === 0 ? null : (
            <span key="a" dir="auto">
              {row.apps.join(', ')}
            </span>
          ),
        ],
      ]}
    />
  );
}

function Known({ row }: { row: DestinationRow }) {
  const services = row.services.map(({ name, optional }) => `${name} (optional: ${optionalWord(optional)})`);
  return (
    <>
      <Facts
        list={[
          ['Countries of the addresses', states(row.countries)],
          ['Operators of the networks', listed(row.operators)],
          ['States that can command them', states(row.operatorStates)],
          ['Owners of the hosts', listed(row.owners)],
          ['States that can command them\u200b', states(row.ownerStates)],
          ['Services', listed(services)],
          ['Trackers', row.trackers.length === 0 ? 'none known' : row.trackers.join(', ')],
        ]}
      />
      {row.disputed > 0 ? (
        <p className="dest-note">
          <span className="chip chip-warn">disputed</span>{' '}
          {row.disputed === 1 ? 'Of one address' : `Of ${groupedNumber(row.disputed)} addresses`} the sources name
          different countries. Open an address to see what each says.
        </p>
      ) : null}
    </>
  );
}

interface NamesProps {
  readonly title: string;
  readonly list: readonly string[];
  readonly count: number;
  readonly onOpen: (key: string) => void;
}

/** Hosts or addresses behind a row; each opens in its own right. */
function Names({ title, list, count, onOpen }: NamesProps) {
  if (count === 0) return null;
  return (
    <PanelPart
      title={title}
      note={
        count > list.length ? `the ${list.length} with most bytes of ${groupedNumber(count)}` : groupedNumber(count)
      }
    >
      <ul className="dest-names">
        {list.map((name) => (
          <li key={name}>
            <button type="button" className="dest-name" onClick={() => onOpen(name)}>
              {name}
            </button>
          </li>
        ))}
      </ul>
    </PanelPart>
  );
}

/** Of a country or a state, the acts that come up for one of its addresses. */
function CountryLaws({ caseId, row, revision }: { caseId: string; row: DestinationRow; revision: number }) {
  const address = row.addresses[0];
  const asked = useExplanation(caseId, address === undefined ? null : { kind: 'address', key: address }, revision);
  const laws = (asked.data?.laws ?? []).filter(({ country }) => country === row.key);
  if (laws.length === 0) return null;
  return (
    <PanelPart title="Law that may reach it">
      <Laws list={laws} />
    </PanelPart>
  );
}

/** All that is known of a row: its sums, what explains it, where each address is by every source, its hosts and its contacts. */
export function DestinationPanel(props: DestinationPanelProps): ReactNode {
  const { caseId, by, row, filter, revision, onGo, onEvent, onClose } = props;
  const own = filterOf(by, row);
  const all = own === null ? null : { ...filter, ...own };
  const subject = subjectOf(by, row.key);
  return (
    <SidePanel
      label={`Destination ${row.name}`}
      title={<span dir="auto">{row.name}</span>}
      under={`${groupWords[by].one}${by === 'country' || by === 'state' ? ` ${row.key ?? ''}` : ''} · ${groupedNumber(row.contacts)} ${row.contacts === 1 ? 'contact' : 'contacts'}`}
      onClose={onClose}
    >
      <PanelPart title="What was seen">
        <Summed row={row} />
        {all === null ? (
          <p className="faint dest-note">No filter selects what is not known, or what stays in inner networks.</p>
        ) : (
          <p className="panel-act dest-acts">
            <Button
              icon={<ChartNoAxesGantt className="icon" />}
              onPress={() =>
                go('timeline', { by: by === 'country' || by === 'organisation' ? by : 'host', ...writeFilter(all) })
              }
            >
              Show in timeline
            </Button>
            <Button icon={<ListFilter className="icon" />} onPress={() => onGo({ filter: all, row: undefined })}>
              Filter by it
            </Button>
          </p>
        )}
      </PanelPart>
      {subject === null ? null : <ExplanationParts caseId={caseId} subject={subject} revision={revision} />}
      <PanelPart title="Known of it" note="by lists and databases">
        <Known row={row} />
      </PanelPart>
      {by === 'country' || by === 'state' ? <CountryLaws caseId={caseId} row={row} revision={revision} /> : null}
      {by === 'host' ? null : (
        <Names title="Hosts" list={row.hosts} count={row.hostCount} onOpen={(key) => onGo({ by: 'host', row: key })} />
      )}
      {by === 'address' ? null : (
        <Names
          title="Addresses"
          list={row.addresses}
          count={row.addressCount}
          onOpen={(key) => onGo({ by: 'address', row: key })}
        />
      )}
      {all === null ? null : (
        <EventList
          caseId={caseId}
          of={row.name}
          filter={{ ...all, kind: 'contact' }}
          kinds={false}
          revision={revision}
          onEvent={onEvent}
          empty={{ all: 'No contact passes these filters.', contact: 'No contact passes these filters.' }}
        />
      )}
    </SidePanel>
  );
}
