import { existsSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { findProgram } from './programs.mjs';

/** The checkout's own folder. */
export const root = resolve(import.meta.dirname ?? dirname(new URL(import.meta.url).pathname), '..', '..');

/** The Node that the program runs on: a dependency like any other. */
export function programNode() {
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  return join(root, 'node_modules', 'node', 'bin', file);
}

/** The search path without the dependencies' own programs, which an installation replaces. */
export function outerPath(path = process.env.PATH ?? process.env.Path ?? '') {
  return path
    .split(delimiter)
    .filter((folder) => !folder.includes('node_modules'))
    .join(delimiter);
}

/** The Node that was on the machine before: the one that runs npm. */
export function machineNode() {
  const said = process.env.npm_node_execpath;
  for (const one of [said, process.execPath]) if (one && !one.includes('node_modules') && existsSync(one)) return one;
  return findProgram('node', { ...process.env, PATH: outerPath() }) ?? process.execPath;
}
