import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { machineNode, outerPath, programNode, root } from './places.mjs';
import { findProgram, runQuietly, runShown } from './programs.mjs';
import { say, stop } from './say.mjs';
import { buildTools, installSentence, installTools, missingTools } from './system-packages.mjs';

/**
 * Whether what is installed is what the lockfile asks for. npm writes down what it installed; packages for other
 * systems are optional and may be absent.
 */
export function agrees(lock, installed) {
  for (const [path, wanted] of Object.entries(lock.packages ?? {})) {
    if (path === '') continue;
    const found = installed.packages?.[path];
    if (found ? found.version !== wanted.version : !wanted.optional && !wanted.devOptional && !wanted.peer)
      return false;
  }
  return true;
}

function isInstalled() {
  try {
    const read = (path) => JSON.parse(readFileSync(join(root, path), 'utf8'));
    return existsSync(programNode()) && agrees(read('package-lock.json'), read('node_modules/.package-lock.json'));
  } catch {
    return false;
  }
}

/** The case file's library is compiled where no built one can be had; a broken build is noticed here, not in a case. */
function databaseLoads() {
  return runQuietly(programNode(), ['-e', "require('sqlite3')"], { cwd: root }).status === 0;
}

/** How npm is started: by the Node of the machine, since an installation replaces the program's own. */
function npmCommand() {
  const said = process.env.npm_execpath;
  if (said?.endsWith('.js') && existsSync(said)) return [machineNode(), said];
  const npm = findProgram('npm', { ...process.env, PATH: outerPath() });
  if (npm === null) stop('npm is missing: install Node.js 20 or later with npm, https://nodejs.org');
  return [npm];
}

/** The environment of an installation: headers of the machine's Node, where they lie beside it, spare a download. */
function installEnvironment() {
  const env = { ...process.env, PATH: outerPath() };
  const prefix = join(dirname(machineNode()), '..');
  if (!env.npm_config_nodedir && existsSync(join(prefix, 'include', 'node', 'node_api.h'))) {
    env.npm_package_config_node_gyp_nodedir = prefix;
  }
  return env;
}

/** Whether sqlite3 finds a built library for this system where its authors keep them; a short question, not the file. */
async function hasReadyBuild() {
  try {
    const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
    const { version } = lock.packages['node_modules/sqlite3'];
    const name = `sqlite3-v${version}-napi-v6-${process.platform}-${process.arch}.tar.gz`;
    const address = `https://github.com/TryGhost/node-sqlite3/releases/download/v${version}/${name}`;
    return (await fetch(address, { method: 'HEAD', signal: AbortSignal.timeout(5000) })).ok;
  } catch {
    return false;
  }
}

async function install() {
  const [program, ...before] = npmCommand();
  const status = await runShown(program, [...before, 'ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    env: installEnvironment(),
    shell: process.platform === 'win32' && program.toUpperCase().endsWith('.CMD'),
    stdio: ['ignore', 2, 2],
  });
  return status === 0 && databaseLoads();
}

/** Installs the dependencies where they are missing or not those of the lockfile. Ends the program where it cannot. */
export async function ensureModules() {
  if (isInstalled() && databaseLoads()) return;
  if (process.platform === 'win32' && process.execPath.includes('node_modules') && existsSync(programNode())) {
    stop('The dependencies have changed: run `npm ci`, then this again.');
  }
  const lacking = missingTools(buildTools).length > 0;
  if (lacking && !(await hasReadyBuild())) await installTools(buildTools);
  say('Installing the dependencies (npm ci); where SQLite must be compiled, that takes some minutes …');
  if (await install()) return;
  const missing = missingTools(buildTools);
  if (missing.length > 0) stop(`The dependencies could not be installed. ${installSentence(missing)}`);
  stop('The dependencies could not be installed: see what npm said above.');
}
