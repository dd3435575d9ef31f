import type { Tree, Violation } from '../tree.ts';

const law = 'machine-paths';
const start = String.raw`(?<![\w.~-])`;
const homes: readonly RegExp[] = [
  new RegExp(`${start}/(?:home|Users)/[\\w.-]+`),
  new RegExp(`${start}/root/[.][\\w-]+`),
  new RegExp(`${start}[A-Za-z]:(?:\\\\\\\\|\\\\|/)Users(?:\\\\\\\\|\\\\|/)[\\w.-]+`),
];

const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Recordings and their fixtures keep what they hold; the licence text and the lockfile are not ours. */
const isLeftOut = (path: string) => path.includes('/fixtures/') || path === 'package-lock.json' || path === 'LICENSE';

/** No path of anybody's machine or home in a file: `own` names folders of this machine, such as that of the checkout. */
export function machinePathLaw(tree: Tree, own: readonly string[]): Violation[] {
  const patterns = [...homes, ...own.map((folder) => new RegExp(`${start}${literal(folder)}(?=/|\\b)`))];
  const violations: Violation[] = [];
  for (const [path, text] of tree) {
    if (isLeftOut(path)) continue;
    text.split('\n').forEach((line, at) => {
      for (const pattern of patterns) {
        const hit = pattern.exec(line);
        if (hit) violations.push({ law, path, line: at + 1, message: `names ${hit[0]}` });
      }
    });
  }
  return violations;
}
