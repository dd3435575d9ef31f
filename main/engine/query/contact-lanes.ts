import { notThePeersInSql } from '../../../shared/text/host-words.ts';
import type { EventFilter } from '../../../shared/types/event.ts';
import type { ContactColumns, LaneBy } from '../../../shared/types/timeline.ts';
import type { ReadCase } from '../ports/case-handle.ts';
import { contactCondition, contactTablesFor } from './contacts.ts';
import { destinationKeys } from './destinations.ts';

/** The lane of a contact in SQL, over the aliases of `contactTables`. */
export const contactLaneColumns: Readonly<Record<LaneBy, string>> = {
  app: 'c.uid',
  network: 'n.key',
  service: destinationKeys.service,
  country: destinationKeys.country,
  organisation: destinationKeys.organisation,
  // A name that others give to a contact is a correlation: its lane stays that of the address.
  host: `CASE WHEN c.host IS NULL OR c.host_from IN (${notThePeersInSql})
    THEN c.remote_ip ELSE lower(c.host) END`,
};

interface ContactLane {
  readonly lane: string | number | null;
  readonly columns: string;
}

/** Contacts of one lane as they are drawn, and how many stand behind the marks. */
export interface LaneContacts {
  readonly lane: string | number | null;
  readonly contacts: ContactColumns;
  readonly events: number;
  readonly firstUs: number;
  readonly lastUs: number;
}

/** Address and port, the address of IPv6 in brackets, or the host where one is known. */
export const peerText = `coalesce(c.host, CASE WHEN instr(c.remote_ip, ':') > 0 THEN '[' || c.remote_ip || ']' ELSE c.remote_ip END)
  || coalesce(':' || c.remote_port, '')`;

/** A captured flow stands at its capture's clock: how far the phone's own may be from that is known by what compared the two. */
export const contactError = 'coalesce(c.error_us, abs(cap.offset_us) + cap.error_us)';

/**
 * Contacts that overlap the window, by lane. Those that begin in one drawable step and end in one are a single mark: a
 * thousand short ones in a step, or a thousand that were open all the time.
 */
export async function contactLanes(
  read: ReadCase,
  question: { by: LaneBy; fromUs: number; toUs: number; filter: EventFilter },
  stepUs: number,
): Promise<LaneContacts[]> {
  const { by, fromUs, toUs } = question;
  const condition = contactCondition({ ...question.filter, fromUs, toUs });
  if (condition.nothing) return [];
  const columns = ['f', 't', 'n', 'first', 'peer', 'sent', 'received', 'country', 'open', 'error'];
  const rows = await read.all<ContactLane>(
    `WITH mark AS (
       SELECT ${contactLaneColumns[by]} lane, min(c.from_us) f, max(c.to_us) t, count(*) n, sum(c.sent) sent, sum(c.received) received,
         max(c.open_start) + 2 * max(c.open_end) open, max(${contactError}) error,
         CASE WHEN count(DISTINCT ${peerText}) = 1 THEN max(${peerText}) END peer,
         CASE WHEN count(DISTINCT ad.country) = 1 THEN max(ad.country) END country,
         CAST(substr(min(printf('%020d%020d', c.from_us, c.id)), 21) AS INTEGER) first
       FROM ${contactTablesFor(`${contactLaneColumns[by]} ad.country ${condition.sql}`)} LEFT JOIN capture cap ON cap.id = c.section WHERE 1${condition.sql}
       GROUP BY lane, c.from_us / CAST(? AS INTEGER), c.to_us / CAST(? AS INTEGER))
     SELECT lane, json_array(${columns.map((name) => `json_group_array(${name} ORDER BY f, t)`).join(', ')}) columns
     FROM mark GROUP BY lane`,
    [...condition.params, stepUs, stepUs],
  );
  return rows.map(({ lane, columns: text }) => {
    const [from, to, count, first, peers, sent, received, country, open, error] = JSON.parse(text) as [
      number[],
      number[],
      number[],
      number[],
      (string | null)[],
      (number | null)[],
      (number | null)[],
      (string | null)[],
      number[],
      (number | null)[],
    ];
    const told = [...sent, ...received].some((bytes) => bytes !== null);
    return {
      lane,
      contacts: {
        from,
        to,
        count,
        first: first.map((id) => `c${id}`),
        peer: peers,
        country,
        ...(told && { sent, received }),
        ...(open.some((bits) => bits > 0) && { open }),
        ...(error.some((us) => us !== null) && { error }),
      },
      events: count.reduce((sum, one) => sum + one, 0),
      firstUs: from[0]!,
      lastUs: to.reduce((last, one) => Math.max(last, one)),
    };
  });
}
