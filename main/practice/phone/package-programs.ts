import { apkPaths } from '../apk/apk-bytes.ts';
import { queryActivities } from '../render/activities.ts';
import { packageList, userList } from '../render/package-list.ts';
import type { World } from '../world/world.ts';
import type { Ran } from './shell.ts';

const said = (stdout: string): Ran => ({ stdout, exit: 0 });

function unknown(world: World, verb: string): Ran {
  return world.sdk <= 23
    ? {
        stdout: '',
        stderr: `Error: unknown command '${verb}'\nusage: pm list packages [-f] [-d] [-e] [-s] [-3] [-i] [-u] [--user USER_ID] [FILTER]\n`,
        exit: 1,
      }
    : { stdout: `Unknown command: ${verb}\n`, exit: 255 };
}

/** Launcher icons only: the one question that this phone's activities can be asked. */
function query(world: World, args: readonly string[]): Ran {
  let user = 0;
  let action = '';
  let category = '';
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!;
    if (arg === '--user') {
      const value = args[++i] ?? '';
      user = value === 'current' || value === 'cur' ? 0 : Number(value);
    } else if (arg === '-a') action = args[++i] ?? '';
    else if (arg === '-c') category = args[++i] ?? '';
    else if (arg !== '--brief' && arg !== '--components')
      return { stdout: `Error: Unknown option: ${arg}\n`, exit: 255 };
  }
  const launcher = action === 'android.intent.action.MAIN' && category === 'android.intent.category.LAUNCHER';
  return said(launcher ? queryActivities(world, user) : 'No activities found\n');
}

/** What the phone says where the shell asks about a user that it may not ask about; null where it may. */
function refusedUser(world: World, args: readonly string[]): Ran | null {
  const at = args.indexOf('--user');
  const id = at < 0 ? null : Number(args[at + 1]);
  if (!world.users.some((user) => user.id === id && user.closed)) return null;
  const words = `java.lang.SecurityException: Shell does not have permission to access user ${id}\n`;
  return {
    stdout: '',
    stderr: world.sdk >= 24 ? `\nException occurred while executing:\n${words}` : `Error: ${words}`,
    exit: 255,
  };
}

/** `pm`, and `cmd package` since Android 7. */
export function packageManager(world: World, args: readonly string[]): Ran {
  const refused = refusedUser(world, args);
  if (refused) return refused;
  const [verb = '', what = '', ...rest] = args;
  if (verb === 'list' && what === 'packages') return packageList(world, rest);
  if (verb === 'list' && what === 'package') return packageList(world, rest);
  if (verb === 'list' && what === 'users') return said(userList(world));
  if (verb === 'list' && what === 'features')
    return said('feature:android.hardware.telephony\nfeature:android.hardware.wifi\n');
  if (verb === 'list') return { stdout: `Error: unknown list type '${what}'\n`, exit: world.sdk <= 23 ? 1 : 255 };
  if (verb === 'path') {
    const asked = what === '--user' ? { user: Number(rest[0]), name: rest[1] } : { user: 0, name: what };
    const app = world.apps.find((one) => one.package === asked.name && one.users.includes(asked.user));
    if (!app) return { stdout: '', exit: 1 };
    return said(
      apkPaths(app, world.sdk)
        .map(({ path }) => `package:${path}\n`)
        .join(''),
    );
  }
  if (verb === 'query-activities' && world.sdk >= 24) return query(world, args.slice(1));
  return unknown(world, verb);
}
