import type { DestinationRow } from '../../../../shared/types/destination.ts';
import { destinationWording as words } from '../destination-wording.ts';
import { type Block, cell, heading, line, small, user } from '../document.ts';
import { bytes, count } from '../format.ts';
import type { ReportData } from '../report-data.ts';
import { wording } from '../wording.ts';
import { ownCandidate } from './services.ts';

const MOST = 6;

const outside = (rows: readonly DestinationRow[]) => rows.filter((row) => row.key !== null && row.key !== 'inner');
const listed = (names: readonly string[]) =>
  `${names.slice(0, MOST).join(', ')}${names.length > MOST ? ` + ${names.length - MOST}` : ''}`;

function sends({ apps, totals }: ReportData): string {
  const senders = apps.filter((app) => app.sent > 0);
  const [most] = senders;
  return most ? words.sends(count(senders.length, 'app', 'apps'), bytes(totals.sent), most.name) : words.sendsNothing;
}

function where({ destinations }: ReportData): string {
  const rows = outside(destinations.countries);
  if (rows.length === 0) return words.whereNone;
  const disputed = rows.reduce((sum, row) => sum + row.disputed, 0);
  const names = rows.map((row) => `${row.name} (${count(row.contacts, 'contact', 'contacts')})`);
  return `${words.where(listed(names))}${disputed > 0 ? words.disputedAnswer(count(disputed, 'address', 'addresses')) : ''}`;
}

function whose({ destinations }: ReportData): string {
  const rows = outside(destinations.organisations);
  if (rows.length === 0) return words.whoseNone;
  // Whose host it is where that is known, else who runs the network: the two are never mixed.
  const state = (row: DestinationRow) =>
    (row.ownerStates.length > 0 ? row.ownerStates : row.operatorStates).join(', ') || null;
  return words.whose(listed(rows.map((row) => words.withState(row.name, state(row)))));
}

function explained({ destinations }: ReportData): readonly string[] {
  const own = destinations.explained.flatMap((one) => ownCandidate(one) ?? []);
  const answer = ({ service, on }: (typeof own)[number]) =>
    words.optionalAnswer(
      service.name,
      words.optional[service.optional === null ? 'unknown' : service.optional ? 'yes' : 'no'],
      words.on[on],
    );
  return own.map(answer);
}

/** The questions that such an examination is asked, with the answer in a line each and the chapter that tells more. */
export function answers(data: ReportData): Block[] {
  const { destinations } = data;
  const { answers: questions, answerColumns: columns } = words;
  const { sections } = wording;
  const hosts = destinations.hosts.filter((row) => row.hostCount > 0).length;
  const addresses = destinations.countries.reduce((sum, row) => sum + row.addressCount, 0);
  const services = explained(data);
  const names = destinations.explained.map((one) => one.subject.name);
  const countries = new Set(destinations.laws.map((law) => law.countryName));
  const used = destinations.atStake.flatMap(({ rows }) => rows.filter((one) => one.lastUsed !== null));
  const kinds = [...new Set(used.map((one) => one.category))];
  const rows: [question: string, answers: readonly string[], chapter: string][] = [
    [questions.sends, [sends(data)], sections.apps],
    [
      questions.whom,
      [
        addresses === 0
          ? words.whomNone
          : words.whom(count(hosts, 'host', 'hosts'), count(addresses, 'address', 'addresses')),
      ],
      sections.destinations,
    ],
    [questions.where, [where(data)], sections.destinations],
    [questions.whose, [whose(data)], sections.destinations],
    [
      questions.law,
      [
        destinations.laws.length === 0
          ? words.lawsNone
          : words.law(count(destinations.laws.length, 'act', 'acts'), listed([...countries])),
      ],
      sections.destinations,
    ],
    [questions.explains, [names.length === 0 ? words.explainsNone : words.explains(listed(names))], sections.services],
    [questions.optional, services.length === 0 ? [words.explainsNone] : services.slice(0, MOST), sections.services],
    [
      questions.stake,
      [
        destinations.atStake.length === 0
          ? words.stakeNone
          : words.stake(count(destinations.atStake.length, 'app', 'apps'), listed(kinds)),
      ],
      sections.services,
    ],
    [questions.court, [words.court], sections.verify],
  ];
  return [
    heading(words.answersTitle),
    {
      kind: 'table',
      columns: [
        { title: columns.question, width: 52 },
        { title: columns.answer, width: 'rest' },
        { title: columns.chapter, width: 34 },
      ],
      rows: rows.map(([question, texts, chapter]) => [
        cell(question),
        texts.map((text) => line(user(text))),
        [small(chapter)],
      ]),
    },
  ];
}
