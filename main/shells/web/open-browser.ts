import { spawn } from 'node:child_process';

type Env = Readonly<Record<string, string | undefined>>;

/** The command that opens an address in the person's browser, or null where nobody would see it. */
export function browserCommand(
  address: string,
  env: Env = process.env,
  platform: NodeJS.Platform = process.platform,
): readonly [string, ...string[]] | null {
  if (env.CI || env.PHONEHOME_NO_BROWSER) return null;
  if (platform === 'darwin') return ['open', address];
  // `start` is a word of the shell; rundll32 takes the address as one argument and needs no quoting.
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', address];
  return env.DISPLAY || env.WAYLAND_DISPLAY ? ['xdg-open', address] : null;
}

/** Opens the browser if there is one; answers whether a command for it could be started. */
export function openBrowser(address: string): Promise<boolean> {
  const command = browserCommand(address);
  if (!command) return Promise.resolve(false);
  const [program, ...args] = command;
  return new Promise((done) => {
    const child = spawn(program, args, { stdio: 'ignore', detached: true });
    child.once('error', () => done(false));
    child.once('spawn', () => {
      child.unref();
      done(true);
    });
  });
}
