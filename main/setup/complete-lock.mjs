import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './places.mjs';

/*
 * `node main/setup/complete-lock.mjs`: a registry that holds no packages for other systems makes npm leave them out of the
 * lockfile, and `npm ci` then refuses it everywhere. This puts them back: the version is the exact one that the package
 * asking for them names, the system is the one in their name. Without a checksum, since there was nothing to sum.
 */

const systems = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const processors = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];

/** Where `name` is found from the package at `path`, as Node looks for it; undefined where the lock has none. */
export function lookUp(packages, path, name) {
  for (let at = path; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    const candidate = `${at === '' ? '' : `${at}/`}node_modules/${name}`;
    if (packages[candidate]) return candidate;
    if (at === '' || !at.includes('/node_modules/')) break;
  }
  return packages[`node_modules/${name}`] ? `node_modules/${name}` : undefined;
}

/** Optional packages that another package asks for and the lock does not hold. */
export function missingOptionals(packages) {
  return Object.entries(packages).flatMap(([path, one]) =>
    Object.entries(one.optionalDependencies ?? {})
      .filter(([name]) => lookUp(packages, path, name) === undefined)
      .map(([name, spec]) => ({ name, spec, asker: path, dev: one.dev === true })),
  );
}

/** The lock's entry for a package of another system, by its name. */
export function entryFor({ name, spec, dev }) {
  const version = /\d+\.\d+\.\d+[^\s|]*/.exec(spec)?.[0];
  if (version === undefined) throw new Error(`${name}: no version can be read from ${JSON.stringify(spec)}`);
  const words = name.replace('armv7', 'arm').replace('-arm-', '-arm-').split(/[-/]/);
  const os = systems.filter((system) => words.includes(system) || (system === 'win32' && words.includes('windows')));
  const cpu = processors.filter((processor) => words.includes(processor));
  const libc =
    words.includes('musl') || words.includes('musleabihf')
      ? ['musl']
      : words.includes('gnu') || words.includes('gnueabihf')
        ? ['glibc']
        : [];
  return {
    version,
    ...(cpu.length > 0 ? { cpu } : {}),
    ...(dev ? { dev: true } : {}),
    ...(libc.length > 0 ? { libc } : {}),
    optional: true,
    ...(os.length > 0 ? { os } : {}),
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const file = join(root, 'package-lock.json');
  const lock = JSON.parse(readFileSync(file, 'utf8'));
  const missing = missingOptionals(lock.packages);
  for (const one of missing) lock.packages[`node_modules/${one.name}`] = entryFor(one);
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
  for (const { name, spec, asker } of missing) process.stdout.write(`${name} ${spec} for ${asker}\n`);
}
