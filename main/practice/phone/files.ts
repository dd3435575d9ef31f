import type { PhoneFile } from '../practice-phone.ts';
import { netstatsFiles, netstatsFolder } from '../render/netstats-binary.ts';
import { addressTable, arpTable, interfaceTable, routeTable } from '../render/proc/interface-tables.ts';
import { lastWithModule, qtaguidText } from '../render/proc/qtaguid-text.ts';
import { socketTable } from '../render/proc/sockets-text.ts';
import { getpropText, propsOf } from '../render/props.ts';
import { hashOf } from '../world/random.ts';
import type { World } from '../world/world.ts';

const encoder = new TextEncoder();

/** Everything on the phone that someone can read, by path. */
export interface Files {
  read(path: string): PhoneFile | null;
  /** Whether a path is there but closed to this user. */
  closed(path: string): boolean;
  list(path: string): { name: string; file: PhoneFile }[] | null;
}

function clean(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** What the files of the kernel say, by path; made anew each time that one is read. */
function kernelTables(world: World, nowUs: () => number): [string, () => string][] {
  const uptime = (): string => {
    const seconds = (nowUs() - world.bootUs) / 1_000_000;
    return `${seconds.toFixed(2)} ${(seconds * 5.2).toFixed(2)}\n`;
  };
  const tables: [string, () => string][] = [
    ['/proc/uptime', uptime],
    ['/proc/net/dev', () => interfaceTable(world)],
    ['/proc/net/route', () => routeTable(world, nowUs())],
    ['/proc/net/arp', () => arpTable(world, nowUs())],
    ['/proc/net/if_inet6', () => addressTable(world, nowUs())],
  ];
  for (const name of ['tcp', 'tcp6', 'udp', 'udp6'] as const)
    tables.push([`/proc/net/${name}`, () => socketTable(world, name, nowUs())]);
  if (world.sdk <= lastWithModule) tables.push(['/proc/net/xt_qtaguid/stats', () => qtaguidText(world)]);
  return tables;
}

export interface FilesQuestion {
  /** Also those that only root may read. */
  readonly root: boolean;
  /** True time, microseconds of UTC. */
  readonly nowUs: () => number;
  /** The bugreport that lies on the phone since one was asked for, or null. */
  readonly bugreport: () => { readonly path: string; readonly bytes: Uint8Array } | null;
}

/** The phone's files. */
export function filesOf(world: World, { root, nowUs, bugreport }: FilesQuestion): Files {
  const seconds = Math.floor(world.polledUs / 1_000_000);
  const make = (bytes: Uint8Array | string, mode = 0o100644, mtime = seconds): PhoneFile => ({
    mode,
    mtime,
    bytes: typeof bytes === 'string' ? encoder.encode(bytes) : bytes,
  });
  let plain: Map<string, () => PhoneFile> | null = null;
  const all = (): Map<string, () => PhoneFile> => {
    if (plain) return plain;
    plain = new Map<string, () => PhoneFile>([
      ...kernelTables(world, nowUs).map(([path, text]): [string, () => PhoneFile] => [
        path,
        () => make(text(), 0o100444),
      ]),
      [
        '/proc/version',
        () =>
          make(
            `Linux version ${world.sdk >= 31 ? '5.10.136' : '3.18.71'}-perf (builder@build) #1 SMP PREEMPT\n`,
            0o100444,
          ),
      ],
      ['/proc/sys/kernel/random/boot_id', () => make(`${bootId(world)}\n`, 0o100444)],
      [
        '/system/build.prop',
        () =>
          make(
            [...propsOf(world)]
              .filter(([key]) => key.startsWith('ro.'))
              .map(([k, v]) => `${k}=${v}\n`)
              .join(''),
          ),
      ],
      ['/default.prop', () => make(getpropText(world).slice(0, 200))],
      ['/sdcard/Download/notes.txt', () => make('Milk, bread, समोसा, 茶\n', 0o100660)],
      ['/sdcard/DCIM/Camera/IMG_0001.jpg', () => make(photo(world), 0o100660)],
    ]);
    return plain;
  };
  let guarded: Map<string, PhoneFile> | null = null;
  const secret = (): Map<string, PhoneFile> => {
    if (!guarded) {
      guarded = new Map();
      const folder = netstatsFolder(world.sdk);
      for (const [name, bytes] of netstatsFiles(world)) {
        const end = name.slice(name.lastIndexOf('-') + 1);
        const mtime = end === '' ? seconds : Math.floor(Number(end) / 1000);
        guarded.set(`${folder}/${name}`, make(bytes, 0o100600, mtime));
      }
    }
    return guarded;
  };
  const guardedPath = (path: string): boolean =>
    path.startsWith('/data/system/') || path.startsWith('/data/misc/') || path === '/data/system';
  const read = (given: string): PhoneFile | null => {
    const path = clean(given).replace(/^\/storage\/emulated\/0(?=\/)/, '/sdcard');
    const maker = all().get(path);
    if (maker) return maker();
    const report = bugreport();
    if (report?.path === path) return make(report.bytes, 0o100600);
    return root && guardedPath(path) ? (secret().get(path) ?? null) : null;
  };
  const paths = (): string[] => [...all().keys(), ...(root ? secret().keys() : [])];
  const list = (given: string): { name: string; file: PhoneFile }[] | null => {
    const path = clean(given).replace(/^\/storage\/emulated\/0(?=\/|$)/, '/sdcard');
    const prefix = path === '/' ? '/' : `${path}/`;
    const names = new Map<string, PhoneFile>();
    for (const one of paths()) {
      if (!one.startsWith(prefix)) continue;
      const rest = one.slice(prefix.length);
      const slash = rest.indexOf('/');
      if (slash < 0) names.set(rest, read(one)!);
      else names.set(rest.slice(0, slash), make(new Uint8Array(), 0o040755));
    }
    return names.size === 0
      ? null
      : [...names].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, file]) => ({ name, file }));
  };
  return { read, list, closed: (path) => !root && guardedPath(clean(path)) };
}

function bootId(world: World): string {
  const part = (n: number): string =>
    hashOf(world.options.seed, 'boot id', Math.floor(world.bootUs / 1e6), n)
      .toString(16)
      .padStart(8, '0');
  const hex = part(1) + part(2) + part(3) + part(4);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** Bytes that look like a photo to no one, but are as long as one and the same each time. */
function photo(world: World): Uint8Array {
  const out = new Uint8Array(120_000);
  for (let i = 0; i < out.length; i += 4) {
    const value = hashOf(world.options.seed, i);
    out[i] = value;
    out[i + 1] = value >>> 8;
    out[i + 2] = value >>> 16;
    out[i + 3] = value >>> 24;
  }
  out.set([0xff, 0xd8, 0xff, 0xe0]);
  return out;
}
