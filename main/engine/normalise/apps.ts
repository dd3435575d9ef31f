import { appIdOf, uidOf, userOf } from '../../../shared/base/uid.ts';
import { systemName } from './system-uids.ts';

/** What one source said of one package; `order` rises with the time of saying. */
export interface PackageSaid {
  readonly order: number;
  readonly name: string;
  readonly user: number | null;
  readonly appId: number | null;
  readonly label: string | null;
  readonly installer: string | null;
  readonly system: boolean | null;
  readonly installed: boolean | null;
  readonly firstInstall: string | null;
  readonly sharedUser: string | null;
}

export interface App {
  readonly uid: number;
  readonly user: number | null;
  readonly name: string;
  readonly kind: 'app' | 'system' | 'removed' | 'tethering' | 'unknown';
  readonly packages: readonly string[];
  readonly preinstalled: boolean | null;
  readonly installer: string | null;
  readonly firstInstall: string | null;
}

const FIRST_APP = 10_000;
const SANDBOX_FROM = 20_000;
const SANDBOX_TO = 29_999;
const APP_SPAN = 10_000;

/** Later sayings win field by field, and silence never overwrites a word. */
function merged(sayings: readonly PackageSaid[]): PackageSaid {
  const sorted = [...sayings].sort((a, b) => a.order - b.order);
  return sorted.reduce((known, next) => ({
    order: next.order,
    name: next.name,
    user: next.user ?? known.user,
    appId: next.appId ?? known.appId,
    label: next.label ?? known.label,
    installer: next.installer ?? known.installer,
    system: next.system ?? known.system,
    installed: next.installed ?? known.installed,
    firstInstall: next.firstInstall ?? known.firstInstall,
    sharedUser: next.sharedUser ?? known.sharedUser,
  }));
}

function nameOf(uid: number, packages: readonly PackageSaid[]): string {
  const appId = appIdOf(uid);
  const system = systemName(appId);
  if (system && appId < FIRST_APP) return system;
  const sharedBy = packages.length > 1 ? packages.find((one) => one.sharedUser)?.sharedUser : null;
  const labelled = packages.filter((one) => one.label);
  const first = labelled[0] ?? packages[0];
  if (!first) return system ?? `uid ${uid}`;
  const own = first.label ?? first.name;
  if (packages.length === 1) return own;
  return sharedBy && !first.label ? sharedBy : `${own} and ${packages.length - 1} more`;
}

function kindOf(uid: number, known: boolean): App['kind'] {
  if (uid === -4) return 'removed';
  if (uid === -5) return 'tethering';
  const appId = appIdOf(uid);
  if (appId >= 0 && appId < FIRST_APP) return 'system';
  return known ? 'app' : 'unknown';
}

/**
 * One row a uid: all that have traffic and all that have packages. A package that was said for all users alike is taken
 * for the users that are known; a package that no source says a uid of has no row.
 */
export function appsOf(said: readonly PackageSaid[], uidsSeen: readonly number[], users: readonly number[]): App[] {
  const byPackage = new Map<string, PackageSaid[]>();
  for (const one of said) {
    const list = byPackage.get(one.name);
    if (list) list.push(one);
    else byPackage.set(one.name, [one]);
  }
  const byUid = new Map<number, PackageSaid[]>();
  for (const sayings of byPackage.values()) {
    const appId = sayings.findLast((one) => one.appId !== null)?.appId;
    if (appId === undefined || appId === null) continue;
    const named = new Set(sayings.flatMap((one) => (one.user === null ? [] : [one.user])));
    for (const user of named.size > 0 ? named : users.length > 0 ? users : [0]) {
      const forUser = merged(sayings.filter((one) => one.user === null || one.user === user));
      if (forUser.installed === false && !uidsSeen.includes(uidOf(user, appId))) continue;
      const uid = uidOf(user, appId);
      const list = byUid.get(uid);
      if (list) list.push(forUser);
      else byUid.set(uid, [forUser]);
    }
  }
  const uids = [...new Set([...byUid.keys(), ...uidsSeen.filter((uid) => uid !== -1)])].sort((a, b) => a - b);
  return uids.map((uid) => {
    const appId = appIdOf(uid);
    const sandboxed = appId >= SANDBOX_FROM && appId <= SANDBOX_TO;
    const owner = sandboxed ? uid - APP_SPAN : uid;
    const packages = (byUid.get(owner) ?? []).toSorted((a, b) => (a.name < b.name ? -1 : 1));
    const name = nameOf(owner, packages);
    const installs = packages.flatMap((one) => (one.firstInstall ? [one.firstInstall] : [])).sort();
    const flags = packages.flatMap((one) => (one.system === null ? [] : [one.system]));
    return {
      uid,
      user: userOf(uid),
      name: sandboxed ? `${name} (advertising sandbox)` : name,
      kind: kindOf(uid, packages.length > 0),
      packages: packages.map((one) => one.name),
      preinstalled: flags.length === 0 ? null : flags.some(Boolean),
      installer: packages.find((one) => one.installer)?.installer ?? null,
      firstInstall: installs[0] ?? null,
    };
  });
}
