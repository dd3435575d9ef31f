import { microsOf } from '../../../../shared/base/time.ts';
import type { DestinationRow } from '../../../../shared/types/destination.ts';
import type { AtStake, Candidate, Explanation, Reason } from '../../../../shared/types/explanation.ts';
import type { ReportDestinations } from '../destination-data.ts';
import { destinationWording as words } from '../destination-wording.ts';
import { type Block, type Cell, cell, heading, type Line, line, para, small, user } from '../document.ts';
import { bytes, grouped } from '../format.ts';
import { wording } from '../wording.ts';
import type { Zone } from '../zone.ts';
import type { SectionMaker } from './section.ts';

const MOST_REASONS = 4;

const reasonLine = ({ text, evidence, source }: Reason): Line => {
  const rest = [evidence, source].filter((one) => one !== null);
  return small(user(text), rest.length === 0 ? '' : ` (${rest.join('; ')})`);
};

function serviceCell({ service }: Candidate): Cell {
  return [line(service.name), small(words.vendor(service.vendor)), small(service.purpose)];
}

function optionalCell({ service, on }: Candidate): Cell {
  const { optional, optionalBasis, switchOff } = service;
  return [
    line(`${words.optional[optional === null ? 'unknown' : optional ? 'yes' : 'no']}`),
    ...(optionalBasis === null ? [] : [small(words.basis[optionalBasis] ?? optionalBasis)]),
    small(`${words.columns.on}: ${words.on[on]}`),
    ...(switchOff === null
      ? []
      : [small(`${words.switchOff} ${switchOff.how} (${words.basis[switchOff.basis] ?? switchOff.basis})`)]),
  ];
}

function whyCell(candidate: Candidate): Cell {
  const against = candidate.against.slice(0, MOST_REASONS);
  return [
    ...candidate.for.slice(0, MOST_REASONS).map(reasonLine),
    ...(against.length === 0 ? [] : [small(words.against), ...against.map(reasonLine)]),
  ];
}

function seenCell(row: DestinationRow | undefined): Cell {
  if (!row) return cell(wording.none);
  return [
    line(user(row.apps.slice(0, 3).join(', '))),
    ...row.hosts.slice(0, 3).map((host) => small(user(host))),
    ...(row.sent === null ? [] : [small(`${bytes(row.sent)} ${wording.tiles.sent.toLowerCase()}`)]),
  ];
}

const stakeLine = (one: AtStake, zone: Zone): Line => {
  const used = one.lastUsed === null ? '' : words.lastUsed(zone.time(microsOf(one.lastUsed) ?? 0), one.evidence);
  const after =
    one.followedBy === null
      ? ''
      : one.followedBy.seconds < 1
        ? words.withinInterval(bytes(one.followedBy.sent), one.followedBy.event)
        : words.followed(bytes(one.followedBy.sent), grouped(Math.round(one.followedBy.seconds)), one.followedBy.event);
  return small(`${one.category}${used}${after}`);
};

/** What others published of the services, and what was announced of their servers: never mixed with what was seen. */
function saidBlocks(candidates: readonly Candidate[]): Block[] {
  const items = candidates.flatMap(({ service }) => [
    ...service.published.map((one) => words.published(service.name, one.date, one.by, one.says)),
    ...service.announced.map((one) => words.announced(service.name, one.date, one.by, one.plan, one.due)),
  ]);
  if (items.length === 0) return [];
  return [
    heading(words.saidTitle),
    para(words.saidIntro),
    { kind: 'items', items: [...new Set(items)].map((text) => [text]) },
  ];
}

/** What apps may read, those that were seen to read it first. */
function stakeBlocks({ atStake }: ReportDestinations, zone: Zone): Block[] {
  if (atStake.length === 0) return [];
  const { columns } = words;
  return [
    heading(words.stakeTitle),
    para(words.stakeIntro),
    {
      kind: 'table',
      columns: [
        { title: columns.apps, width: 44 },
        { title: columns.used, width: 'rest' },
        { title: columns.may, width: 52 },
      ],
      rows: atStake.map(({ app, rows }) => {
        const used = rows.filter((one) => one.lastUsed !== null);
        const may = [...new Set(rows.filter((one) => one.lastUsed === null).map((one) => one.category))];
        return [
          cell(user(app)),
          used.length === 0 ? cell(wording.none) : used.map((one) => stakeLine(one, zone)),
          may.length === 0 ? cell(wording.none) : [small(may.join(', '))],
        ];
      }),
    },
  ];
}

/** The candidate that is the service itself, of an explanation of a service. */
export function ownCandidate(explained: Explanation): Candidate | undefined {
  return explained.candidates.find(({ service }) => service.id === explained.subject.key);
}

export const services: SectionMaker = {
  id: 'services',
  title: wording.sections.services,
  required: false,
  make({ destinations }, zone) {
    const rows = destinations.explained.flatMap((one) => {
      const candidate = ownCandidate(one);
      return candidate ? [{ candidate, row: destinations.services.find(({ key }) => key === one.subject.key) }] : [];
    });
    if (rows.length === 0) return [para(words.servicesNone), ...stakeBlocks(destinations, zone)];
    const { columns } = words;
    const table: Block = {
      kind: 'table',
      columns: [
        { title: columns.service, width: 'rest' },
        { title: columns.optional, width: 34 },
        { title: columns.data, width: 26 },
        { title: columns.why, width: 62 },
        { title: columns.seen, width: 28 },
      ],
      rows: rows.map(({ candidate, row }) => [
        serviceCell(candidate),
        optionalCell(candidate),
        candidate.service.data.length === 0 ? cell(words.notKnown) : candidate.service.data.map((one) => small(one)),
        whyCell(candidate),
        seenCell(row),
      ]),
    };
    const said = saidBlocks(rows.map(({ candidate }) => candidate));
    return [para(words.servicesIntro), table, ...said, ...stakeBlocks(destinations, zone)];
  },
};
