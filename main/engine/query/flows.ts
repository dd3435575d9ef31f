import { masked, maskedIn } from '../../../shared/text/masked.ts';
import type { FlowView, LookUpDetail, PersonalView } from '../../../shared/types/event.ts';
import type { ReadCase } from '../ports/case-handle.ts';
import { communityIdOf } from './community-id.ts';
import { type ContactRow, withPort } from './contacts.ts';
import type { LookUpRow } from './look-ups.ts';

interface FlowRow {
  readonly opened_by_phone: number;
  readonly service: string | null;
  readonly alpn: string | null;
  readonly ja4: string | null;
  readonly encrypted_hello: number;
  readonly requests: string | null;
  readonly user_agent: string | null;
  readonly said: string | null;
  readonly personal: string | null;
  readonly app: string | null;
}

const list = <T>(text: string | null | undefined) => JSON.parse(text ?? '[]') as T[];

/**
 * What a capture tells of a contact; undefined where it was not read from one. What may identify somebody stands there with
 * its middle hidden, in all texts, unless `reveal`.
 */
export async function flowView(read: ReadCase, contact: ContactRow, reveal: boolean): Promise<FlowView | undefined> {
  if (contact.source !== 'capture') return undefined;
  const row = await read.get<FlowRow>('SELECT * FROM flow WHERE id = ?', [contact.id]);
  const personal = list<PersonalView>(row?.personal);
  const values = personal.map(({ value }) => value);
  const shown = (text: string) => (reveal ? text : maskedIn(text, values));
  return {
    service: row?.service ?? null,
    openedByPhone: row?.opened_by_phone !== 0,
    alpn: list<string>(row?.alpn),
    ja4: row?.ja4 ?? null,
    communityId: communityIdOf(
      contact.protocol,
      { ip: contact.local_ip, port: contact.local_port },
      { ip: contact.remote_ip, port: contact.remote_port },
    ),
    encryptedHello: row?.encrypted_hello === 1,
    requests: list<string>(row?.requests).map(shown),
    userAgent: row?.user_agent == null ? null : shown(row.user_agent),
    said: list<string>(row?.said).map(shown),
    personal: personal.map(({ kind, value, key }) => ({ kind, value: reveal ? value : masked(value), key })),
    masked: !reveal,
    app: row?.app ?? null,
    local: contact.local_ip === null ? null : withPort(contact.local_ip, contact.local_port),
  };
}

/** A look-up with what was asked and what came back. */
export function lookUpDetail(row: LookUpRow): LookUpDetail {
  return {
    name: row.name,
    type: row.type,
    client: row.client_ip,
    server: row.server_ip,
    answered: row.is_response === 1,
    code: row.is_response === 1 ? row.code : null,
    answers: list<LookUpDetail['answers'][number]>(row.answers),
  };
}
