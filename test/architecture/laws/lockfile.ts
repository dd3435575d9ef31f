import type { Tree, Violation } from '../tree.ts';

const path = 'package-lock.json';

/** The lockfile names versions and hashes, not addresses, so that any registry will do. */
export function lockfileLaw(tree: Tree): Violation[] {
  const say = (message: string): Violation => ({ law: 'lockfile', path, line: null, message });
  const text = tree.get(path);
  if (text === undefined) return [say('is missing')];
  const { packages = {} } = JSON.parse(text) as {
    packages?: Record<string, { resolved?: string; integrity?: string; link?: boolean }>;
  };
  const violations: Violation[] = [];
  for (const [name, entry] of Object.entries(packages)) {
    if (entry.resolved && !entry.link) violations.push(say(`${name} has the download address ${entry.resolved}`));
    if (name !== '' && !entry.link && !entry.integrity) violations.push(say(`${name} has no hash`));
  }
  return violations;
}
