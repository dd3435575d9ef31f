import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { programNode, root } from './places.mjs';

/** `npm run dev`: builds the window anew with every change and serves it, engine and all. Reload the page to see it. */
const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
const children = [
  spawn(programNode(), [vite, 'build', 'renderer', '--watch', '--logLevel', 'warn'], { cwd: root, stdio: 'inherit' }),
  spawn(programNode(), [join(root, 'main', 'web.ts')], { cwd: root, stdio: 'inherit' }),
];
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    for (const child of children) child.kill(signal);
  });
}
for (const child of children) {
  child.on('exit', () => {
    for (const other of children) other.kill();
  });
}
