import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Files of the project: path with `/` below the root → text. Binary files are there with an empty text. */
export type Tree = ReadonlyMap<string, string>;

/** One breach of one law. `line` counts from 1; null where the file as a whole is meant. */
export interface Violation {
  readonly law: string;
  readonly path: string;
  readonly line: number | null;
  readonly message: string;
}

/** Made by tools, or by git. */
const left = new Set(['node_modules', '.git', 'dist', 'out', '.vite', '.vitest', 'test-results', 'coverage']);

/** Reads the bytes of every file below `root`, without what tools made. */
export function readFiles(root: string): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  const walk = (folder: string) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (left.has(entry.name) || entry.name.endsWith('.log')) continue;
      if (entry.isDirectory()) walk(path);
      else if (entry.isFile()) files.set(path, readFileSync(join(root, path)));
    }
  };
  walk('');
  return files;
}

/** The same files as text. */
export function treeOf(files: ReadonlyMap<string, Uint8Array>): Tree {
  const tree = new Map<string, string>();
  for (const [path, bytes] of files) tree.set(path, bytes.includes(0) ? '' : Buffer.from(bytes).toString('utf8'));
  return tree;
}

/** TypeScript and JavaScript, what the laws about code look at. */
export function isCode(path: string): boolean {
  return /\.(ts|tsx|js|mjs|cjs)$/.test(path);
}

/** Tests, and what only tests use (`testing/`, `fixtures/`): they lay ground with parts that code must not reach for. */
export function isTest(path: string): boolean {
  return /\.test\.tsx?$/.test(path) || /\/(?:fixtures|testing)\//.test(path) || path.startsWith('test/');
}

/** One line a violation, for the message of a failing test. */
export function told(violations: readonly Violation[]): string[] {
  return violations.map(({ path, line, message }) => `${path}${line === null ? '' : `:${line}`}  ${message}`).sort();
}
