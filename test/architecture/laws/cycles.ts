import { moduleOf } from '../syntax.ts';
import { isCode, type Tree, type Violation } from '../tree.ts';
import { targetOf } from './imports.ts';

function graphOf(tree: Tree): Map<string, string[]> {
  const graph = new Map<string, string[]>();
  for (const [path, text] of tree) {
    if (!isCode(path)) continue;
    const targets = moduleOf(path, text).references.flatMap(({ specifier }) =>
      specifier?.startsWith('.') ? [targetOf(path, specifier)] : [],
    );
    graph.set(
      path,
      [...new Set(targets)].filter((target) => isCode(target) && tree.has(target)),
    );
  }
  return graph;
}

/** The shortest way from a file back to itself, or null. */
function wayBack(graph: ReadonlyMap<string, readonly string[]>, start: string): string[] | null {
  const from = new Map<string, string>();
  const queue = [start];
  for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
    for (const next of graph.get(at) ?? []) {
      if (next === start) {
        const way = [start];
        for (let step: string | undefined = at; step !== undefined && step !== start; step = from.get(step))
          way.unshift(step);
        return [start, ...way];
      }
      if (!from.has(next)) {
        from.set(next, at);
        queue.push(next);
      }
    }
  }
  return null;
}

/** Law 1: no file imports itself by any way, types included. One violation a ring of files. */
export function cycleLaw(tree: Tree): Violation[] {
  const graph = graphOf(tree);
  const violations: Violation[] = [];
  const told = new Set<string>();
  for (const path of [...graph.keys()].sort()) {
    const way = told.has(path) ? null : wayBack(graph, path);
    if (!way) continue;
    for (const step of way) told.add(step);
    violations.push({ law: 'cycles', path, line: null, message: `imports itself: ${way.join(' → ')}` });
  }
  return violations;
}
