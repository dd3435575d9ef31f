import { type Micros, microsOf } from '../../../shared/base/time.ts';
import type { Asked, PhoneState, SyncFact } from '../model/explain-facts.ts';
import type { ReadCase } from '../ports/case-handle.ts';

interface Section {
  readonly id: number;
  readonly name: string;
  readonly evidence: string;
  readonly batch: number;
  readonly at: string;
}

const truth = (value: number | null) => (value === null ? null : value === 1);
const asked = (section: Section | undefined): Asked | null =>
  section ? { evidence: section.evidence, at: section.at } : null;

/** Sections of an artifact, oldest first. */
function sections(read: ReadCase, artifact: string): Promise<Section[]> {
  return read.all<Section>(
    `SELECT s.id, s.name, s.evidence, e.batch, e.host_before at FROM section s JOIN evidence e ON e.id = s.evidence
     WHERE s.artifact = ? AND s.records > 0 ORDER BY e.batch, s.id`,
    [artifact],
  );
}

/** Those of the batch that is nearest behind a moment; of the last batch where there is none, or no moment is given. */
function nearest(all: readonly Section[], atUs: Micros | null): Section[] {
  const behind = atUs === null ? undefined : all.find((one) => (microsOf(one.at) ?? 0) >= atUs);
  const batch = (behind ?? all.at(-1))?.batch;
  return all.filter((one) => one.batch === batch);
}

const idsOf = (list: readonly Section[]) => JSON.stringify(list.map(({ id }) => id));
const within = 'section IN (SELECT value FROM json_each(?))';

async function accountsOf(read: ReadCase, atUs: Micros | null): Promise<PhoneState['accounts']> {
  const own = nearest(await sections(read, 'accounts'), atUs);
  const types = await read.all<{ user: number | null; type: string; count: number }>(
    `SELECT user, type, count(*) count FROM phone_account WHERE ${within} AND account IS NOT NULL GROUP BY user, type ORDER BY user, type`,
    [idsOf(own)],
  );
  return { asked: asked(own.at(-1)), types };
}

async function syncsOf(read: ReadCase, atUs: Micros | null): Promise<PhoneState['syncs']> {
  const own = nearest(await sections(read, 'sync-state'), atUs);
  const rows = await read.all<Omit<SyncFact, 'enabled'> & { enabled: number | null }>(
    `SELECT user, account_type accountType, authority, enabled, syncable, last_success lastSuccess FROM sync_state
     WHERE ${within} ORDER BY id`,
    [idsOf(own)],
  );
  const said = await read.all<{ key: string; value: string }>(
    `SELECT key, value FROM property WHERE ${within} AND key LIKE 'sync.automatic.user.%' ORDER BY id`,
    [idsOf(own)],
  );
  const automatic = Object.fromEntries(said.map(({ key, value }) => [Number(key.split('.').at(-1)), value === 'true']));
  return { asked: asked(own.at(-1)), automatic, rows: rows.map((row) => ({ ...row, enabled: truth(row.enabled) })) };
}

async function settingsOf(read: ReadCase, atUs: Micros | null): Promise<PhoneState['settings']> {
  const own = nearest(await sections(read, 'settings'), atUs);
  const rows = await read.all<{ section: number; table: string; key: string; value: string; user: number | null }>(
    `SELECT section, namespace "table", key, value, user FROM setting WHERE ${within} ORDER BY id`,
    [idsOf(own)],
  );
  const byId = new Map(own.map((one) => [one.id, one]));
  return {
    asked: Object.fromEntries(
      rows.flatMap(({ table, section }) => {
        const one = asked(byId.get(section));
        return one ? [[table, one]] : [];
      }),
    ),
    rows: rows.map(({ section: _, ...row }) => row),
  };
}

async function packagesOf(read: ReadCase, atUs: Micros | null): Promise<PhoneState['packages']> {
  const all = [
    ...(await sections(read, 'package-dump')),
    ...(await sections(read, 'package-list')),
    ...(await sections(read, 'package-checkin')),
  ].sort((a, b) => a.batch - b.batch || a.id - b.id);
  const own = nearest(all, atUs);
  const rows = await read.all<{ name: string; user: number | null; installed: number | null; enabled: number | null }>(
    `SELECT name, user, max(installed) installed, min(enabled) enabled FROM package_said WHERE ${within} GROUP BY name, user ORDER BY name, user`,
    [idsOf(own)],
  );
  const byName = Map.groupBy(rows, ({ name }) => name);
  return {
    asked: asked(own.at(-1)),
    rows: new Map(
      [...byName].map(([name, list]) => {
        const said = list.filter(({ user }) => user !== null);
        return [
          name,
          (said.length > 0 ? said : list).map((row) => ({
            user: row.user,
            installed: truth(row.installed),
            enabled: truth(row.enabled),
          })),
        ];
      }),
    ),
  };
}

async function socketsOf(read: ReadCase, atUs: Micros | null): Promise<PhoneState['sockets']> {
  const own = nearest(await sections(read, 'proc-net-sockets'), atUs);
  const open = await read.all<{ uid: number | null; port: number; event: string }>(
    `SELECT uid, remote_port port, 'c' || min(id) event FROM contact
     WHERE ${within} AND remote_port > 0 AND state LIKE '%established%' GROUP BY uid, remote_port ORDER BY min(id)`,
    [idsOf(own)],
  );
  return { asked: asked(own.at(-1)), open };
}

/**
 * What the phone said of its own state when it was asked next after a moment, else when it was asked last. `atUs` null: the last.
 */
export async function phoneState(read: ReadCase, atUs: Micros | null): Promise<PhoneState> {
  const maker = await read.get<{ value: string }>(
    `SELECT value FROM property WHERE key = 'ro.product.manufacturer' ORDER BY id DESC LIMIT 1`,
  );
  return {
    maker: maker?.value ?? null,
    accounts: await accountsOf(read, atUs),
    syncs: await syncsOf(read, atUs),
    settings: await settingsOf(read, atUs),
    packages: await packagesOf(read, atUs),
    sockets: await socketsOf(read, atUs),
  };
}
