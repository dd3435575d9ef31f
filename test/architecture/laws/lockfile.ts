import type { Tree, Violation } from '../tree.ts';

const path = 'package-lock.json';

/**
 * The lockfile names versions and hashes, not addresses, so that any registry will do. A registry may hold no packages
 * for other systems: those that `main/setup/complete-lock.mjs` put back have a version and a system, and no hash.
 */
export function lockfileLaw(tree: Tree): Violation[] {
  const say = (message: string): Violation => ({ law: 'lockfile', path, line: null, message });
  const text = tree.get(path);
  if (text === undefined) return [say('is missing')];
  const { packages = {} } = JSON.parse(text) as {
    packages?: Record<
      string,
      { resolved?: string; integrity?: string; link?: boolean; optional?: boolean; os?: string[] }
    >;
  };
  const violations: Violation[] = [];
  for (const [name, entry] of Object.entries(packages)) {
    if (entry.resolved && !entry.link) violations.push(say(`${name} has the download address ${entry.resolved}`));
    const elsewhere = entry.optional === true && entry.os !== undefined;
    if (name !== '' && !entry.link && !entry.integrity && !elsewhere) violations.push(say(`${name} has no hash`));
  }
  return violations;
}
