import { addressTable, arpTable, interfaceTable, routeTable } from '../../render/proc/interface-tables.ts';
import { lastWithModule, qtaguidText } from '../../render/proc/qtaguid-text.ts';
import { socketTable } from '../../render/proc/sockets-text.ts';
import { getpropText, propsOf } from '../../render/props.ts';
import { hashOf } from '../../world/random.ts';
import type { World } from '../../world/world.ts';
import type { FileTree, Leaf } from './file-tree.ts';

const encoder = new TextEncoder();

function bootId(world: World): string {
  const boots = world.boots > 0 ? [world.boots] : [];
  const part = (n: number): string =>
    hashOf(world.options.seed, 'boot id', Math.floor(world.bootUs / 1e6), n, ...boots)
      .toString(16)
      .padStart(8, '0');
  const hex = part(1) + part(2) + part(3) + part(4);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** The files of the kernel and of the image. What the kernel says is made anew each time that it is read. */
export function addSystemFiles(tree: FileTree, world: World, nowUs: () => number, mtime: number): void {
  const add = (path: string, text: () => string, bits: number): void => {
    const leaf: Leaf = { kind: 'file', bits, owner: 'root', group: 'root', mtime, bytes: () => encoder.encode(text()) };
    tree.add(path, leaf);
  };
  const kernel = (path: string, text: () => string): void => add(path, text, 0o444);
  kernel('/proc/uptime', () => {
    const seconds = (nowUs() - world.bootUs) / 1_000_000;
    return `${seconds.toFixed(2)} ${(seconds * 5.2).toFixed(2)}\n`;
  });
  kernel('/proc/net/dev', () => interfaceTable(world));
  kernel('/proc/net/route', () => routeTable(world, nowUs()));
  kernel('/proc/net/arp', () => arpTable(world, nowUs()));
  kernel('/proc/net/if_inet6', () => addressTable(world, nowUs()));
  for (const name of ['tcp', 'tcp6', 'udp', 'udp6'] as const)
    kernel(`/proc/net/${name}`, () => socketTable(world, name, nowUs()));
  if (world.sdk <= lastWithModule) kernel('/proc/net/xt_qtaguid/stats', () => qtaguidText(world));
  const version = world.sdk >= 31 ? '5.10.136' : '3.18.71';
  kernel('/proc/version', () => `Linux version ${version}-perf (builder@build) #1 SMP PREEMPT\n`);
  kernel('/proc/sys/kernel/random/boot_id', () => `${bootId(world)}\n`);
  const image = (): string =>
    [...propsOf(world)]
      .filter(([key]) => key.startsWith('ro.'))
      .map(([k, v]) => `${k}=${v}\n`)
      .join('');
  add('/system/build.prop', image, 0o644);
  add('/default.prop', () => getpropText(world).slice(0, 200), 0o644);
}

/** Whether the shell may not read the tables of open sockets on that phone (FORMATS 0.1; see the README). */
export function socketsClosed(world: World): boolean {
  const said = world.options.with?.procNet;
  return said === undefined ? world.sdk >= 36 && world.options.maker === 'plain' : said === 'refused';
}
