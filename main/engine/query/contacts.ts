import { isoOf } from '../../../shared/base/time.ts';
import type { EventFilter, EventView } from '../../../shared/types/event.ts';
import type { ReadCase } from '../ports/case-handle.ts';
import { Clauses, type Condition } from './clauses.ts';
import {
  type DestinationColumns,
  destinationColumns,
  destinationFields,
  destinationTables,
  destinationTablesFor,
  peerName,
} from './destination-columns.ts';
import type { Dictionary } from './dictionary.ts';
import { appFields, directionOf, networkField, nobody } from './event-fields.ts';
import { correlated, joinColumns } from './joins.ts';

export interface ContactRow extends DestinationColumns {
  readonly id: number;
  readonly section: number;
  readonly source: string;
  readonly uid: number | null;
  readonly from_us: number;
  readonly to_us: number;
  readonly error_us: number | null;
  readonly open_start: number;
  readonly open_end: number;
  readonly protocol: string;
  readonly local_ip: string | null;
  readonly local_port: number | null;
  readonly remote_ip: string;
  readonly remote_port: number | null;
  readonly state: string | null;
  readonly host: string | null;
  readonly host_from: string | null;
  readonly network: number | null;
  readonly sent: number | null;
  readonly received: number | null;
  readonly sent_packets: number | null;
  readonly received_packets: number | null;
  readonly line: number | null;
  readonly offset: number | null;
  /** What others say of it, as `joinColumns` asks for it. */
  readonly owners: string;
  readonly names: string;
  readonly networks: string;
}

/** The joins that the aliases of a contact's condition need: c (contact), n (network), a (app), and those of where it leads. */
export const contactTables = `contact c LEFT JOIN network n ON n.id = c.network LEFT JOIN app a ON a.uid = c.uid ${destinationTables}`;

/** The same with those of where it leads that some SQL names: for sums over all contacts. */
export const contactTablesFor = (sql: string): string =>
  `contact c LEFT JOIN network n ON n.id = c.network LEFT JOIN app a ON a.uid = c.uid ${destinationTablesFor(sql)}`;

/** What a view of a contact is made from. */
export const contactColumns = `c.*, ${joinColumns}, ${destinationColumns}`;

/**
 * Turns a filter into SQL over contacts. Times select what overlaps [fromUs, toUs), a moment where it lies inside. What a contact
 * does not know, such as bytes of a socket, no filter on it lets through; and none is counted in a sum.
 */
export function contactCondition(filter: EventFilter): Condition {
  const clauses = new Clauses(filter);
  clauses.span('c.to_us >=', 'c.from_us <');
  clauses.app('c.uid');
  clauses.text([
    'a.name',
    'a.packages',
    'a.service_name',
    'c.remote_ip',
    'c.host',
    'ho.name',
    'ho.service_name',
    'ho.owner_name',
    'ad.organisation_name',
    'ad.network_name',
  ]);
  clauses.direction('c');
  clauses.network();
  clauses.destination();
  // The server of that name, and the name server that was asked for it.
  if (filter.host !== undefined)
    clauses.add(`(c.remote_ip = ? OR c.host = ? OR ${peerName} = ?)`, filter.host, filter.host, filter.host);
  if (filter.minBytes !== undefined) {
    clauses.add(
      '(c.sent IS NOT NULL OR c.received IS NOT NULL) AND coalesce(c.sent, 0) + coalesce(c.received, 0) >= ?',
      filter.minBytes,
    );
  }
  const nothing =
    filter.countedOnly === true ||
    filter.backgroundOnly === true ||
    (filter.kind !== undefined && filter.kind !== 'contact');
  return clauses.condition(nothing);
}

/** A contact in the words of the contract. */
export function contactView(row: ContactRow, dictionary: Dictionary): EventView {
  const section = dictionary.sections.get(row.section);
  const network = row.network === null ? undefined : dictionary.networks.get(row.network);
  const joined = correlated(row, dictionary);
  const app = row.uid === null ? null : appFields(row.uid, dictionary);
  return {
    id: `c${row.id}`,
    kind: 'contact',
    from: isoOf(row.from_us),
    to: isoOf(row.to_us),
    errorUs: row.error_us,
    ...nobody,
    ...app,
    ...destinationFields(row, app?.service ?? null),
    direction: directionOf(row.sent, row.received),
    sent: row.sent,
    received: row.received,
    sentPackets: row.sent_packets,
    receivedPackets: row.received_packets,
    network: networkField(network),
    remote: {
      ip: row.remote_ip,
      port: row.remote_port,
      protocol: row.protocol,
      host: row.host,
      hostFrom: row.host_from,
    },
    evidence: { id: section?.evidence ?? '', section: section?.name ?? '', line: row.line, offset: row.offset },
    counted: false,
    ...(joined && { correlated: joined }),
    ...(row.source === 'sockets' && {
      seen: {
        openAtFirst: row.open_start === 1,
        openAtLast: row.open_end === 1,
        state: row.state,
        local: row.local_ip === null ? null : withPort(row.local_ip, row.local_port),
      },
    }),
  };
}

/** `address:port`, the address of IPv6 in brackets. */
export const withPort = (ip: string, port: number | null): string =>
  `${ip.includes(':') ? `[${ip}]` : ip}${port === null ? '' : `:${port}`}`;

/** One contact by its number, or undefined. */
export async function contactRow(read: ReadCase, id: number): Promise<ContactRow | undefined> {
  return read.get<ContactRow>(`SELECT ${contactColumns} FROM ${contactTables} WHERE c.id = ?`, [id]);
}

/** What a contact says beyond its fields, in sentences. */
export function contactWords(row: ContactRow): string {
  const said = [
    row.source === 'capture'
      ? 'Captured packets: their bytes are those of the frames on the link, and enter no sum of the phone’s own counters.'
      : 'This is a connection and carries no counted bytes.',
  ];
  if (row.source === 'sockets') {
    said.push(
      'It is told by looks at the kernel’s list of sockets: from the first that listed it to the last that did.',
    );
  }
  if (row.open_start === 1) said.push('It was open already at the first look.');
  if (row.open_end === 1) said.push('It was still open at the last look.');
  if (row.uid === null && row.source === 'sockets') said.push('The kernel no longer said whose it was.');
  if (row.state !== null) said.push(`States seen: ${row.state}.`);
  return said.join(' ');
}
