import { moduleOf } from '../syntax.ts';
import type { Tree, Violation } from '../tree.ts';

const law = 'registries';

/** A folder of folders with a list in `index.ts`. */
export interface Registry {
  /** Folder, without a slash at the end. */
  readonly folder: string;
  /** What the list holds when the program runs, in its order. */
  readonly ids: readonly string[];
  /** Whether each entry says what it proves and what not. */
  readonly claims?: readonly {
    readonly id: string;
    readonly proves: readonly string[];
    readonly doesNotProve: readonly string[];
  }[];
}

/** Law 3: every folder is in the list and named like its id, no id stands twice, and each has a fixture or a test. */
export function registryLaw(tree: Tree, registry: Registry): Violation[] {
  const { folder, ids } = registry;
  const index = `${folder}/index.ts`;
  const violations: Violation[] = [];
  const say = (path: string, message: string) => violations.push({ law, path, line: null, message });
  const text = tree.get(index);
  if (text === undefined) {
    say(index, 'the list is missing');
    return violations;
  }
  const inside = new Map<string, string[]>();
  for (const path of tree.keys()) {
    if (!path.startsWith(`${folder}/`)) continue;
    const [name, ...rest] = path.slice(folder.length + 1).split('/');
    if (name && rest.length > 0 && name !== 'fixtures' && name !== 'testing')
      inside.set(name, [...(inside.get(name) ?? []), rest.join('/')]);
  }
  const imported = new Set(
    moduleOf(index, text).references.flatMap(({ specifier }) => /^\.\/([^/]+)\//.exec(specifier ?? '')?.[1] ?? []),
  );
  for (const [name, files] of inside) {
    const path = `${folder}/${name}`;
    if (!imported.has(name)) say(path, 'is not imported by index.ts');
    if (!ids.includes(name)) say(path, `no entry of the list has the id ${name}`);
    const proven = files.some((file) => file.startsWith('fixtures/') || /\.test\.ts$/.test(file));
    if (!proven) say(path, 'has neither a fixture nor a test');
  }
  ids.forEach((id, at) => {
    if (!inside.has(id)) say(index, `lists ${id}, for which there is no folder`);
    if (ids.indexOf(id) !== at) say(index, `lists ${id} twice`);
  });
  for (const claim of registry.claims ?? []) {
    if (claim.proves.length === 0) say(`${folder}/${claim.id}`, 'does not say what it proves');
    if (claim.doesNotProve.length === 0) say(`${folder}/${claim.id}`, 'does not say what it does not prove');
  }
  return violations;
}
