import { isTest } from '../tree.ts';

/** Rooms of the engine. What they share lies in `model`, `ports` and `shared`. */
export const rooms = [
  'acquire',
  'parse',
  'normalise',
  'enrich',
  'store',
  'query',
  'detect',
  'report',
  'custody',
] as const;

const under = (path: string, folder: string) => path.startsWith(`${folder}/`);

/** The folder of the artifact that a file belongs to, or null. The list itself, `artifacts/index.ts`, belongs to none. */
export function artifactOf(path: string): string | null {
  return /^main\/engine\/parse\/artifacts\/[^/]+(?=\/)/.exec(path)?.[0] ?? null;
}

function roomOf(path: string): string | null {
  const name = /^main\/engine\/([^/]+)\//.exec(path)?.[1];
  return rooms.find((room) => room === name) ?? null;
}

function shellOf(path: string): string | null {
  return /^main\/shells\/([^/]+)\//.exec(path)?.[1] ?? null;
}

const isModel = (path: string) => under(path, 'main/engine/model');
const isPort = (path: string) => under(path, 'main/engine/ports');
const isShared = (path: string) => under(path, 'shared');
/** What of the engine the outside may know: its door, its values and its needs. */
const isEngineDoor = (path: string) =>
  /^main\/engine\/(engine|engine-api)\.ts$/.test(path) || isModel(path) || isPort(path);

/** Why `from` may not import `to` (both files of the project), or null when it may. */
export function forbidden(from: string, to: string): string | null {
  const deny = (ok: boolean, who: string) => (ok ? null : `${who}, not ${to}`);
  if (from.startsWith('test/') || !from.includes('/')) return null;
  // A test beside the source may lay a case of the real shape, and use what tests share.
  if (!isTest(from) && isTest(to)) return `only tests import ${to}`;
  if (isTest(from) && (under(to, 'main/engine/store/migrations') || under(to, 'test'))) return null;
  if (isShared(from)) return deny(isShared(to), 'shared imports shared');
  if (under(from, 'renderer/timeline')) {
    const ok = isShared(to) || under(to, 'renderer/timeline');
    return deny(ok, 'renderer/timeline imports shared and itself');
  }
  if (under(from, 'renderer')) return deny(isShared(to) || under(to, 'renderer'), 'renderer imports shared and itself');
  if (isModel(from) || isPort(from)) {
    return deny(isShared(to) || isModel(to) || isPort(to), 'model and ports import shared and each other');
  }
  const artifact = artifactOf(from);
  if (artifact) {
    const other = artifactOf(to);
    const inRoom = roomOf(to) === 'parse' && other === null;
    const ok = isShared(to) || isModel(to) || isPort(to) || inRoom || other === artifact;
    return deny(ok, 'an artifact imports model, ports, shared, the parse room and itself');
  }
  const room = roomOf(from);
  if (room) {
    const ok = isShared(to) || isModel(to) || isPort(to) || roomOf(to) === room;
    return deny(ok, `the room ${room} imports model, ports, shared and itself`);
  }
  if (under(from, 'main/engine'))
    return deny(isShared(to) || under(to, 'main/engine'), 'the engine imports shared and itself');
  if (under(from, 'main/practice')) {
    return deny(isShared(to) || under(to, 'main/practice'), 'main/practice imports shared and itself');
  }
  if (under(from, 'main/host')) {
    const ok = isShared(to) || isEngineDoor(to) || under(to, 'main/host') || under(to, 'main/practice');
    return deny(ok, "main/host imports shared, the engine's door, main/practice and itself");
  }
  const shell = shellOf(from);
  if (shell || under(from, 'main/shells')) {
    const target = shellOf(to);
    const ok =
      isShared(to) ||
      isEngineDoor(to) ||
      under(to, 'main/host') ||
      under(to, 'main/practice') ||
      (under(to, 'main/shells') && (target === null || target === shell)) ||
      // `serve` starts the web shell from the command line.
      (shell === 'cli' && target === 'web');
    return deny(ok, 'a shell imports shared, main/host, the engine’s door, main/practice and itself');
  }
  if (under(from, 'main/setup')) return deny(under(to, 'main/setup'), 'main/setup imports itself');
  // Entries: main/electron.ts, main/web.ts, main/cli.ts.
  const entry =
    isShared(to) || isEngineDoor(to) || /^main\/(host|practice|shells)\//.test(to) || /^main\/[^/]+$/.test(to);
  return deny(entry, "an entry imports shells, main/host, main/practice, shared and the engine's door");
}

/** Who may import which package. A package that no row names may be imported by whoever may import packages at all. */
export const packageRows: readonly {
  readonly what: string;
  readonly matches: (name: string) => boolean;
  readonly allowed: (path: string) => boolean;
}[] = [
  {
    what: 'Electron only by main/shells/electron and main/electron.ts',
    matches: (name) => name === 'electron' || name.startsWith('electron/'),
    allowed: (path) => under(path, 'main/shells/electron') || path === 'main/electron.ts',
  },
  {
    what: 'HTTP only by main/shells/web and main/web.ts',
    matches: (name) => /^(?:node:)?(?:http|https|http2)$/.test(name) || /^(?:fastify|ws|@fastify\/.+)$/.test(name),
    allowed: (path) => under(path, 'main/shells/web') || path === 'main/web.ts',
  },
  {
    what: 'React only by renderer, and not by renderer/timeline',
    matches: (name) =>
      /^(?:react|react-dom|react-aria|react-aria-components|react-stately|lucide-react)(?:\/|$)/.test(name),
    allowed: (path) => under(path, 'renderer') && !under(path, 'renderer/timeline'),
  },
  {
    what: 'adbkit only by main/host/adapters',
    matches: (name) => name.startsWith('@devicefarmer/'),
    allowed: (path) => under(path, 'main/host/adapters'),
  },
  {
    what: 'the SQLite driver only by main/engine/store',
    matches: (name) => name === 'sqlite3',
    allowed: (path) => under(path, 'main/engine/store'),
  },
  {
    what: 'the command line’s packages only by main/shells/cli and main/cli.ts',
    matches: (name) => /^(?:commander|cli-progress)$/.test(name),
    allowed: (path) => under(path, 'main/shells/cli') || path === 'main/cli.ts',
  },
];

/** What runs before the packages are there. */
export function isBeforePackages(path: string): boolean {
  return under(path, 'main/setup');
}

/** Where no Node module may be imported. Tests and tool configurations run in Node and may. */
export function isWithoutNode(path: string): boolean {
  return isShared(path) || under(path, 'renderer') || isModel(path) || isPort(path) || artifactOf(path) !== null;
}
