import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Full path of a program on the search path, or null. */
export function findProgram(name, env = process.env, platform = process.platform) {
  const endings = platform === 'win32' ? (env.PATHEXT ?? '.EXE;.CMD').split(';') : [''];
  for (const folder of (env.PATH ?? env.Path ?? '').split(delimiter)) {
    for (const ending of endings) {
      const path = join(folder, name + ending);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // next place
      }
    }
  }
  return null;
}

/** Runs a program in sight of the person; answers with its exit status (a signal counts as 1). */
export function runShown(program, args, options = {}) {
  return new Promise((done) => {
    const child = spawn(program, args, { stdio: 'inherit', ...options });
    child.on('error', () => done(1));
    child.on('exit', (code) => done(code ?? 1));
  });
}

/** Runs a program out of sight; answers with its exit status and all that it said. */
export function runQuietly(program, args, options = {}) {
  const made = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, ...options });
  return { status: made.status ?? 1, said: `${made.stdout ?? ''}${made.stderr ?? ''}` };
}
