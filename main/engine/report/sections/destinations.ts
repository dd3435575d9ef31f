import { countryName } from '../../../../shared/text/country-names.ts';
import type { AddressView, DestinationRow, PlaceSaid } from '../../../../shared/types/destination.ts';
import type { ReportDestinations } from '../destination-data.ts';
import { destinationWording as words } from '../destination-wording.ts';
import { type Block, type Cell, cell, code, heading, line, note, para, small, user } from '../document.ts';
import { bytes, count, grouped } from '../format.ts';
import { wording } from '../wording.ts';
import { lawBlocks } from './laws.ts';
import type { SectionMaker } from './section.ts';

const MOST_HOSTS = 120;
const MOST_ROWS = 60;
const MOST_NAMES = 4;

const size = (value: number | null) => cell(value === null ? wording.none : bytes(value));
const several = (names: readonly string[]) =>
  names.length <= MOST_NAMES
    ? names.join(', ')
    : `${names.slice(0, MOST_NAMES).join(', ')} + ${grouped(names.length - MOST_NAMES)}`;
const named = (names: readonly string[]): Cell =>
  names.length === 0 ? cell(wording.none) : cell(user(several(names)));
const withStates = (names: readonly string[], states: readonly string[]): Cell =>
  names.length === 0
    ? cell(words.notKnown)
    : [line(user(several(names))), small(states.length === 0 ? words.notKnown : states.join(', '))];

const isOutside = (row: DestinationRow) => row.key !== null && row.key !== 'inner';

function countryTable({ countries }: ReportDestinations): Block {
  const { columns } = words;
  return {
    kind: 'table',
    columns: [
      { title: columns.country, width: 'rest' },
      { title: columns.contacts, width: 18, align: 'right' },
      { title: columns.addresses, width: 19, align: 'right' },
      { title: wording.columns.sent, width: 18, align: 'right' },
      { title: wording.columns.received, width: 18, align: 'right' },
      { title: columns.network, width: 44 },
      { title: columns.owner, width: 36 },
    ],
    rows: countries.map((row) => [
      [
        line(isOutside(row) ? `${row.name} (${row.key})` : row.name),
        ...(row.disputed > 0 ? [small(words.disputed(count(row.disputed, 'address', 'addresses')))] : []),
      ],
      cell(grouped(row.contacts)),
      cell(grouped(row.addressCount)),
      size(row.sent),
      size(row.received),
      withStates(row.operators, row.operatorStates),
      withStates(row.owners, row.ownerStates),
    ]),
  };
}

function organisationTable({ organisations }: ReportDestinations): Block[] {
  const { columns } = words;
  const shown = organisations.slice(0, MOST_ROWS);
  return [
    {
      kind: 'table',
      columns: [
        { title: columns.organisation, width: 'rest' },
        { title: columns.country, width: 30 },
        { title: columns.contacts, width: 18, align: 'right' },
        { title: wording.columns.sent, width: 18, align: 'right' },
        { title: wording.columns.received, width: 18, align: 'right' },
        { title: columns.apps, width: 46 },
      ],
      rows: shown.map((row) => [
        [
          line(user(row.name)),
          small((row.ownerStates.length > 0 ? row.ownerStates : row.operatorStates).join(', ') || words.notKnown),
        ],
        cell(several(row.countries)),
        cell(grouped(row.contacts)),
        size(row.sent),
        size(row.received),
        named(row.apps),
      ]),
    },
    ...(organisations.length > shown.length
      ? [note(words.more(count(organisations.length - shown.length, 'row', 'rows')))]
      : []),
  ];
}

/** Numbers the sources as the last table of the chapter lists them. */
function sourceNumbers({ sources }: ReportDestinations): (title: string, date: string) => string {
  const numbers = new Map(sources.map((one, at) => [`${one.title} ${one.date}`, words.sourceNumber(at + 1)]));
  return (title, date) => numbers.get(`${title} ${date}`) ?? title;
}

/** The place of a host's first address, and every other source that says something else. */
function placeCell(address: AddressView | undefined, numberOf: (title: string, date: string) => string): Cell {
  if (!address?.place) return cell(words.notKnown);
  const { country, region, source, date, disputed } = address.place;
  const said = (one: PlaceSaid) =>
    words.said(words.kinds[one.kind], countryName(one.country), numberOf(one.source, one.date));
  const others = address.said.filter((one) => one.kind !== 'registration' && one.country !== country);
  const registered = address.said.find((one) => one.kind === 'registration' && one.country !== country);
  return [
    line(countryName(country)),
    small(`${region === null ? '' : `${region}; `}${numberOf(source, date)}, ${date}`),
    ...(disputed ? [small(words.disputedWith(others.map(said).join('; ')))] : []),
    ...(registered ? [small(said(registered))] : []),
  ];
}

function hostTable(found: ReportDestinations): Block[] {
  const { hosts, addresses } = found;
  const { columns } = words;
  const numberOf = sourceNumbers(found);
  const byIp = new Map(addresses.map((one) => [one.ip, one]));
  const outside = hosts.filter((row) => row.addresses.some((ip) => byIp.get(ip)?.scope === 'public'));
  const shown = outside.slice(0, MOST_HOSTS);
  return [
    {
      kind: 'table',
      columns: [
        { title: columns.host, width: 'rest' },
        { title: columns.place, width: 46 },
        { title: columns.network, width: 32 },
        { title: columns.owner, width: 26 },
        { title: columns.apps, width: 26 },
        { title: wording.columns.sent, width: 16, align: 'right' },
      ],
      rows: shown.map((row) => {
        const [first = ''] = row.addresses;
        const more = row.addressCount > 1 ? ` + ${grouped(row.addressCount - 1)}` : '';
        return [
          [line(code(row.name)), ...(row.name === first ? [] : [small(code(first), more)])],
          placeCell(byIp.get(first), numberOf),
          withStates(row.operators, row.operatorStates),
          withStates(row.owners, row.ownerStates),
          named(row.apps),
          size(row.sent),
        ];
      }),
    },
    ...(outside.length > shown.length ? [note(words.more(count(outside.length - shown.length, 'row', 'rows')))] : []),
  ];
}

function sourceBlocks({ sources }: ReportDestinations): Block[] {
  const { columns } = words;
  return [
    heading(words.sourcesTitle),
    {
      kind: 'table',
      columns: [
        { title: wording.columns.list, width: 'rest' },
        { title: columns.date, width: 26 },
        { title: wording.columns.licence, width: 36 },
      ],
      rows: sources.map((one, at) => [
        [
          line(`${words.sourceNumber(at + 1)} ${one.title}`),
          small(one.shipped ? words.shipped : words.imported, '; SHA-256 ', code(one.sha256)),
          ...(one.attribution === null ? [] : [small(one.attribution)]),
        ],
        cell(one.date),
        cell(one.licence),
      ]),
    },
  ];
}

export const destinations: SectionMaker = {
  id: 'destinations',
  title: wording.sections.destinations,
  required: false,
  make(data) {
    const found = data.destinations;
    if (found.countries.length === 0) return [para(words.none)];
    const outside = found.countries.filter(isOutside);
    const sum = (pick: (row: DestinationRow) => number) => found.countries.reduce((total, row) => total + pick(row), 0);
    return [
      para(
        words.intro(
          count(
            sum((row) => row.contacts),
            'contact',
            'contacts',
          ),
          count(
            sum((row) => row.addressCount),
            'address',
            'addresses',
          ),
          count(outside.length, 'country', 'countries'),
        ),
      ),
      para(words.proves),
      heading(words.byCountry),
      countryTable(found),
      heading(words.byOrganisation),
      ...organisationTable(found),
      heading(words.byHost),
      ...hostTable(found),
      ...lawBlocks(found.laws),
      ...sourceBlocks(found),
    ];
  },
};
