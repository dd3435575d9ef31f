import { moduleOf } from '../syntax.ts';
import { isCode, isTest, type Tree, type Violation } from '../tree.ts';
import { targetOf } from './imports.ts';
import { rooms } from './zones.ts';

function roomOf(path: string): string | null {
  const name = /^main\/engine\/([^/]+)\//.exec(path)?.[1];
  return rooms.find((room) => room === name) ?? null;
}

/** `path name` of everything that code outside of a room takes from inside it. */
function takenFromRooms(tree: Tree): Set<string> {
  const taken = new Set<string>();
  for (const [path, text] of tree) {
    if (!isCode(path) || isTest(path)) continue;
    for (const { specifier, names } of moduleOf(path, text).references) {
      if (!specifier?.startsWith('.')) continue;
      const target = targetOf(path, specifier);
      const room = roomOf(target);
      // A room's own index.ts hands on to the outside what it names.
      const outside = room !== roomOf(path) || path === `main/engine/${room}/index.ts`;
      if (room && outside) for (const name of names) taken.add(`${target} ${name}`);
    }
  }
  return taken;
}

/**
 * A function at a door says in a comment what it takes, gives and refuses. Doors are what is taken from a room by code
 * outside of it, and all that `shared` exports.
 */
export function docstringLaw(tree: Tree): Violation[] {
  const taken = takenFromRooms(tree);
  const violations: Violation[] = [];
  for (const [path, text] of tree) {
    if (!isCode(path) || isTest(path)) continue;
    const shared = path.startsWith('shared/');
    if (!shared && roomOf(path) === null) continue;
    for (const { name, is, documented, line } of moduleOf(path, text).exported) {
      const door = shared || taken.has(`${path} ${name}`) || taken.has(`${path} *`);
      if (door && is === 'function' && !documented) {
        violations.push({ law: 'docstrings', path, line, message: `exports ${name} without a docstring` });
      }
    }
  }
  return violations;
}
