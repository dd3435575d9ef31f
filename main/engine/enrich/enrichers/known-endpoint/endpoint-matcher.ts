import type { EndpointEntry } from '../../service-list.ts';

const ranks = { high: 0, medium: 1, low: 2 } as const;

interface Glob<T> {
  readonly pattern: RegExp;
  /** More letters beside the stars: a closer description. */
  readonly letters: number;
  readonly values: readonly T[];
}

/** What the catalogue knows of one name: for itself, for the names just below it, and for all below it. */
interface Node<T> {
  exact?: readonly T[];
  globs?: readonly Glob<T>[];
  suffix?: readonly T[];
}

function globOf(pattern: string): { parent: string; first: RegExp; letters: number } {
  const dot = pattern.indexOf('.');
  const label = pattern.slice(0, dot);
  const source = label.replace(/[*]+/g, '[^.]*');
  return {
    parent: pattern.slice(dot + 1),
    first: new RegExp(`^${source}$`),
    letters: label.replaceAll('*', '').length,
  };
}

/**
 * Finds endpoints of hosts: exact before glob before the longest suffix. A host costs one look-up in a map for each of its labels,
 * whatever the size of the catalogue. What matches alike comes most confident first.
 */
export function endpointMatcher<T>(
  rows: readonly EndpointEntry[],
  statementOf: (row: EndpointEntry) => T,
): (name: string) => readonly T[] {
  const nodes = new Map<string, Node<T>>();
  const nodeOf = (name: string): Node<T> => {
    const known = nodes.get(name) ?? {};
    nodes.set(name, known);
    return known;
  };
  const groups = Map.groupBy(rows, (row) => `${row.match} ${row.pattern}`);
  for (const group of groups.values()) {
    const [{ match, pattern }] = group as [EndpointEntry];
    const values = group.toSorted((a, b) => ranks[a.confidence] - ranks[b.confidence]).map(statementOf);
    if (match === 'exact') nodeOf(pattern).exact = values;
    else if (match === 'suffix') nodeOf(pattern).suffix = values;
    else {
      const { parent, first, letters } = globOf(pattern);
      const node = nodeOf(parent);
      node.globs = [...(node.globs ?? []), { pattern: first, letters, values }].sort((a, b) => b.letters - a.letters);
    }
  }
  const nothing: readonly T[] = [];
  return (name) => {
    let found: readonly T[] | undefined;
    let at = 0;
    for (let below = false; ; below = true) {
      const node = nodes.get(at === 0 ? name : name.slice(at));
      if (node) {
        if (!below && node.exact) return node.exact;
        // The first label was left just now: this is the name above it.
        if (node.globs && at > 0 && name.indexOf('.') === at - 1) {
          const first = name.slice(0, at - 1);
          const glob = node.globs.find((one) => one.pattern.test(first));
          if (glob) return glob.values;
        }
        found ??= node.suffix;
      }
      const dot = name.indexOf('.', at);
      if (dot < 0) return found ?? nothing;
      at = dot + 1;
    }
  };
}
