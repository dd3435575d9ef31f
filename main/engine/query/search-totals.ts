import type { SearchGroup } from '../../../shared/types/search.ts';
import type { ReadCase } from '../ports/case-handle.ts';
import { destinationTables, ownerId } from './destination-columns.ts';

/** Contacts with the bytes that captures tell of them; null: no source tells any. `more`: there are more than these, and no bytes. */
export interface ContactTotals {
  readonly contacts: number;
  readonly sent: number | null;
  readonly received: number | null;
  readonly more: boolean;
}

/** Up to so many contacts of a case are added up once, for all that can be found; beyond it, only those of what was found. */
const ADDED_AT_ONCE = 20_000;
/** So many contacts of one host or address are added up while somebody types. */
const ADDED_EACH = 5000;
export const noTotals: ContactTotals = { contacts: 0, sent: null, received: null, more: false };

type Kind = 'host' | 'address' | 'app' | 'country' | 'organisation' | 'service' | 'network';

/** Totals of contacts by what they lead to; those of a large case only by host, address and app. */
export interface Totals {
  /** Null: not counted here. */
  of(kind: Kind, key: string): Promise<ContactTotals | null>;
  /** What ranks things of a kind among each other: bytes and contacts, as far as they are known without asking. */
  weight(group: SearchGroup, key: string): number;
  /** Look-ups of a name; null: not counted here. */
  lookUps(name: string): number | null;
  /** Bytes that the phone counted of an app, or over a network; null: not added up here. */
  counted(by: CountedBy, key: string): Bytes | null;
}

interface PairRow {
  readonly host: string | null;
  readonly address: string;
  readonly uid: number | null;
  readonly country: string | null;
  readonly owner: string | null;
  readonly operator: string | null;
  readonly service: string | null;
  readonly network: string | null;
  readonly contacts: number;
  readonly sent: number | null;
  readonly received: number | null;
}

const plus = (a: number | null, b: number | null) => (b === null ? a : (a ?? 0) + b);

/** All contacts of a case, added up by each thing that they lead to. An organisation has those that it owns and those over its networks. */
async function contactsOfAll(read: ReadCase): Promise<ReadonlyMap<string, ContactTotals>> {
  const rows = await read.all<PairRow>(
    `SELECT ho.name host, c.remote_ip address, c.uid, CASE WHEN ad.scope = 'public' THEN ad.country END country, ${ownerId} owner,
       coalesce(ad.organisation, 'AS' || ad.asn) operator, coalesce(ho.service, a.service_id) service, n.key network,
       count(*) contacts, sum(c.sent) sent, sum(c.received) received
     FROM contact c ${destinationTables} LEFT JOIN app a ON a.uid = c.uid LEFT JOIN network n ON n.id = c.network
     GROUP BY ho.id, c.remote_ip, c.uid, c.network`,
  );
  const sums = new Map<string, ContactTotals>();
  for (const row of rows) {
    const keys = new Set(
      [
        row.host !== null && `host ${row.host}`,
        `address ${row.address}`,
        row.uid !== null && `app ${row.uid}`,
        row.country !== null && `country ${row.country}`,
        row.owner !== null && `organisation ${row.owner}`,
        row.operator !== null && `organisation ${row.operator}`,
        row.service !== null && `service ${row.service}`,
        row.network !== null && `network ${row.network}`,
      ].filter((key) => key !== false),
    );
    for (const key of keys) {
      const sum = sums.get(key) ?? noTotals;
      sums.set(key, {
        contacts: sum.contacts + row.contacts,
        sent: plus(sum.sent, row.sent),
        received: plus(sum.received, row.received),
        more: false,
      });
    }
  }
  return sums;
}

const someContacts: Partial<Readonly<Record<Kind, string>>> = {
  address: 'SELECT sent, received FROM contact WHERE remote_ip = ?',
  app: 'SELECT sent, received FROM contact WHERE uid = CAST(? AS INTEGER)',
};

/** Contacts of one thing, as many as can be added up while somebody types. */
async function contactsOf(read: ReadCase, kind: Kind, key: string): Promise<ContactTotals | null> {
  const rows = someContacts[kind];
  if (rows === undefined) return null;
  const sum = await read.get<{ contacts: number; sent: number | null; received: number | null }>(
    `SELECT count(*) contacts, sum(sent) sent, sum(received) received FROM (${rows} LIMIT ${ADDED_EACH + 1})`,
    [key],
  );
  if (!sum) return null;
  return sum.contacts > ADDED_EACH
    ? { contacts: ADDED_EACH, sent: null, received: null, more: true }
    : { ...sum, more: false };
}

interface Bytes {
  readonly sent: number;
  readonly received: number;
}

const nothing: Bytes = { sent: 0, received: 0 };

/** What lanes of the phone's own history can be by that a search finds. */
export type CountedBy = 'app' | 'network';

/** Counted bytes of every lane over all times, as the timeline answers them; null: a large case has no rollups to answer from. */
export type LaneBytes = (by: CountedBy) => Promise<readonly (Bytes & { readonly key: string })[] | null>;

/** Up to so many intervals are added up without rollups. */
const INTERVALS_AT_ONCE = 200_000;

/** Whether the case has no more intervals than can be added up at once. */
export async function fewIntervals(read: ReadCase): Promise<boolean> {
  return (await read.get(`SELECT 1 FROM volume LIMIT 1 OFFSET ${INTERVALS_AT_ONCE}`)) === undefined;
}

/** Totals for what is found. What was added up once is remembered as long as the answer lives. */
export async function loadTotals(read: ReadCase, lanes: LaneBytes): Promise<Totals> {
  const some = (table: string) => `(SELECT count(*) FROM (SELECT 1 FROM ${table} LIMIT ${ADDED_AT_ONCE + 1}))`;
  const size = await read.get<{ contacts: number; lookUps: number }>(
    `SELECT ${some('contact')} contacts, ${some('lookup')} lookUps`,
  );
  const few = (size?.contacts ?? 0) <= ADDED_AT_ONCE;
  const all = few ? await contactsOfAll(read) : null;
  const counted = new Map<string, Bytes>();
  let added = true;
  for (const by of ['app', 'network'] as const) {
    const told = await lanes(by);
    added &&= told !== null;
    for (const { key, sent, received } of told ?? []) counted.set(`${by} ${key}`, { sent, received });
  }
  const asked =
    (size?.lookUps ?? 0) <= ADDED_AT_ONCE
      ? new Map(
          (
            await read.all<{ name: string; n: number }>(
              `SELECT lower(name) name, count(*) n FROM lookup GROUP BY lower(name)`,
            )
          ).map(({ name, n }) => [name, n]),
        )
      : null;
  const known = new Map<string, Promise<ContactTotals | null>>();
  return {
    async of(kind, key) {
      if (all) return all.get(`${kind} ${key}`) ?? noTotals;
      const place = `${kind} ${key}`;
      const sum = known.get(place) ?? contactsOf(read, kind, key);
      known.set(place, sum);
      return sum;
    },
    counted: (by, key) => (added ? (counted.get(`${by} ${key}`) ?? nothing) : null),
    weight(group, key) {
      const place = `${group} ${key}`;
      const sum = group === 'app' || group === 'network' ? counted.get(place) : all?.get(place);
      const contacts = all?.get(place)?.contacts ?? 0;
      return (sum?.sent ?? 0) + (sum?.received ?? 0) + contacts;
    },
    lookUps: (name) => (asked ? (asked.get(name) ?? 0) : null),
  };
}
