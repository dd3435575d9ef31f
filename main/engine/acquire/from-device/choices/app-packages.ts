import type { PhoneLook } from '../../../../../shared/types/device.ts';
import { usersIn } from '../phone-users.ts';
import { type Asking, askPhone } from './ask-phone.ts';

/** Packages of the system itself may have a name without a dot: `android`. */
const packageName = /^[A-Za-z]\w*(?:\.\w+)*$/;
const longestName = 300;
const mostApps = 5000;

/** Whether this is a name that Android gives a package. Source: PackageParser.validateName. */
export function isPackageName(name: string): boolean {
  return name.length <= longestName && packageName.test(name);
}

/** The phone's users by number, 0 where they cannot be told. */
export async function userNumbers(at: Asking): Promise<readonly number[]> {
  const { text } = await askPhone(at, 'pm list users', { mostBytes: 1024 * 1024 });
  return usersIn(text).users.map(({ id }) => id);
}

/** Packages that a user has, of the system or added to it; null where the phone does not say. */
async function listed(at: Asking, user: number, of: '-3' | '-s'): Promise<string[] | null> {
  const { text, exit } = await askPhone(at, `pm list packages ${of} --user ${user}`, { timeoutMs: 60_000 });
  const names = [...text.matchAll(/^package:(\S+)\r?$/gm)].map(([, name]) => name!).filter(isPackageName);
  return exit === 0 || names.length > 0 ? names : null;
}

/** All apps whose packages can be taken, those added to the system first, and the users about whom the phone said nothing. */
export async function installedApps(
  at: Asking,
): Promise<{ readonly apps: PhoneLook['apps']; readonly silent: readonly number[]; readonly cut: boolean }> {
  const system = new Map<string, boolean>();
  const silent: number[] = [];
  for (const user of await userNumbers(at)) {
    const added = await listed(at, user, '-3');
    const own = await listed(at, user, '-s');
    if (added === null || own === null) silent.push(user);
    for (const name of added ?? []) system.set(name, false);
    for (const name of own ?? []) if (!system.has(name)) system.set(name, true);
  }
  const all = [...system].map(([name, isSystem]) => ({ package: name, name: null, system: isSystem }));
  all.sort((a, b) => Number(a.system) - Number(b.system) || (a.package < b.package ? -1 : 1));
  return { apps: all.slice(0, mostApps), silent, cut: all.length > mostApps };
}

/** Where packages lie: data that apps are installed to, and the partitions that come with the phone. */
const packagePath = /^\/(?!data\/(?!app\/|preload\/|priv-downloaded-apps\/))[\w.+=~@/-]{1,400}\.apk$/;

/** What came of asking where a package lies. */
export interface PackageFound {
  readonly path: string | null;
  /** The user who has it; null where the phone was asked without one. */
  readonly user: number | null;
  /** Further parts of the app, which are not taken. */
  readonly splits: number;
  readonly command: string;
  /** One sentence where there is no path. */
  readonly why: string | null;
}

/** Asks each user in turn where the package lies, and of what it names takes the base. */
export async function packageAt(at: Asking, name: string, users: readonly number[]): Promise<PackageFound> {
  const questions = [
    ...users.map((user) => ({ user, command: `pm path --user ${user} ${name}` })),
    // Android 5 asks about no user in particular.
    { user: null, command: `pm path ${name}` },
  ];
  let strange = false;
  for (const { user, command } of questions) {
    const { text } = await askPhone(at, command, { mostBytes: 256 * 1024 });
    const paths = [...text.matchAll(/^package:(.+?)\r?$/gm)].map(([, path]) => path!);
    const base = paths.find((path) => /\/base\.apk$/.test(path)) ?? paths.find((path) => !/\/split_[^/]*$/.test(path));
    if (base === undefined) continue;
    if (!packagePath.test(base) || base.split('/').includes('..')) {
      strange = true;
      continue;
    }
    return { path: base, user, splits: paths.length - 1, command, why: null };
  }
  const command = questions[0]!.command;
  const why = strange
    ? `The phone names a place for ${name} where no package lies; it was not asked for.`
    : `No user of this phone has the app ${name}.`;
  return { path: null, user: null, splits: 0, command, why };
}
