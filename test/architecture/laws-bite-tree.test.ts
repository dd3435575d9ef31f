import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { cycleLaw } from './laws/cycles.ts';
import { docstringLaw } from './laws/docstrings.ts';
import { globalsLaw } from './laws/globals.ts';
import { importLaw, reachLaw } from './laws/imports.ts';
import { lockfileLaw } from './laws/lockfile.ts';
import { machinePathLaw } from './laws/machine-paths.ts';
import { nameLaw } from './laws/names.ts';
import { registryLaw } from './laws/registries.ts';
import { resourceLaw } from './laws/resources.ts';
import { sizeLaw } from './laws/size.ts';
import { wordLaw } from './laws/words.ts';
import { readFiles, type Tree, told, treeOf, type Violation } from './tree.ts';

/*
 * The same laws over the project as it stands with one bad file put in: a law that is blind to the real folders, because
 * one was renamed or a pattern is wrong, shows here.
 */

const files = readFiles(join(dirname(fileURLToPath(import.meta.url)), '../..'));
const tree = treeOf(files);

type Law = (tree: Tree) => Violation[];
const folders = (folder: string) =>
  [...tree.keys()].flatMap((path) =>
    path.startsWith(`${folder}/`) ? [path.slice(folder.length + 1).split('/')[0] ?? ''] : [],
  );
const listed =
  (folder: string): Law =>
  (changed) => {
    const ids = [...new Set(folders(folder))].filter((name) => !name.includes('.') && name !== 'testing');
    return registryLaw(changed, { folder, ids });
  };
const home = `${'/ho'}me/ana`;

const bad: readonly (readonly [law: string, check: Law, path: string, text: string, says: string])[] = [
  [
    'imports',
    importLaw,
    'main/engine/query/zz.ts',
    "import type {} from '../store/custody-log.ts';",
    'the room query imports',
  ],
  [
    'imports',
    importLaw,
    'main/engine/detect/rules/zz.ts',
    "export * from '../../enrich/lists.ts';",
    'the room detect imports',
  ],
  ['imports', importLaw, 'renderer/features/zz.ts', "import('../../main/engine/engine-api.ts');", 'renderer imports'],
  [
    'imports',
    importLaw,
    'main/practice/zz.ts',
    "import '../engine/parse/artifacts/index.ts';",
    'main/practice imports',
  ],
  ['imports', importLaw, 'main/host/zz.ts', "import 'electron';", 'Electron only by'],
  ['imports', importLaw, 'main/shells/cli/zz.ts', "import 'node:http';", 'HTTP only by'],
  ['imports', importLaw, 'shared/base/zz.ts', "import 'node:os';", 'no Node module here'],
  ['imports', importLaw, 'renderer/timeline/zz.tsx', "import 'react';", 'React only by'],
  ['reach', reachLaw, 'main/engine/parse/artifacts/zz/index.ts', "import '../../parse-evidence.ts';", 'reaches node:'],
  ['cycles', cycleLaw, 'shared/base/zz.ts', "import './zz.ts';", 'imports itself'],
  ['globals', globalsLaw, 'renderer/ui/zz.ts', 'window.open();', 'uses window'],
  ['globals', globalsLaw, 'renderer/features/cases/zz.tsx', 'fetch("/");', 'uses fetch'],
  [
    'artifacts',
    listed('main/engine/parse/artifacts'),
    'main/engine/parse/artifacts/zz/index.ts',
    '',
    'is not imported by index.ts',
  ],
  [
    'enrichers',
    listed('main/engine/enrich/enrichers'),
    'main/engine/enrich/enrichers/zz/index.ts',
    '',
    'is not imported by index.ts',
  ],
  [
    'rules',
    listed('main/engine/detect/rules'),
    'main/engine/detect/rules/zz/index.ts',
    '',
    'is not imported by index.ts',
  ],
  [
    'exports',
    listed('main/engine/report/exports'),
    'main/engine/report/exports/zz/index.ts',
    '',
    'is not imported by index.ts',
  ],
  ['size', (changed) => sizeLaw(changed, []), 'main/host/zz.ts', '\n'.repeat(401), 'has 401 lines'],
  ['names', nameLaw, 'main/host/utils/zz.ts', '', '"utils" says nothing'],
  ['words', wordLaw, 'main/engine/detect/rules/zz/index.ts', "const text = 'It stole data';", 'says "stole"'],
  ['words', wordLaw, 'main/engine/parse/artifacts/zz/index.ts', "const proves = ['It spied.'];", 'says "spied"'],
  ['words', wordLaw, 'main/engine/report/zz.ts', 'const text = `definitely`;', 'says "definitely"'],
  ['machine paths', (changed) => machinePathLaw(changed, []), 'README-zz.md', home, `names ${home}`],
  ['docstrings', docstringLaw, 'shared/base/zz.ts', 'export function bare() {}', 'exports bare without a docstring'],
];

for (const [law, check, path, text, says] of bad) {
  it(`${law}: a bad file at ${path}`, () => {
    const before = new Set(told(check(tree)));
    const found = check(new Map([...tree, [path, text]])).filter(
      (one) => !told([one]).some((line) => before.has(line)),
    );
    const named = found.filter((one) => path.startsWith(one.path) && one.message.includes(says));
    expect(named.length).toBeGreaterThan(0);
  });
}

it('lockfile, with one address in the real one', () => {
  const lock = JSON.parse(tree.get('package-lock.json') ?? '{}') as { packages: Record<string, { resolved?: string }> };
  const first = Object.keys(lock.packages).find((name) => name !== '') ?? '';
  lock.packages[first] = { ...lock.packages[first], resolved: 'https://registry.example/a.tgz' };
  const found = told(lockfileLaw(new Map([['package-lock.json', JSON.stringify(lock)]])));
  expect(found).toContain(`package-lock.json  ${first} has the download address https://registry.example/a.tgz`);
});

it('resources, with one byte more in a real list', () => {
  const path = 'resources/lists/services.json';
  const changed = new Map(files);
  changed.set(path, new Uint8Array([...(files.get(path) ?? []), 10]));
  expect(told(resourceLaw(changed))).toContain(`${path}  differs from its hash in manifest.json`);
});
