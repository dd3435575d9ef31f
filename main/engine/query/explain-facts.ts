import { Failure } from '../../../shared/base/failure.ts';
import type { AppFact, ExplainFacts, HostFact, SubjectKind } from '../model/explain-facts.ts';
import type { ReadCase } from '../ports/case-handle.ts';
import { peerName, peerNameFrom } from './destination-columns.ts';
import type { Dictionary } from './dictionary.ts';
import { ownerUid } from './joins.ts';
import { phoneState } from './phone-state.ts';

/** Hosts that are named at most; those with the most bytes come first. */
const MOST_HOSTS = 60;
const MOST_ADDRESSES = 50;

interface HostRow {
  readonly name: string;
  readonly froms: string;
  readonly endpoint: string | null;
  readonly service: string | null;
  readonly confidence: HostFact['confidence'];
  readonly owner: string | null;
  readonly owner_name: string | null;
  readonly contacts: number;
  readonly bytes: number | null;
  readonly appBytes: number | null;
  readonly first: number | null;
  readonly uids: string;
}

const known = <T>(text: string) => (JSON.parse(text) as (T | null)[]).filter((one): one is T => one !== null);

/** Names of hosts by a condition over `host`, and those of the peers of contacts by one over `c` (contact). */
const namesOf = (condition: string) => `SELECT name FROM host WHERE ${condition}`;
const namesOfPeers = (condition: string) => `SELECT ${peerName} FROM contact c WHERE ${condition}`;

/** Hosts by a query for their names, with everyone who spoke to them. */
async function hostsBy(
  read: ReadCase,
  names: string,
  params: readonly (string | number)[],
  app: number | null = null,
): Promise<HostFact[]> {
  const rows = await read.all<HostRow>(
    `SELECT h.name, json_group_array(DISTINCT ${peerNameFrom}) froms, h.endpoint, h.service, h.confidence, h.owner, h.owner_name,
       count(c.id) contacts, sum(coalesce(c.sent, 0) + c.received) bytes,
       sum(CASE WHEN ${ownerUid} = ?1 THEN coalesce(c.sent, 0) + c.received END) appBytes, min(c.id) first, json_group_array(DISTINCT ${ownerUid}) uids
     FROM contact c CROSS JOIN host h ON h.name = ${peerName} WHERE ${peerName} IN (${names})
     GROUP BY h.id ORDER BY bytes DESC, contacts DESC, h.name LIMIT ${MOST_HOSTS}`,
    [app, ...params],
  );
  return rows.map((row) => ({
    name: row.name,
    from: known<string>(row.froms).sort(),
    endpoint: row.endpoint,
    service: row.service,
    confidence: row.confidence,
    owner: row.owner === null ? null : { id: row.owner, name: row.owner_name ?? row.owner },
    contacts: row.contacts,
    bytes: row.bytes,
    appBytes: row.appBytes,
    event: row.first === null ? null : `c${row.first}`,
    uids: known<number>(row.uids).sort((a, b) => a - b),
  }));
}

/** A host that was only asked for has no contact; what lists say of its name stands all the same. */
async function hostByName(read: ReadCase, name: string): Promise<HostFact[]> {
  const found = await hostsBy(read, namesOf('name = ?2'), [name]);
  if (found.length > 0) return found;
  const asked = await read.get<{ id: number; uids: string }>(
    `SELECT min(id) id, json_group_array(DISTINCT uid) uids FROM lookup WHERE lower(name) = ? HAVING min(id) IS NOT NULL`,
    [name],
  );
  const row = await read.get<Pick<HostRow, 'endpoint' | 'service' | 'confidence' | 'owner' | 'owner_name'>>(
    `SELECT endpoint, service, confidence, owner, owner_name FROM host WHERE name = ?`,
    [name],
  );
  if (!asked && !row) return [];
  return [
    {
      name,
      from: ['dns'],
      endpoint: row?.endpoint ?? null,
      service: row?.service ?? null,
      confidence: row?.confidence ?? null,
      owner: row?.owner ? { id: row.owner, name: row.owner_name ?? row.owner } : null,
      contacts: 0,
      bytes: null,
      appBytes: null,
      event: asked ? `l${asked.id}` : null,
      uids: asked ? known<number>(asked.uids) : [],
    },
  ];
}

/** Addresses by a condition over `c` (contact), those of most contacts first. The `+` keeps a scan from going by the index, row by row. */
async function addressesBy(read: ReadCase, condition: string, params: readonly (string | number)[]): Promise<string[]> {
  const rows = await read.all<{ ip: string }>(
    `SELECT c.remote_ip ip FROM contact c WHERE ${condition} GROUP BY +c.remote_ip ORDER BY count(*) DESC, c.remote_ip LIMIT ${MOST_ADDRESSES}`,
    params,
  );
  return rows.map(({ ip }) => ip);
}

interface Gathered {
  readonly name: string;
  readonly uid: number | null;
  readonly appEvent: string | null;
  readonly atUs: number | null;
  readonly hosts: HostFact[];
  readonly addresses: string[];
}

async function ofApp(read: ReadCase, app: AppFact): Promise<Gathered> {
  const volume = await read.get<{ id: number | null }>(
    `SELECT v.id FROM volume v JOIN series s ON s.id = v.series WHERE s.uid = ? AND v.counted = 1 ORDER BY v.sent DESC, v.id LIMIT 1`,
    [app.uid],
  );
  return {
    name: app.name,
    uid: app.uid,
    appEvent: volume?.id ? `v${volume.id}` : null,
    atUs: null,
    hosts: await hostsBy(read, namesOfPeers(`${ownerUid} = ?1`), [], app.uid),
    addresses: await addressesBy(read, `${ownerUid} = ?`, [app.uid]),
  };
}

/** What a subject’s event is, before anything is explained: by its letter, its app, its end, and the peer where it has one. */
async function ofEvent(read: ReadCase, id: string): Promise<Gathered> {
  const number = Number(/^[vclx]\d{1,12}$/.exec(id) ? id.slice(1) : Number.NaN);
  const missing = () =>
    new Failure('not-found', `There is no event ${id} in this case.`, 'List events to see their ids.');
  if (Number.isNaN(number)) throw missing();
  const kind = id[0];
  if (kind === 'v') {
    const row = await read.get<{ uid: number; to: number }>(
      `SELECT s.uid, v.to_us "to" FROM volume v JOIN series s ON s.id = v.series WHERE v.id = ?`,
      [number],
    );
    if (!row) throw missing();
    return { name: id, uid: row.uid, appEvent: id, atUs: row.to, hosts: [], addresses: [] };
  }
  if (kind === 'c') {
    const row = await read.get<{ uid: number | null; to: number; ip: string; host: string | null }>(
      `SELECT ${ownerUid} uid, c.to_us "to", c.remote_ip ip, ${peerName} host FROM contact c WHERE c.id = ?`,
      [number],
    );
    if (!row) throw missing();
    const hosts = row.host === null ? [] : await hostsBy(read, namesOf('name = ?2'), [row.host], row.uid);
    return { name: id, uid: row.uid, appEvent: id, atUs: row.to, hosts, addresses: [row.ip] };
  }
  if (kind === 'l') {
    const row = await read.get<{ uid: number | null; at: number; name: string }>(
      `SELECT uid, from_us at, lower(name) name FROM lookup WHERE id = ?`,
      [number],
    );
    if (!row) throw missing();
    return {
      name: id,
      uid: row.uid,
      appEvent: id,
      atUs: row.at,
      hosts: await hostByName(read, row.name),
      addresses: [],
    };
  }
  const row = await read.get<{ uid: number | null; to: number }>(`SELECT uid, to_us "to" FROM context WHERE id = ?`, [
    number,
  ]);
  if (!row) throw missing();
  return { name: id, uid: row.uid, appEvent: null, atUs: row.to, hosts: [], addresses: [] };
}

async function gather(
  read: ReadCase,
  apps: ReadonlyMap<number, AppFact>,
  kind: SubjectKind,
  key: string,
): Promise<Gathered> {
  const nobody = { uid: null, appEvent: null, atUs: null };
  switch (kind) {
    case 'event':
      return ofEvent(read, key);
    case 'app': {
      const app =
        apps.get(Number(/^-?\d{1,9}$/.test(key) ? key : Number.NaN)) ??
        [...apps.values()].find((one) => one.packages.includes(key)) ??
        [...apps.values()].find((one) => one.name === key);
      if (!app) {
        throw new Failure(
          'not-found',
          `The case knows no app “${key}”.`,
          'Name a package, a uid, or an app as it is listed.',
        );
      }
      return ofApp(read, app);
    }
    case 'host': {
      const name = key.toLowerCase().replace(/\.$/, '');
      const hosts = await hostByName(read, name);
      if (hosts.length === 0)
        throw new Failure('not-found', `The case knows no host ${key}.`, 'List hosts to see them.');
      return { ...nobody, name, hosts, addresses: await addressesBy(read, `${peerName} = ?`, [name]) };
    }
    case 'address': {
      const hosts = await hostsBy(read, namesOfPeers('c.remote_ip = ?2'), [key]);
      const addresses = await addressesBy(read, 'c.remote_ip = ?', [key]);
      if (addresses.length === 0) {
        throw new Failure('not-found', `The case knows no address ${key}.`, 'List hosts to see them.');
      }
      return { ...nobody, name: key, hosts, addresses };
    }
    case 'service': {
      const hosts = await hostsBy(read, namesOf('service = ?2'), [key]);
      const addresses = await addressesBy(read, `${peerName} IN (${namesOf('service = ?1')})`, [key]);
      return { ...nobody, name: key, hosts, addresses };
    }
  }
}

/**
 * Gathers what the case holds of a subject: its app, hosts and addresses, and what the phone said of its own state next after it.
 * Rejects with `not-found` where the case does not know the subject.
 */
export async function explainFacts(
  read: ReadCase,
  dictionary: Dictionary,
  subject: { readonly kind: SubjectKind; readonly key: string },
): Promise<ExplainFacts> {
  const apps = new Map<number, AppFact>(
    [...dictionary.apps.values()].map((row) => [
      row.uid,
      { uid: row.uid, name: row.name, packages: JSON.parse(row.packages) as string[] },
    ]),
  );
  const found = await gather(read, apps, subject.kind, subject.key);
  const app =
    found.uid === null ? null : (apps.get(found.uid) ?? { uid: found.uid, name: `uid ${found.uid}`, packages: [] });
  const captured =
    app === null
      ? undefined
      : await read.get<{ bytes: number | null }>(
          `SELECT sum(coalesce(c.sent, 0) + c.received) bytes FROM contact c WHERE ${ownerUid} = ?`,
          [app.uid],
        );
  return {
    subject: { ...subject, name: found.name },
    atUs: found.atUs,
    app,
    appEvent: found.appEvent,
    hosts: found.hosts,
    hostsCut: found.hosts.length >= MOST_HOSTS,
    addresses: found.addresses,
    capturedBytes: captured?.bytes ?? null,
    apps,
    state: await phoneState(read, found.atUs),
    stateBefore: found.atUs === null ? await phoneState(read, 0) : null,
  };
}
