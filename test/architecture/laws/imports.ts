import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import { moduleOf } from '../syntax.ts';
import { isCode, isTest, type Tree, type Violation } from '../tree.ts';
import { artifactOf, forbidden, isBeforePackages, isWithoutNode, packageRows } from './zones.ts';

const law = 'imports';
const nodeModules = new Set(builtinModules.map((name) => name.replace(/^node:/, '')));

const isNodeModule = (name: string) =>
  name.startsWith('node:') || nodeModules.has(name) || nodeModules.has(name.split('/')[0] ?? name);
const isConfig = (path: string) => /\.config\.[a-z]+$/.test(path);
const packageOf = (specifier: string) =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

/** The project's file that a relative import names, with a bundler's `?raw` and the like left out. */
export function targetOf(from: string, specifier: string): string {
  return posix.normalize(posix.join(posix.dirname(from), specifier.replace(/\?.*$/, '')));
}

interface Declared {
  readonly run: ReadonlySet<string>;
  readonly all: ReadonlySet<string>;
}

function declaredIn(tree: Tree): Declared {
  const said = JSON.parse(tree.get('package.json') ?? '{}') as Record<string, Record<string, string> | undefined>;
  const run = Object.keys(said.dependencies ?? {});
  return { run: new Set(run), all: new Set([...run, ...Object.keys(said.devDependencies ?? {})]) };
}

function packageFault(path: string, specifier: string, declared: Declared): string | null {
  const test = isTest(path);
  for (const row of packageRows) {
    if (row.matches(specifier) && !row.allowed(path) && !test && !isConfig(path))
      return `imports ${specifier}: ${row.what}`;
  }
  if (isNodeModule(specifier)) {
    const free = test || isConfig(path) || !isWithoutNode(path);
    return free ? null : `imports ${specifier}: no Node module here`;
  }
  if (isBeforePackages(path) && !test) return `imports ${specifier}: main/setup runs before any package is there`;
  const name = packageOf(specifier);
  if (declared.all.size === 0) return null;
  if (!declared.all.has(name)) return `imports ${name}, which package.json does not name`;
  const shipped = path.startsWith('main/') && !test && !isConfig(path) && name !== 'electron';
  return shipped && !declared.run.has(name)
    ? `imports ${name}, which is a dev dependency and not there once installed`
    : null;
}

/** Law 1, file by file: who may import whom, type-only and dynamic imports included. */
export function importLaw(tree: Tree): Violation[] {
  const declared = declaredIn(tree);
  const violations: Violation[] = [];
  for (const [path, text] of tree) {
    if (!isCode(path)) continue;
    const module = moduleOf(path, text);
    const say = (line: number | null, message: string) => violations.push({ law, path, line, message });
    if (module.error) say(null, `cannot be parsed: ${module.error}`);
    for (const { specifier, line } of module.references) {
      if (specifier === null) {
        if (!isTest(path) && !isConfig(path)) say(line, 'imports a computed name, which no law can check');
      } else if (specifier.startsWith('.')) {
        const target = targetOf(path, specifier);
        if (!tree.has(target)) say(line, `imports ${specifier}, which is no file`);
        const why = forbidden(path, target);
        if (why) say(line, why);
      } else {
        const fault = packageFault(path, specifier, declared);
        if (fault) say(line, fault);
      }
    }
  }
  return violations;
}

/** All project files that a file reaches by imports, with the file through which each was reached first. */
function reached(tree: Tree, start: string): Map<string, string> {
  const through = new Map<string, string>();
  const queue = [start];
  for (let from = queue.shift(); from !== undefined; from = queue.shift()) {
    for (const { specifier } of moduleOf(from, tree.get(from) ?? '').references) {
      if (!specifier?.startsWith('.')) continue;
      const target = targetOf(from, specifier);
      if (target === start || through.has(target) || !isCode(target) || !tree.has(target)) continue;
      through.set(target, from);
      queue.push(target);
    }
  }
  return through;
}

/** Law 1 at a distance: an artifact reaches no Node module, and renderer/timeline no React, through another file either. */
export function reachLaw(tree: Tree): Violation[] {
  const violations: Violation[] = [];
  for (const path of tree.keys()) {
    if (!isCode(path) || isTest(path)) continue;
    const artifact = artifactOf(path) !== null;
    if (!artifact && !path.startsWith('renderer/timeline/')) continue;
    for (const target of reached(tree, path).keys()) {
      for (const { specifier } of moduleOf(target, tree.get(target) ?? '').references) {
        if (specifier === null || specifier.startsWith('.')) continue;
        const bad = artifact ? isNodeModule(specifier) : /^react/.test(specifier);
        if (bad) violations.push({ law, path, line: null, message: `reaches ${specifier} through ${target}` });
      }
    }
  }
  return violations;
}
