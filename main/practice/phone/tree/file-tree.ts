import type { PhoneFile } from '../../practice-phone.ts';

/** A file of the phone. Its bytes are made when somebody asks for them. */
export interface Leaf {
  readonly kind: 'file';
  /** Permission bits, e.g. 0o660. */
  readonly bits: number;
  readonly owner: string;
  readonly group: string;
  /** Seconds since 1970. */
  readonly mtime: number;
  readonly bytes: () => Uint8Array;
  /** For what is too long to be held. */
  readonly long?: { readonly size: number; readonly stream: () => AsyncIterable<Uint8Array> };
}

export interface Branch {
  readonly kind: 'folder';
  readonly bits: number;
  readonly owner: string;
  readonly group: string;
  readonly mtime: number;
}

/** A symbolic link. */
export interface Link {
  readonly kind: 'link';
  readonly to: string;
  readonly owner: string;
  readonly group: string;
  readonly mtime: number;
}

export type Node = Leaf | Branch | Link;

/** Files by absolute path; folders that nobody described are `root`'s. */
export class FileTree {
  readonly #nodes = new Map<string, Node>();
  readonly #children = new Map<string, string[]>();
  readonly #mtime: number;

  constructor(mtime: number) {
    this.#mtime = mtime;
    this.#nodes.set('/', { kind: 'folder', bits: 0o755, owner: 'root', group: 'root', mtime });
  }

  /** A path never has `.` or `..` in it. */
  add(path: string, node: Node): void {
    const at = path.lastIndexOf('/');
    const parent = at === 0 ? '/' : path.slice(0, at);
    if (!this.#nodes.has(parent)) {
      this.add(parent, { kind: 'folder', bits: 0o755, owner: 'root', group: 'root', mtime: this.#mtime });
    }
    if (!this.#nodes.has(path)) {
      const list = this.#children.get(parent);
      if (list) list.push(path);
      else this.#children.set(parent, [path]);
    }
    this.#nodes.set(path, node);
  }

  /** A name that a lying phone gives, which may have slashes and dots in it. */
  claim(folder: string, name: string, node: Node): void {
    const path = `${folder}/${name}`;
    this.#children.set(folder, [...(this.#children.get(folder) ?? []), path]);
    this.#nodes.set(path, node);
  }

  node(path: string): Node | null {
    return this.#nodes.get(path) ?? null;
  }

  /** What lies in a folder, by name. */
  children(path: string): { readonly name: string; readonly path: string; readonly node: Node }[] {
    const list = [...(this.#children.get(path) ?? [])].sort((a, b) => (a < b ? -1 : 1));
    return list.map((one) => ({
      name: one.slice(path === '/' ? 1 : path.length + 1),
      path: one,
      node: this.#nodes.get(one)!,
    }));
  }
}

/** `/a//b/../c/` is `/a/c`. */
export function plainPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** Bytes of a file, also of one that is not held. */
export function sizeOf(node: Node): number {
  if (node.kind === 'file') return node.long?.size ?? node.bytes().length;
  return node.kind === 'folder' ? 4096 : Buffer.byteLength(node.to);
}

const types = { file: 0o100000, folder: 0o040000, link: 0o120000 } as const;

/** Unix mode with the bits of the type. */
export function modeOf(node: Node): number {
  return types[node.kind] | (node.kind === 'link' ? 0o777 : node.bits);
}

/** The node as `adb pull` sees it. */
export function phoneFileOf(node: Node): PhoneFile {
  const { mtime } = node;
  const mode = modeOf(node);
  if (node.kind !== 'file') return { mode, mtime, bytes: new Uint8Array() };
  return node.long ? { mode, mtime, bytes: new Uint8Array(), ...node.long } : { mode, mtime, bytes: node.bytes() };
}

/** Bytes that are made once. */
export function once(make: () => Uint8Array): () => Uint8Array {
  let made: Uint8Array | null = null;
  return () => {
    made ??= make();
    return made;
  };
}
