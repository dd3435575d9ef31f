import { netstatsFileNames, netstatsFiles, netstatsFolder } from '../../render/netstats-binary.ts';
import { usageFiles } from '../../render/usage-files.ts';
import { hashOf } from '../../world/random.ts';
import type { World } from '../../world/world.ts';
import { type FileTree, type Leaf, once } from './file-tree.ts';

/** What only root may read: the history of netstats and the use of apps, byte for byte as the phone keeps them. */
export function addGuardedFiles(tree: FileTree, world: World): void {
  const now = Math.floor(world.wallUs(world.polledUs) / 1_000_000);
  const add = (path: string, bytes: () => Uint8Array, mtime: number): void => {
    const leaf: Leaf = { kind: 'file', bits: 0o600, owner: 'system', group: 'system', mtime, bytes: once(bytes) };
    tree.add(path, leaf);
  };
  const folder = (path: string): void => {
    tree.add(path, { kind: 'folder', bits: 0o700, owner: 'system', group: 'system', mtime: now });
  };
  folder('/data/system');
  folder('/data/system/netstats');
  const current = netstatsFolder(world.sdk);
  folder(current);
  const names = netstatsFileNames(world);
  const endS = (name: string): number => Math.floor(Number(name.slice(name.lastIndexOf('-') + 1)) / 1000);
  const bytesOf = (name: string) => (): Uint8Array => netstatsFiles(world).get(name)!;
  for (const name of names) add(`${current}/${name}`, bytesOf(name), name.endsWith('-') ? now : endS(name));
  // Since Android 13 the module keeps beside them how often it brought older files over.
  if (world.sdk >= 33)
    for (const [name, count] of [
      ['import.attempts', 1],
      ['import.successes', 1],
      ['import.fallbacks', 0],
    ] as const)
      add(`${current}/${name}`, () => Uint8Array.of(0, 0, 0, count), Math.floor(world.setupUs / 1_000_000));
  // A phone that was brought up from Android 12 or older may still have its files of then where they were: the same, once more.
  if (world.sdk >= 33 && hashOf(world.options.seed, 'left behind') % 2 === 0)
    for (const name of names.filter((one) => !one.endsWith('-')).slice(0, 2))
      add(`/data/system/netstats/${name}`, bytesOf(name), endS(name));
  for (const file of usageFiles(world)) add(file.path, () => file.bytes, file.mtime);
}
