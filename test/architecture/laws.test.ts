import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { rules } from '../../main/engine/detect/rules/index.ts';
import { createDestinationEnrichers, createEnrichers } from '../../main/engine/enrich/enrichers/index.ts';
import { loadLists } from '../../main/engine/enrich/lists.ts';
import { artifacts } from '../../main/engine/parse/artifacts/index.ts';
import { exporters } from '../../main/engine/report/exports/index.ts';
import { allHandlers } from '../../main/host/handlers/index.ts';
import type { HostContext } from '../../main/host/host-context.ts';
import { contract } from '../../shared/contract/contract.ts';
import { dataFiles, debts, settle } from './debts.ts';
import { contractLaw, handlersLaw } from './laws/contract.ts';
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
import { readFiles, told, treeOf, type Violation } from './tree.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const files = readFiles(root);
const tree = treeOf(files);

/** What lies beside the checkout tells as much of a machine as the checkout itself. */
const above = dirname(root);
const own = above === dirname(above) ? [root] : readdirSync(above).map((name) => join(above, name));
const lists = await loadLists(join(root, 'resources'));
const idsOf = (entries: readonly { readonly id: string }[]) => entries.map((entry) => entry.id);
/** Handlers only take their context apart; none is called here. */
const noContext = new Proxy({}, { get: () => undefined }) as HostContext;

const laws: Readonly<Record<string, () => Violation[]>> = {
  'imports follow the drawing': () => [...importLaw(tree), ...reachLaw(tree)],
  'no file imports itself': () => cycleLaw(tree),
  'names of the page, the network and the process stay where they belong': () => globalsLaw(tree),
  'the contract is data that survives every wire': () => contractLaw(contract),
  'the host serves the whole contract and nothing else': () => handlersLaw(contract, allHandlers(noContext)),
  'artifacts are a list': () =>
    registryLaw(tree, { folder: 'main/engine/parse/artifacts', ids: idsOf(artifacts), claims: artifacts }),
  'enrichers are a list': () =>
    registryLaw(tree, {
      folder: 'main/engine/enrich/enrichers',
      ids: [createEnrichers(lists), ...Object.values(createDestinationEnrichers(lists))].flatMap(idsOf),
    }),
  'rules are a list': () => registryLaw(tree, { folder: 'main/engine/detect/rules', ids: idsOf(rules), claims: rules }),
  'exports are a list': () => registryLaw(tree, { folder: 'main/engine/report/exports', ids: idsOf(exporters) }),
  'files stay small': () =>
    sizeLaw(
      tree,
      dataFiles.map((file) => file.path),
    ),
  'names say what is inside': () => nameLaw(tree),
  'words say only what the data proves': () => wordLaw(tree),
  'no file names a path of a machine': () => machinePathLaw(tree, own),
  'the lockfile names no download address': () => lockfileLaw(tree),
  'functions at the doors are explained': () => docstringLaw(tree),
  'resources are what their manifest says': () => resourceLaw(files),
};

describe('laws of the house', () => {
  for (const [name, check] of Object.entries(laws)) {
    it(name, () => expect(told(settle(check(), debts).open)).toEqual([]));
  }
});

describe('exceptions', () => {
  it('have a reason, and answer to something that is there', () => {
    const { stale } = settle(
      Object.values(laws).flatMap((check) => check()),
      debts,
    );
    expect(stale).toEqual([]);
    expect(debts.filter((debt) => debt.reason.trim().length < 20)).toEqual([]);
    expect(dataFiles.filter((file) => !tree.has(file.path) || file.reason.trim().length < 20)).toEqual([]);
  });
});
