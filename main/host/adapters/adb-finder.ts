import { accessSync, constants, readdirSync, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { type AdbPlace, adbPlaces, type Environment } from './adb-places.ts';

/**
 * Where adb was looked for and what came of it. `others` are further ones, for where the first cannot be run; `wrong` is a
 * path that the user named and that cannot be run.
 */
export type FoundAdb =
  | { readonly path: string; readonly why: AdbPlace['why'] | 'named'; readonly others: readonly string[] }
  | { readonly path: null; readonly wrong: string | null };

export interface FindOptions {
  readonly adbPath?: string | undefined;
  readonly environment?: Environment | undefined;
  readonly platform?: string;
  readonly home?: string;
  /** Folder of what ships with this program. */
  readonly own?: string | null | undefined;
  readonly canRun?: (path: string) => boolean;
  readonly names?: (folder: string) => readonly string[];
}

function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function names(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** The folder for downloads in the person's language, as desktops of Linux note it (`user-dirs.dirs`), or null. */
function downloadsOf(home: string): string | null {
  try {
    const text = readFileSync(join(home, '.config/user-dirs.dirs'), 'utf8');
    const said = /^XDG_DOWNLOAD_DIR="(?:\$HOME\/)?([^"]+)"/m.exec(text)?.[1];
    return said === undefined ? null : said.startsWith('/') ? said : join(home, said);
  } catch {
    return null;
  }
}

/**
 * Finds the adb program: the path that was given, else PHONEHOME_ADB, else the places of `adb-places.ts`. A path that was
 * given or named and cannot be run is reported, never passed over for another.
 */
export function findAdb(options: FindOptions = {}): FoundAdb {
  const environment = options.environment ?? process.env;
  const runs = options.canRun ?? canRun;
  const named = options.adbPath ?? environment.PHONEHOME_ADB;
  if (named) return runs(named) ? { path: named, why: 'named', others: [] } : { path: null, wrong: named };
  const platform = options.platform ?? process.platform;
  const home = options.home ?? homedir();
  const [first, ...others] = adbPlaces({
    platform,
    environment,
    home,
    own: options.own ?? null,
    downloads: platform === 'linux' ? downloadsOf(home) : null,
    names: options.names ?? names,
  }).filter(({ path }) => runs(path));
  if (!first) return { path: null, wrong: null };
  return { ...first, others: others.map(({ path }) => path) };
}
