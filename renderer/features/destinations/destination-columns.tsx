import { countryName } from '../../../shared/text/country-names.ts';
import { groupedNumber } from '../../../shared/timeline/formats.ts';
import type { DestinationBy, DestinationRow } from '../../../shared/types/destination.ts';
import { Amount } from '../../ui/Amount.tsx';
import type { Column } from '../../ui/columns.ts';
import { Moment } from '../../ui/Moment.tsx';
import { firstOf, groupWords, optionalWord } from './group-words.ts';

type Read<T> = (row: DestinationRow) => T;

const byText =
  (read: Read<string | null>): Column<DestinationRow>['order'] =>
  (a, b) => {
    const [left, right] = [read(a), read(b)];
    if (left === right) return 0;
    if (left === null) return 1;
    if (right === null) return -1;
    return left.localeCompare(right);
  };
/** What is not known stands below nothing. */
const byNumber =
  (read: Read<number | null>): Column<DestinationRow>['order'] =>
  (a, b) =>
    (read(a) ?? -1) - (read(b) ?? -1);

const Unknown = () => (
  <span className="faint">
    <span aria-hidden="true">–</span>
    <span className="unseen">not known</span>
  </span>
);

/** Two letters a country, their names on hovering and for those who listen. */
export function Codes({ codes }: { codes: readonly string[] }) {
  if (codes.length === 0) return <Unknown />;
  const names = codes.map(countryName).join(', ');
  return (
    <span title={names}>
      <span aria-hidden="true">{codes.join(' ')}</span>
      <span className="unseen">{names}</span>
    </span>
  );
}

/** A name and the state that can command it. */
function Commanded({ names, states }: { names: readonly string[]; states: readonly string[] }) {
  const text = firstOf(names);
  if (text === null && states.length === 0) return <Unknown />;
  return (
    <span className="dest-pair" title={names.join(', ')}>
      <span className="cut" dir="auto">
        {text ?? <Unknown />}
      </span>
      {states.length === 0 ? null : (
        <span className="chip chip-quiet dest-state" title={`State: ${states.map(countryName).join(', ')}`}>
          <span className="unseen">state: </span>
          {states.join(' ')}
        </span>
      )}
    </span>
  );
}

/** Whether a user can switch a service off, in a word or two. */
function OptionalChip({ optional }: { optional: boolean | null }) {
  if (optional !== null)
    return (
      <span className={optional ? 'chip chip-info' : 'chip chip-quiet'}>{optional ? 'optional' : 'not optional'}</span>
    );
  return (
    <span className="chip chip-quiet" title="Whether a user can switch it off is not known">
      optional?<span className="unseen"> not known</span>
    </span>
  );
}

function Services({ list }: { list: DestinationRow['services'] }) {
  const [first, ...others] = list;
  if (first === undefined) return <Unknown />;
  return (
    <span
      className="dest-pair"
      title={list.map(({ name, optional }) => `${name}: optional ${optionalWord(optional)}`).join('; ')}
    >
      <span className="cut">
        {first.name}
        {others.length > 0 ? ` + ${others.length}` : ''}
      </span>
      <OptionalChip optional={first.optional} />
    </span>
  );
}

const amount = (key: 'sent' | 'received', title: string, hint: string): Column<DestinationRow> => ({
  key,
  title,
  hint,
  rem: 4.75,
  number: true,
  cell: (row) => <Amount bytes={row[key]} />,
  order: byNumber((row) => row[key]),
});

const time = (key: 'first' | 'last', title: string, hint: string): Column<DestinationRow> => ({
  key,
  title,
  hint,
  rem: 9,
  cell: (row) => <Moment iso={row[key]} />,
  order: byText((row) => row[key]),
});

function nameColumn(by: DestinationBy): Column<DestinationRow> {
  return {
    key: 'name',
    title: groupWords[by].one,
    rem: 12,
    grow: 3,
    cell: (row) => (
      <span className="dest-pair">
        <span className={row.key === null ? 'cut faint' : 'cut'} dir="auto" title={row.name}>
          {row.name}
        </span>
        {row.disputed > 0 ? (
          <span className="chip chip-warn" title={`Sources disagree about the place of ${groupedNumber(row.disputed)}`}>
            disputed
          </span>
        ) : null}
      </span>
    ),
    order: byText((row) => row.name),
  };
}

const sent = amount('sent', 'Sent', 'Bytes of captured frames from the phone; not told by looks at connections');
const received = amount(
  'received',
  'Received',
  'Bytes of captured frames to the phone; not told by looks at connections',
);
const contacts: Column<DestinationRow> = {
  key: 'contacts',
  title: 'Contacts',
  hint: 'How often a connection was seen or captured',
  rem: 5,
  number: true,
  cell: (row) => groupedNumber(row.contacts),
  order: byNumber((row) => row.contacts),
};
const countries: Column<DestinationRow> = {
  key: 'countries',
  title: 'In',
  hint: 'Countries of the addresses, by the databases named below',
  rem: 4.5,
  grow: 0.5,
  cell: (row) => <Codes codes={row.countries} />,
  order: byText((row) => firstOf(row.countries, 99)),
};
const operator: Column<DestinationRow> = {
  key: 'operator',
  title: 'Operator, its state',
  hint: 'Who runs the network of the addresses, and the state whose law can command it: a fact apart from the place',
  rem: 11,
  grow: 2,
  cell: (row) => <Commanded names={row.operators} states={row.operatorStates} />,
  order: byText((row) => firstOf(row.operators, 99)),
};
const owner: Column<DestinationRow> = {
  key: 'owner',
  title: 'Owner, its state',
  hint: 'Whose the host names are, and the state whose law can command the owner',
  rem: 9,
  grow: 2,
  cell: (row) => <Commanded names={row.owners} states={row.ownerStates} />,
  order: byText((row) => firstOf(row.owners, 99)),
};
const services: Column<DestinationRow> = {
  key: 'services',
  title: 'Services',
  hint: 'Known services behind hosts or apps, and whether a user can switch them off',
  rem: 12,
  grow: 2,
  cell: (row) => <Services list={row.services} />,
  order: byText((row) => row.services[0]?.name ?? null),
};
const optional: Column<DestinationRow> = {
  key: 'optional',
  title: 'Optional',
  hint: 'Whether a user can switch the service off, as far as a source says',
  rem: 5.5,
  cell: ({ services: [own] }) => (own === undefined ? <Unknown /> : optionalWord(own.optional)),
  order: byText(({ services: [own] }) => (own === undefined ? null : optionalWord(own.optional))),
};
const trackers: Column<DestinationRow> = {
  key: 'trackers',
  title: 'Trackers',
  hint: 'Owners of hosts that are known to follow people across apps',
  rem: 6,
  grow: 1,
  cell: (row) => <span title={row.trackers.join(', ')}>{firstOf(row.trackers) ?? <Unknown />}</span>,
  order: byText((row) => row.trackers[0] ?? null),
};
const apps: Column<DestinationRow> = {
  key: 'apps',
  title: 'Apps',
  hint: 'Apps that were in contact, as far as a source names them',
  rem: 8,
  grow: 2,
  cell: (row) => (
    <span dir="auto" title={row.apps.join(', ')}>
      {firstOf(row.apps) ?? <Unknown />}
    </span>
  ),
  order: byNumber((row) => row.apps.length),
};
const first = time('first', 'First', 'Begin of the first contact');
const last = time('last', 'Last', 'End of the last contact');

/**
 * The columns for rows of a kind: amounts stand near the name, what the name says already is left out. `bytes`: some source tells
 * them; looks at connections do not.
 */
export function columnsBy(by: DestinationBy, bytes: boolean): Column<DestinationRow>[] {
  return [
    nameColumn(by),
    ...(by === 'country' ? [] : [countries]),
    ...(bytes ? [sent, received] : []),
    contacts,
    operator,
    owner,
    by === 'service' ? optional : services,
    apps,
    trackers,
    first,
    last,
  ];
}
