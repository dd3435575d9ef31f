import type { PracticeApp } from '../world/apps.ts';
import type { World } from '../world/world.ts';

export interface Said {
  readonly stdout: string;
  readonly stderr: string;
  readonly exit: number;
}

/** String.hashCode of Java: the order in which a package manager's map lists its packages. */
export function javaHash(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(31, hash) + text.charCodeAt(i)) | 0;
  return hash;
}

/** Packages in the order in which the phone lists them. */
export function inPhoneOrder(apps: readonly PracticeApp[]): PracticeApp[] {
  return [...apps].sort((a, b) => javaHash(a.package) - javaHash(b.package) || (a.package < b.package ? -1 : 1));
}

/** Options of `pm list packages` and the SDK that brought them (FORMATS 5.1); those with a value say so. */
const known: Readonly<Record<string, { readonly from: number; readonly value?: boolean }>> = {
  '-f': { from: 1 },
  '-i': { from: 1 },
  '-u': { from: 1 },
  '-s': { from: 1 },
  '-3': { from: 1 },
  '-d': { from: 1 },
  '-e': { from: 1 },
  '-l': { from: 24 },
  '-a': { from: 24 },
  '-U': { from: 26 },
  '--show-versioncode': { from: 26 },
  '--user': { from: 21, value: true },
  '--uid': { from: 28, value: true },
};

function refused(world: World, option: string): Said {
  const text = `Error: Unknown option: ${option}\n`;
  // Until Android 6 `pm` was a program of its own that wrote to standard error; since then the service writes its answer.
  return world.sdk <= 23 ? { stdout: '', stderr: text, exit: 1 } : { stdout: text, stderr: '', exit: 255 };
}

/** `pm list packages` with its options, as that Android answers. */
export function packageList(world: World, args: readonly string[]): Said {
  const on = new Set<string>();
  let user: string | null = null;
  let uid: number | null = null;
  let filter = '';
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!;
    if (!arg.startsWith('-')) {
      filter = arg;
      continue;
    }
    const option = known[arg];
    if (!option || world.sdk < option.from) return refused(world, arg);
    on.add(arg);
    if (option.value !== true) continue;
    const value = args[++i];
    if (value === undefined) return { stdout: '', stderr: `Error: Option '${arg}' requires a value\n`, exit: 255 };
    if (arg === '--user') user = value;
    else uid = Number(value);
  }
  const everybody = user === 'all';
  const who = user === null || user === 'current' || everybody ? 0 : Number(user);
  const lines: string[] = [];
  for (const app of inPhoneOrder(world.apps)) {
    if (!everybody && !app.users.includes(who)) continue;
    if (!app.package.includes(filter)) continue;
    if (on.has('-s') && !app.system) continue;
    if (on.has('-3') && app.system) continue;
    if (on.has('-d') && app.enabled !== 3) continue;
    if (on.has('-e') && app.enabled === 3) continue;
    const users = everybody && world.sdk >= 34 ? app.users : [who];
    const uids = users.map((id) => id * 100_000 + app.appId);
    if (uid !== null && !uids.includes(uid)) continue;
    lines.push(
      `package:${on.has('-f') ? `${app.apkPath}=` : ''}${app.package}` +
        `${on.has('--show-versioncode') ? ` versionCode:${app.versionCode}` : ''}` +
        `${on.has('-i') ? `  installer=${app.installer ?? 'null'}` : ''}` +
        `${on.has('-U') ? ` uid:${uids.join(',')}` : ''}\n`,
    );
  }
  return { stdout: lines.join(''), stderr: '', exit: 0 };
}

/** `pm list users` (FORMATS 5.1). */
export function userList(world: World): string {
  const lines = world.users.map(
    (user) => `\tUserInfo{${user.id}:${user.name}:${user.flags.toString(16)}}${user.running ? ' running' : ''}\n`,
  );
  return `Users:\n${lines.join('')}`;
}
