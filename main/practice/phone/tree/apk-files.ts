import { apkBytes, apkPaths, type Broken } from '../../apk/apk-bytes.ts';
import type { World } from '../../world/world.ts';
import { type FileTree, type Leaf, once } from './file-tree.ts';

/** The packages' files, as a part of the tree; each is made when it is asked for, and once. */
export function apkFiles(world: World, broken: Readonly<Record<string, Broken>>): (tree: FileTree) => void {
  const { sdk } = world;
  const { maker } = world.options;
  const leaves = world.apps.flatMap((app) => {
    const leaf = (split: string | null, us: number): Leaf => ({
      kind: 'file',
      bits: 0o644,
      owner: app.system && us === app.imageUs ? 'root' : 'system',
      group: app.system && us === app.imageUs ? 'root' : 'system',
      mtime: Math.floor((us === app.imageUs ? us : world.wallUs(us)) / 1_000_000),
      bytes: once(() =>
        apkBytes({ app, maker, sdk, split, broken: split === null ? (broken[app.package] ?? null) : null }),
      ),
    });
    const image = !app.codePath.startsWith('/data/app/');
    return apkPaths(app, sdk).map(({ path, split }) => ({
      path,
      leaf: leaf(split, image ? app.imageUs : app.lastUpdateUs),
    }));
  });
  const seconds = Math.floor(world.setupUs / 1_000_000);
  return (tree) => {
    tree.add('/data', { kind: 'folder', bits: 0o771, owner: 'system', group: 'system', mtime: seconds });
    tree.add('/data/app', { kind: 'folder', bits: 0o771, owner: 'system', group: 'system', mtime: seconds });
    for (const { path, leaf } of leaves) tree.add(path, leaf);
  };
}
