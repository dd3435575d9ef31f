import type { DestinationRow } from '../../../../shared/types/destination.ts';
import type { Candidate, Explanation, Reason } from '../../../../shared/types/explanation.ts';
import { destinationWording as words } from '../destination-wording.ts';
import { type Block, type Cell, cell, type Line, line, para, small, user } from '../document.ts';
import { bytes } from '../format.ts';
import { wording } from '../wording.ts';
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
    ...(optionalBasis === null ? [] : [small(words.byMaker(optionalBasis))]),
    small(`${words.columns.on}: ${words.on[on]}`),
    ...(switchOff === null ? [] : [small(`${words.switchOff} ${switchOff.how} (${switchOff.basis})`)]),
  ];
}

function whyCell(candidate: Candidate): Cell {
  const against = candidate.against.slice(0, MOST_REASONS);
  return [
    ...candidate.for.slice(0, MOST_REASONS).map(reasonLine),
    ...(against.length === 0 ? [] : [small(words.against), ...against.map(reasonLine)]),
    ...(candidate.decides.length === 0 ? [] : [small(`${words.decides} ${candidate.decides.join('; ')}`)]),
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

/** The candidate that is the service itself, of an explanation of a service. */
export function ownCandidate(explained: Explanation): Candidate | undefined {
  return explained.candidates.find(({ service }) => service.id === explained.subject.key);
}

export const services: SectionMaker = {
  id: 'services',
  title: wording.sections.services,
  required: false,
  make({ destinations }) {
    const rows = destinations.explained.flatMap((one) => {
      const candidate = ownCandidate(one);
      return candidate ? [{ candidate, row: destinations.services.find(({ key }) => key === one.subject.key) }] : [];
    });
    if (rows.length === 0) return [para(words.servicesNone)];
    const { columns } = words;
    const table: Block = {
      kind: 'table',
      columns: [
        { title: columns.service, width: 'rest' },
        { title: columns.optional, width: 36 },
        { title: columns.data, width: 30 },
        { title: columns.why, width: 52 },
        { title: columns.host, width: 30 },
      ],
      rows: rows.map(({ candidate, row }) => [
        serviceCell(candidate),
        optionalCell(candidate),
        candidate.service.data.length === 0 ? cell(words.notKnown) : candidate.service.data.map((one) => small(one)),
        whyCell(candidate),
        seenCell(row),
      ]),
    };
    return [para(words.servicesIntro), table];
  },
};
