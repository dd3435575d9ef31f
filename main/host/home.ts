import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where the program keeps what belongs to a person and not to a case. */
export interface Home {
  /** Recent cases, imported databases, uploads under way. Nothing in it is evidence that a case needs. */
  readonly folder: string;
  /** Where new cases are offered to be put. */
  readonly casesFolder: string;
}

/**
 * Finds the person's folders: `PHONEHOME_HOME` overrides; else XDG on Linux, Application Support on macOS, AppData on
 * Windows. Creates nothing.
 */
export function findHome(
  env: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
  user: string = homedir(),
): Home {
  const own = env.PHONEHOME_HOME;
  if (own) return { folder: own, casesFolder: join(own, 'cases') };
  return { folder: stateFolder(env, platform, user), casesFolder: join(user, 'Phonehome') };
}

function stateFolder(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
  user: string,
): string {
  if (platform === 'win32') return join(env.APPDATA ?? join(user, 'AppData', 'Roaming'), 'Phonehome');
  if (platform === 'darwin') return join(user, 'Library', 'Application Support', 'Phonehome');
  return join(env.XDG_DATA_HOME || join(user, '.local', 'share'), 'phonehome');
}
