import { createHash } from 'node:crypto';
import { localText } from '../world/time.ts';
import type { Files } from './files.ts';
import type { Program, Ran } from './shell.ts';
import { modeOf, type Node, plainPath, sizeOf } from './tree/file-tree.ts';

export interface FileProgramsSetup {
  readonly files: Files;
  readonly sdk: number;
  readonly zone: string;
}

const encoder = new TextEncoder();
const failed = (stderr: string, exit = 1): Ran => ({ stdout: '', stderr, exit });

/** `-rw-rw----` */
function modeText(node: Node): string {
  const bits = modeOf(node) & 0o777;
  const first = node.kind === 'folder' ? 'd' : node.kind === 'link' ? 'l' : '-';
  return (
    first + [6, 3, 0].map((at) => 'rwx'.replace(/./g, (c, i: number) => ((bits >> at) & (4 >> i) ? c : '-'))).join('')
  );
}

/** Numbers of the users and groups that files here belong to. */
const ids: Readonly<Record<string, number>> = {
  root: 0,
  system: 1000,
  media_rw: 1023,
  sdcard_r: 1028,
  sdcard_rw: 1015,
  shell: 2000,
};
function idOf(name: string): number {
  const app = /^u(\d+)_a(\d+)$/.exec(name);
  return app ? Number(app[1]) * 100_000 + 10_000 + Number(app[2]) : (ids[name] ?? 0);
}

function absent(files: Files, program: string, path: string): string {
  return `${program}: ${path}: ${files.closed(path) ? 'Permission denied' : 'No such file or directory'}\n`;
}

/** Streams of files behind one another; a text where all are held. */
async function* following(
  parts: readonly (Uint8Array | (() => AsyncIterable<Uint8Array>))[],
): AsyncIterable<Uint8Array> {
  for (const part of parts) {
    if (part instanceof Uint8Array) yield part;
    else yield* part();
  }
}

function cat({ files }: FileProgramsSetup): Program {
  return ({ args, stdin }) => {
    if (args.length === 0) return { stdout: stdin, exit: 0 };
    const parts: (Uint8Array | (() => AsyncIterable<Uint8Array>))[] = [];
    let stderr = '';
    for (const path of args) {
      const file = files.read(path);
      if (file) parts.push(file.stream ?? file.bytes);
      else if (files.node(`${path}/`)?.kind === 'folder') stderr += `cat: ${path}: Is a directory\n`;
      else stderr += absent(files, 'cat', path);
    }
    const whole = parts.every((part) => part instanceof Uint8Array);
    return {
      stdout: whole ? new Uint8Array(Buffer.concat(parts)) : following(parts),
      stderr,
      exit: stderr === '' ? 0 : 1,
    };
  };
}

interface Listed {
  readonly name: string;
  readonly node: Node;
}

const shown = ({ name, node }: Listed): string => (node.kind === 'link' ? `${name} -> ${node.to}` : name);

/** The long form of toolbox, up to Android 6: fixed columns, no links, no total; folders have no size. */
function toolboxLines(list: readonly Listed[], zone: string): string[] {
  return list.map((one) => {
    const { node } = one;
    const size =
      node.kind === 'file' ? String(sizeOf(node)).padStart(8) : ' '.repeat(node.kind === 'link' ? 8 : 9).slice(1);
    const when = localText(node.mtime * 1_000_000, zone).slice(0, 16);
    return `${modeText(node)} ${node.owner.padEnd(8)} ${node.group.padEnd(8)} ${size} ${when} ${shown(one)}`;
  });
}

/** The long form of toybox, from Android 7 on: columns as wide as their longest, with a total before a folder's files. */
function toyboxLines(list: readonly Listed[], zone: string): string[] {
  const wide = (of: (node: Node) => string): number => Math.max(0, ...list.map(({ node }) => of(node).length));
  const [owner, group, size] = [wide((n) => n.owner), wide((n) => n.group), wide((n) => String(sizeOf(n)))];
  const links = (node: Node): string => (node.kind === 'folder' ? '2' : '1');
  return list.map((one) => {
    const { node } = one;
    const when = localText(node.mtime * 1_000_000, zone).slice(0, 16);
    return `${modeText(node)} ${links(node)} ${node.owner.padEnd(owner)} ${node.group.padEnd(group)} ${String(sizeOf(node)).padStart(size)} ${when} ${shown(one)}`;
  });
}

function ls(setup: FileProgramsSetup): Program {
  const { files, sdk, zone } = setup;
  return ({ args }) => {
    const options = args
      .filter((arg) => arg.startsWith('-'))
      .join('')
      .replaceAll('-', '');
    const unknown = /[^laA1d]/.exec(options);
    if (unknown) return failed(sdk >= 24 ? `ls: Unknown option '${unknown[0]}' (see "ls --help")\n` : '', 1);
    const given = args.filter((arg) => !arg.startsWith('-'));
    const paths = given.length === 0 ? ['/'] : given;
    const long = options.includes('l');
    const lines = (list: readonly Listed[], total: boolean): string[] => {
      if (!long) return list.map(({ name }) => name);
      if (sdk < 24) return toolboxLines(list, zone);
      const blocks = list.reduce((sum, { node }) => sum + Math.ceil(sizeOf(node) / 4096) * 8, 0);
      return [...(total ? [`total ${blocks}`] : []), ...toyboxLines(list, zone)];
    };
    const out: string[] = [];
    let stderr = '';
    for (const path of paths) {
      // Without -l a link to a folder is followed.
      const node = files.node(long ? path : `${path}/`);
      if (!node) {
        const gone = files.closed(path)
          ? 'opendir failed, Permission denied\n'
          : `${path}: No such file or directory\n`;
        stderr += sdk < 24 ? gone : absent(files, 'ls', path);
        continue;
      }
      if (node.kind !== 'folder' || options.includes('d')) {
        out.push(...lines([{ name: path, node }], false));
        continue;
      }
      if (files.unlisted(path)) {
        stderr += sdk < 24 ? 'opendir failed, Permission denied\n' : `ls: ${path}: Permission denied\n`;
        continue;
      }
      if (paths.length > 1) out.push(...(out.length > 0 ? [''] : []), `${path}:`);
      const list = files.children(path).filter(({ name }) => /[aA]/.test(options) || !name.startsWith('.'));
      const dots = options.includes('a') ? ['.', '..'].map((name) => ({ name, node })) : [];
      out.push(...lines([...dots, ...list], true));
    }
    return { stdout: out.map((line) => `${line}\n`).join(''), stderr, exit: stderr === '' ? 0 : 1 };
  };
}

/** A pattern of names as find and the shell have them. */
function matcher(pattern: string): RegExp {
  const text = pattern
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replaceAll('*', '[^]*')
    .replaceAll('?', '[^]');
  return new RegExp(`^${text}$`);
}

function sizeTest(text: string): ((size: number) => boolean) | null {
  const match = /^([+-]?)(\d+)([ckMG]?)$/.exec(text);
  if (!match) return null;
  const [, sign, number = '0', unit = ''] = match;
  const factor = { c: 1, k: 1024, M: 1024 ** 2, G: 1024 ** 3 }[unit] ?? 512;
  const wanted = Number(number);
  return (size) => {
    const blocks = Math.ceil(size / factor);
    return sign === '+' ? blocks > wanted : sign === '-' ? blocks < wanted : blocks === wanted;
  };
}

function find({ files }: FileProgramsSetup): Program {
  return ({ args }) => {
    const roots: string[] = [];
    const tests: ((name: string, node: Node) => boolean)[] = [];
    let depth = Number.POSITIVE_INFINITY;
    let end = '\n';
    for (let at = 0; at < args.length; at += 1) {
      const arg = args[at]!;
      if (!arg.startsWith('-')) {
        if (tests.length > 0) return failed(`find: bad arg '${arg}'\n`);
        roots.push(arg);
        continue;
      }
      if (arg === '-print') continue;
      if (arg === '-print0') {
        end = '\0';
        continue;
      }
      const value = args[++at];
      const size = arg === '-size' ? sizeTest(value ?? '') : null;
      if (arg === '-type' && (value === 'f' || value === 'd' || value === 'l'))
        tests.push((_, node) => node.kind === { f: 'file', d: 'folder', l: 'link' }[value]);
      else if (arg === '-name' && value !== undefined) tests.push((name) => matcher(value).test(name));
      else if (arg === '-maxdepth' && value !== undefined) depth = Number(value);
      else if (size) tests.push((_, node) => size(sizeOf(node)));
      else return failed(`find: bad arg '${arg}'\n`);
    }
    const out: string[] = [];
    let stderr = '';
    const walk = (path: string, name: string, node: Node, level: number): void => {
      if (tests.every((test) => test(name, node))) out.push(path + end);
      if (node.kind !== 'folder' || level >= depth) return;
      if (files.unlisted(path) || files.closed(path)) {
        stderr += `find: ${path}: Permission denied\n`;
        return;
      }
      for (const child of files.children(path))
        walk(`${path}${path.endsWith('/') ? '' : '/'}${child.name}`, child.name, child.node, level + 1);
    };
    for (const path of roots.length === 0 ? ['.'] : roots) {
      // A link that is named is not followed, a slash behind it follows it.
      const node = files.node(path);
      if (node) walk(path, plainPath(path).split('/').at(-1)!, node, 0);
      else stderr += absent(files, 'find', path);
    }
    return { stdout: out.join(''), stderr, exit: stderr === '' ? 0 : 1 };
  };
}

function stat({ files, zone }: FileProgramsSetup): Program {
  return ({ args }) => {
    const at = args.findIndex((arg) => arg === '-c' || arg === '-Lc');
    const format = at < 0 ? null : args[at + 1];
    if (format === null || format === undefined) return failed('stat: practice knows only -c FORMAT\n');
    let out = '';
    let stderr = '';
    for (const path of args.filter((arg, index) => index !== at && index !== at + 1 && arg !== '-L')) {
      const node = files.node(args.includes('-L') ? `${path}/` : path);
      if (!node) {
        stderr += `stat: '${path}': ${files.closed(path) ? 'Permission denied' : 'No such file or directory'}\n`;
        continue;
      }
      const size = sizeOf(node);
      const values: Readonly<Record<string, string | number>> = {
        s: size,
        n: path,
        N: node.kind === 'link' ? `${path} -> ${node.to}` : path,
        a: (modeOf(node) & 0o7777).toString(8),
        A: modeText(node),
        f: modeOf(node).toString(16),
        F:
          node.kind === 'folder'
            ? 'directory'
            : node.kind === 'link'
              ? 'symbolic link'
              : size === 0
                ? 'regular empty file'
                : 'regular file',
        U: node.owner,
        G: node.group,
        u: idOf(node.owner),
        g: idOf(node.group),
        b: Math.ceil(size / 4096) * 8,
        X: node.mtime,
        Y: node.mtime,
        Z: node.mtime,
        y: `${localText(node.mtime * 1_000_000, zone)}.000000000`,
        '%': '%',
      };
      out += `${format.replace(/%(.)/g, (all, key: string) => String(values[key] ?? all))}\n`;
    }
    return { stdout: out, stderr, exit: stderr === '' ? 0 : 1 };
  };
}

/** `sha256sum` and its like: a name with two spaces behind the sum. What is long is summed while it is read. */
function sum(setup: FileProgramsSetup, program: string, algorithm: string): Program {
  const { files } = setup;
  return ({ args }) => {
    let stderr = '';
    const found = args.flatMap((path) => {
      const file = files.read(path);
      if (!file) stderr += absent(files, program, path);
      return file ? [{ path, file }] : [];
    });
    async function* lines(): AsyncIterable<Uint8Array> {
      for (const { path, file } of found) {
        const hash = createHash(algorithm);
        if (file.stream) for await (const piece of file.stream()) hash.update(piece);
        else hash.update(file.bytes);
        yield encoder.encode(`${hash.digest('hex')}  ${path}\n`);
      }
    }
    const exit = stderr === '' ? 0 : 1;
    if (found.some(({ file }) => file.stream)) return { stdout: lines(), stderr, exit };
    const text = found.map(({ path, file }) => `${createHash(algorithm).update(file.bytes).digest('hex')}  ${path}\n`);
    return { stdout: text.join(''), stderr, exit };
  };
}

/** The programs that show files, as far as that Android has them (AOSP system/core, shell_and_utilities/README.md). */
export function filePrograms(setup: FileProgramsSetup): Record<string, Program> {
  const { sdk } = setup;
  const all: Record<string, Program> = { cat: cat(setup), ls: ls(setup) };
  if (sdk < 23) all.md5 = sum(setup, 'md5', 'md5');
  if (sdk >= 23) {
    Object.assign(all, { find: find(setup), stat: stat(setup) });
    Object.assign(all, { md5sum: sum(setup, 'md5sum', 'md5'), sha1sum: sum(setup, 'sha1sum', 'sha1') });
  }
  if (sdk >= 26) all.sha256sum = sum(setup, 'sha256sum', 'sha256');
  return all;
}
