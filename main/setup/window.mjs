import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { programNode, root } from './places.mjs';
import { runShown } from './programs.mjs';
import { say, stop } from './say.mjs';

const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');

/** When anything below a path was last changed, milliseconds; 0 where there is nothing. */
export function lastChange(path) {
  if (!existsSync(path)) return 0;
  const found = statSync(path);
  if (!found.isDirectory()) return found.mtimeMs;
  return readdirSync(path).reduce((last, name) => Math.max(last, lastChange(join(path, name))), found.mtimeMs);
}

/** Whether `made` is missing or older than any of its sources. */
export function isStale(made, sources) {
  const at = existsSync(made) ? statSync(made).mtimeMs : 0;
  return at === 0 || sources.some((source) => lastChange(source) > at);
}

const sources = ['renderer', 'shared', 'package-lock.json'].map((path) => join(root, path));

/** Builds the window for the browser where it is stale. */
export async function ensureWindow() {
  if (!isStale(join(root, 'dist', 'renderer', 'index.html'), sources)) return;
  say('Building the window …');
  await build(['renderer']);
}

/** Builds what Electron loads, where it is stale: main process, preload, engine, window. */
export async function ensureElectronBundles() {
  const made = join(root, '.vite', 'build', 'electron.cjs');
  const window = join(root, '.vite', 'renderer', 'main_window', 'index.html');
  const all = [...sources, join(root, 'main'), join(root, 'resources')];
  if (!isStale(made, all) && !isStale(window, all)) return;
  say('Building the window for Electron …');
  const configs = join('main', 'shells', 'electron');
  await build(['--config', join(configs, 'vite.main.config.ts')]);
  await build(['--config', join(configs, 'vite.engine.config.ts')]);
  await build(['--config', join(configs, 'vite.preload.config.ts')]);
  await build(['renderer', '--outDir', join(root, '.vite', 'renderer', 'main_window'), '--base', './']);
}

async function build(args) {
  const status = await runShown(programNode(), [vite, 'build', '--logLevel', 'warn', ...args], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) stop('The window could not be built: see what Vite said above.');
}
