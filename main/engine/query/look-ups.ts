import { isoOf } from '../../../shared/base/time.ts';
import type { EventFilter, EventView } from '../../../shared/types/event.ts';
import type { ReadCase } from '../ports/case-handle.ts';
import { Clauses, type Condition } from './clauses.ts';
import type { Dictionary } from './dictionary.ts';
import { appFields, nobody } from './event-fields.ts';

export interface LookUpRow {
  readonly id: number;
  readonly section: number;
  readonly from_us: number;
  readonly uid: number | null;
  readonly client_ip: string;
  readonly server_ip: string;
  readonly name: string;
  readonly type: string;
  readonly is_response: number;
  readonly code: number;
  readonly answers: string | null;
  readonly offset: number | null;
}

/** The joins that the aliases of a look-up's condition need: l (lookup), a (app). */
export const lookUpTables = 'lookup l LEFT JOIN app a ON a.uid = l.uid';

/** Turns a filter into SQL over look-ups. They carry no bytes, so a filter on bytes or networks lets none through. */
export function lookUpCondition(filter: EventFilter): Condition {
  const clauses = new Clauses(filter);
  clauses.span('l.from_us >=', 'l.from_us <');
  clauses.app('l.uid');
  clauses.text(['a.name', 'a.packages', 'l.name', 'l.answers']);
  if (filter.host !== undefined) clauses.add('(l.name = ? OR l.server_ip = ?)', filter.host, filter.host);
  const nothing =
    filter.country !== undefined ||
    filter.state !== undefined ||
    filter.organisation !== undefined ||
    filter.network !== undefined ||
    filter.service !== undefined ||
    filter.direction !== undefined ||
    filter.minBytes !== undefined ||
    filter.countedOnly === true ||
    filter.backgroundOnly === true ||
    filter.optionalOnly === true ||
    (filter.kind !== undefined && filter.kind !== 'lookup');
  return clauses.condition(nothing);
}

/** A look-up in the words of the contract: the peer is the name server, the host what it was asked for. */
export function lookUpView(row: LookUpRow, dictionary: Dictionary): EventView {
  const section = dictionary.sections.get(row.section);
  return {
    id: `l${row.id}`,
    kind: 'lookup',
    from: isoOf(row.from_us),
    to: isoOf(row.from_us),
    errorUs: null,
    ...nobody,
    ...(row.uid === null ? {} : appFields(row.uid, dictionary)),
    remote: { ip: row.server_ip, port: 53, protocol: 'dns', host: row.name, hostFrom: 'dns' },
    evidence: { id: section?.evidence ?? '', section: section?.name ?? '', line: null, offset: row.offset },
    counted: false,
  };
}

/** One look-up by its number, or undefined. */
export async function lookUpRow(read: ReadCase, id: number): Promise<LookUpRow | undefined> {
  return read.get<LookUpRow>('SELECT * FROM lookup WHERE id = ?', [id]);
}

/** Why a look-up is in no sum. */
export const lookUpWords = 'A question to a name server, or its answer, carries no counted bytes.';
