import type { PhoneFile } from '../practice-phone.ts';
import { DAY_US } from '../world/time.ts';
import type { World } from '../world/world.ts';
import { FileTree, type Node, phoneFileOf, plainPath } from './tree/file-tree.ts';
import { addSystemFiles, socketsClosed } from './tree/system-files.ts';

/** Everything on the phone that someone can read, by path. Links are followed where a shell follows them. */
export interface Files {
  read(path: string): PhoneFile | null;
  /** What lies there: a link itself, unless the path ends with a slash. */
  node(path: string): Node | null;
  /** Whether a path is there but closed to this user. */
  closed(path: string): boolean;
  /** Whether a folder may be entered but not listed. */
  unlisted(path: string): boolean;
  list(path: string): { name: string; file: PhoneFile }[] | null;
  children(path: string): { readonly name: string; readonly path: string; readonly node: Node }[];
}

export interface FilesQuestion {
  /** Also those that only root may read. */
  readonly root: boolean;
  /** True time, microseconds of UTC. */
  readonly nowUs: () => number;
  /** The bugreport that lies on the phone since one was asked for, or null. */
  readonly bugreport: () => { readonly path: string; readonly bytes: Uint8Array } | null;
  /** What else lies on the phone: the parts of the tree that others make. */
  readonly more: readonly ((tree: FileTree, world: World) => void)[];
}

/** Where `bugreportz` leaves what it made, and the link that leads there. */
export const bugreportFolder = '/data/user_de/0/com.android.shell/files/bugreports';

const guarded = /^\/data\/(?:system|system_ce|system_de|misc|misc_ce|data)(?:\/|$)/;
const entered = /^\/data(?:\/(?:app|user|user_de|user_de\/0))?$/;
const sockets = /^\/proc\/net\/(?:tcp|udp)6?$/;

/** The phone's files. */
export function filesOf(world: World, { root, nowUs, bugreport, more }: FilesQuestion): Files {
  // What the owner has nothing to do with is as old as the last start.
  const mtime = Math.floor(world.wallUs(Math.min(world.polledUs, world.bootUs + DAY_US)) / 1_000_000);
  let made: FileTree | null = null;
  const tree = (): FileTree => {
    if (made) return made;
    made = new FileTree(mtime);
    addSystemFiles(made, world, nowUs, mtime);
    const link = { kind: 'link', owner: 'root', group: 'root', mtime } as const;
    if (world.sdk >= 24) made.add('/bugreports', { ...link, to: bugreportFolder });
    for (const add of more) add(made, world);
    return made;
  };
  /** The path with its links resolved, those at its end too. */
  const real = (given: string): string => {
    let path = plainPath(given);
    if (path === '/storage/emulated/0' || path.startsWith('/storage/emulated/0/')) path = `/sdcard${path.slice(19)}`;
    if (path === '/bugreports' || path.startsWith('/bugreports/')) {
      const to = tree().node('/bugreports');
      if (to?.kind === 'link') path = to.to + path.slice('/bugreports'.length);
    }
    return path;
  };
  const fresh = (path: string): Node | null => {
    const report = bugreport();
    if (report?.path !== path) return null;
    const { bytes } = report;
    const seconds = Math.floor(world.wallUs(nowUs()) / 1_000_000);
    return { kind: 'file', bits: 0o600, owner: 'shell', group: 'shell', mtime: seconds, bytes: () => bytes };
  };
  const closed = (given: string): boolean => {
    const path = real(given);
    return !root && (guarded.test(path) || (sockets.test(path) && socketsClosed(world)));
  };
  const node = (given: string): Node | null => {
    if (closed(given)) return null;
    const asked = plainPath(given);
    const path = asked === '/bugreports' && !given.endsWith('/') ? asked : real(given);
    return fresh(path) ?? tree().node(path);
  };
  const children = (given: string) => {
    const path = real(given);
    if (closed(path) || (!root && entered.test(path))) return [];
    const list = tree().children(path);
    const report = bugreport();
    if (path === bugreportFolder && report && !list.some((one) => one.path === report.path))
      list.push({ name: report.path.slice(path.length + 1), path: report.path, node: fresh(report.path)! });
    return list;
  };
  return {
    read(given) {
      const found = node(`${given}/`);
      return found?.kind === 'file' ? phoneFileOf(found) : null;
    },
    node,
    closed,
    unlisted: (given) => !root && entered.test(real(given)),
    list(given) {
      const found = node(`${given}/`);
      if (found?.kind !== 'folder') return null;
      return children(given).map(({ name, node: one }) => ({ name, file: phoneFileOf(one) }));
    },
    children,
  };
}
