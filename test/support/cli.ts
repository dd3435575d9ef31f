import { spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

export interface Said {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line as scripts do: a process of its own. `uid` runs it as another account. */
export function phonehome(
  args: readonly string[],
  options: { env?: Record<string, string | undefined>; uid?: number; beforeEnd?: () => Promise<void> } = {},
): Promise<Said> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, ...options.env };
    const child = spawn(process.execPath, [join(root, 'main/cli.ts'), ...args], {
      env: env as NodeJS.ProcessEnv,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.uid }),
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk) => {
      out += chunk;
    });
    child.stderr.on('data', (chunk) => {
      err += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ exit: code ?? -1, out, err }));
    options.beforeEnd?.().catch(reject);
  });
}
