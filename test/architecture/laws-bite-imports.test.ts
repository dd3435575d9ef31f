import { describe, expect, it } from 'vitest';
import { cycleLaw } from './laws/cycles.ts';
import { globalsLaw } from './laws/globals.ts';
import { importLaw, reachLaw } from './laws/imports.ts';
import { told as lines, type Tree } from './tree.ts';

/*
 * Each law is shown a small tree that breaks it and must name the breach, and a tree that keeps it and must be silent.
 * A law that nobody has seen failing proves nothing.
 */

const treeOf = (files: Record<string, string>): Tree => new Map(Object.entries(files));

describe('imports', () => {
  const empty = 'export {};';
  /** A file with one import of each target, which all exist. */
  const one = (from: string, ...specifiers: string[]) => {
    const files: Record<string, string> = {
      'package.json': '{"dependencies":{"zod":"4"},"devDependencies":{"electron":"1","yazl":"1"}}',
    };
    for (const path of everything) files[path] = empty;
    files[from] = specifiers.map((specifier) => `import '${specifier}';`).join('\n');
    return lines(importLaw(treeOf(files)));
  };
  const everything = [
    'shared/types/a.ts',
    'main/engine/model/a.ts',
    'main/engine/ports/a.ts',
    'main/engine/engine.ts',
    'main/engine/pipeline.ts',
    'main/engine/parse/lines.ts',
    'main/engine/parse/artifacts/index.ts',
    'main/engine/parse/artifacts/one/index.ts',
    'main/engine/parse/artifacts/two/index.ts',
    'main/engine/store/a.ts',
    'main/engine/store/migrations/a.ts',
    'main/engine/query/a.ts',
    'main/engine/query/testing/a.ts',
    'main/host/a.ts',
    'main/practice/a.ts',
    'main/shells/web/a.ts',
    'main/shells/cli/a.ts',
    'main/shells/electron/a.ts',
    'renderer/ui/a.ts',
    'renderer/timeline/a.ts',
    'test/shells/a.ts',
  ];
  const up = (from: string) => '../'.repeat(from.split('/').length - 1);

  const refused: readonly (readonly [from: string, to: string, says: string])[] = [
    ['shared/types/b.ts', 'main/engine/model/a.ts', 'shared imports shared, not main/engine/model/a.ts'],
    ['main/engine/model/b.ts', 'main/engine/store/a.ts', 'model and ports import shared and each other'],
    ['main/engine/query/b.ts', 'main/engine/store/a.ts', 'the room query imports model, ports, shared and itself'],
    ['main/engine/query/b.ts', 'main/engine/engine.ts', 'the room query imports'],
    ['main/engine/query/b.test.ts', 'main/engine/store/a.ts', 'the room query imports'],
    ['main/engine/parse/artifacts/one/b.ts', 'main/engine/parse/artifacts/two/index.ts', 'an artifact imports'],
    ['main/engine/parse/artifacts/one/b.ts', 'main/engine/store/a.ts', 'an artifact imports'],
    ['main/engine/b.ts', 'main/host/a.ts', 'the engine imports shared and itself'],
    ['main/practice/b.ts', 'main/engine/parse/lines.ts', 'main/practice imports shared and itself'],
    ['main/practice/b.ts', 'main/engine/model/a.ts', 'main/practice imports shared and itself'],
    ['main/engine/parse/b.ts', 'main/practice/a.ts', 'the room parse imports'],
    ['main/host/b.ts', 'main/engine/query/a.ts', "main/host imports shared, the engine's door"],
    ['main/host/b.ts', 'test/shells/a.ts', 'only tests import test/shells/a.ts'],
    ['main/engine/query/b.ts', 'main/engine/query/testing/a.ts', 'only tests import main/engine/query/testing/a.ts'],
    ['main/shells/web/b.ts', 'main/shells/electron/a.ts', 'a shell imports'],
    ['main/shells/electron/b.ts', 'main/engine/store/a.ts', 'a shell imports'],
    ['main/setup/b.mjs', 'shared/types/a.ts', 'main/setup imports itself'],
    ['main/cli.ts', 'main/engine/pipeline.ts', 'an entry imports'],
    ['renderer/ui/b.ts', 'main/host/a.ts', 'renderer imports shared and itself'],
    ['renderer/timeline/b.ts', 'renderer/ui/a.ts', 'renderer/timeline imports shared and itself'],
  ];
  it.each(refused)('%s may not import %s', (from, to, says) => {
    const found = one(from, up(from) + to);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(`${from}:1  ${says}`);
  });

  const allowed: readonly (readonly [from: string, to: string])[] = [
    ['main/engine/query/b.ts', 'main/engine/ports/a.ts'],
    ['main/engine/query/b.test.ts', 'main/engine/store/migrations/a.ts'],
    ['main/engine/query/testing/b.ts', 'main/engine/store/migrations/a.ts'],
    ['main/engine/query/b.test.ts', 'main/engine/query/testing/a.ts'],
    ['main/engine/parse/artifacts/one/b.ts', 'main/engine/parse/lines.ts'],
    ['main/engine/parse/artifacts/index.ts', 'main/engine/parse/artifacts/two/index.ts'],
    ['main/engine/pipeline.ts', 'main/engine/store/a.ts'],
    ['main/host/b.ts', 'main/engine/engine.ts'],
    ['main/host/b.test.ts', 'test/shells/a.ts'],
    ['main/shells/cli/b.ts', 'main/shells/web/a.ts'],
    ['main/web.ts', 'main/shells/web/a.ts'],
    ['renderer/ui/b.ts', 'renderer/timeline/a.ts'],
    ['test/pipeline/b.ts', 'main/engine/store/a.ts'],
  ];
  it.each(allowed)('%s may import %s', (from, to) => {
    expect(one(from, up(from) + to)).toEqual([]);
  });

  const packages: readonly (readonly [from: string, specifier: string, says: string | null])[] = [
    ['main/engine/query/b.ts', 'electron', 'Electron only by main/shells/electron'],
    ['main/shells/web/b.ts', 'electron/main', 'Electron only by main/shells/electron'],
    ['main/shells/electron/b.ts', 'electron', null],
    ['main/host/b.ts', 'node:http', 'HTTP only by main/shells/web'],
    ['main/shells/cli/b.ts', 'https', 'HTTP only by main/shells/web'],
    ['main/engine/b.ts', 'ws', 'HTTP only by main/shells/web'],
    ['main/engine/b.ts', '@fastify/static', 'HTTP only by main/shells/web'],
    ['renderer/timeline/b.ts', 'react', 'React only by renderer, and not by renderer/timeline'],
    ['main/host/b.ts', 'react-dom/server', 'React only by renderer'],
    ['main/engine/acquire/b.ts', '@devicefarmer/adbkit', 'adbkit only by main/host/adapters'],
    ['main/engine/query/b.ts', 'sqlite3', 'the SQLite driver only by main/engine/store'],
    ['main/host/b.ts', 'commander', 'the command line’s packages only by main/shells/cli'],
    ['shared/types/b.ts', 'node:path', 'no Node module here'],
    ['shared/types/b.ts', 'fs/promises', 'no Node module here'],
    ['renderer/ui/b.ts', 'node:crypto', 'no Node module here'],
    ['main/engine/model/b.ts', 'node:crypto', 'no Node module here'],
    ['main/engine/parse/artifacts/one/b.ts', 'node:zlib', 'no Node module here'],
    ['main/engine/parse/b.ts', 'node:zlib', null],
    ['renderer/vite.config.ts', 'node:path', null],
    ['shared/types/b.test.ts', 'node:path', null],
    ['main/engine/b.ts', 'zod', null],
    ['main/setup/b.mjs', 'zod', 'main/setup runs before any package is there'],
    ['main/setup/b.mjs', 'node:fs', null],
    ['main/engine/b.ts', 'left-pad', 'imports left-pad, which package.json does not name'],
    ['main/practice/b.ts', 'yazl', 'imports yazl, which is a dev dependency'],
    ['main/practice/b.test.ts', 'yazl', null],
  ];
  it.each(packages)('%s and the package %s', (from, specifier, says) => {
    const found = one(from, specifier);
    if (says === null) expect(found).toEqual([]);
    else expect(found).toEqual([expect.stringContaining(says)]);
  });

  it('sees every way of naming another file', () => {
    const ways = [
      "import type { A } from '../store/a.ts';",
      "import { type B } from '../store/a.ts';",
      "export * from '../store/a.ts';",
      "export { C } from '../store/a.ts';",
      "export type { D } from '../store/a.ts';",
      "type E = import('../store/a.ts').E;",
      "const f = await import('../store/a.ts');",
      "const g = require('../store/a.ts');",
      "new Worker(new URL('../store/a.ts', import.meta.url));",
    ];
    const tree = treeOf({ 'main/engine/store/a.ts': empty, 'main/engine/query/b.ts': ways.join('\n') });
    expect(importLaw(tree).map((violation) => violation.line)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('names a computed import, a file that is not there, and a file that cannot be parsed', () => {
    const tree = treeOf({
      'main/engine/a.ts': 'const name = "x"; await import(name);',
      'main/engine/b.ts': "import './gone.ts';",
      'main/engine/c.ts': 'const = ;',
    });
    expect(lines(importLaw(tree))).toEqual([
      'main/engine/a.ts:1  imports a computed name, which no law can check',
      'main/engine/b.ts:1  imports ./gone.ts, which is no file',
      expect.stringContaining('main/engine/c.ts  cannot be parsed'),
    ]);
  });

  it('sees a Node module behind an artifact, and React behind the timeline', () => {
    const tree = treeOf({
      'main/engine/parse/artifacts/one/index.ts': "import '../../lines.ts';",
      'main/engine/parse/lines.ts': "import './deep.ts';",
      'main/engine/parse/deep.ts': "import 'node:fs';",
      'renderer/timeline/draw.ts': "import './part.ts';",
      'renderer/timeline/part.ts': "import 'react';",
    });
    expect(lines(reachLaw(tree))).toEqual([
      'main/engine/parse/artifacts/one/index.ts  reaches node:fs through main/engine/parse/deep.ts',
      'renderer/timeline/draw.ts  reaches react through renderer/timeline/part.ts',
    ]);
  });
});

describe('cycles', () => {
  it('names the ring, types included, once', () => {
    const tree = treeOf({
      'shared/a.ts': "import './b.ts';",
      'shared/b.ts': "import type { C } from './c.ts';",
      'shared/c.ts': "export * from './a.ts';",
      'shared/d.ts': "import './a.ts';",
    });
    expect(lines(cycleLaw(tree))).toEqual([
      'shared/a.ts  imports itself: shared/a.ts → shared/b.ts → shared/c.ts → shared/a.ts',
    ]);
  });
  it('is silent on a diamond', () => {
    const tree = treeOf({
      'a.ts': "import './b.ts';\nimport './c.ts';",
      'b.ts': "import './d.ts';",
      'c.ts': "import './d.ts';",
      'd.ts': '',
    });
    expect(cycleLaw(tree)).toEqual([]);
  });
});

describe('globals', () => {
  it('names the page and the network outside of renderer/bridge', () => {
    const bad = 'window.close();\nawait fetch("x");\nnew WebSocket("x");\nglobalThis.fetch;\nlocalStorage.a = 1;';
    const tree = treeOf({ 'renderer/ui/a.ts': bad, 'renderer/bridge/a.ts': bad });
    const names = globalsLaw(tree).map(({ path, line, message }) => `${path}:${line} ${message.split(':')[0]}`);
    expect(names).toEqual([
      'renderer/ui/a.ts:1 uses window',
      'renderer/ui/a.ts:2 uses fetch',
      'renderer/ui/a.ts:3 uses WebSocket',
      'renderer/ui/a.ts:4 uses globalThis',
      'renderer/ui/a.ts:5 uses localStorage',
    ]);
  });
  it('does not take a member, a label, a type or a variable of that name for it', () => {
    const fine =
      'const a = { window: 1 }; a.window; client.fetch(); type W = Window;\nfunction b(self: number) { return self; }\nlet c: WebSocket;';
    expect(globalsLaw(treeOf({ 'renderer/ui/a.ts': fine }))).toEqual([]);
  });
  it('keeps Node and the page out of shared, the command line out of the engine, and chance out of artifacts', () => {
    const tree = treeOf({
      'shared/a.ts': 'process.exit();\ndocument.title;\nBuffer.from("");',
      'main/engine/a.ts': 'process.argv;\nprocess.platform;',
      'main/engine/parse/artifacts/one/a.ts': 'Date.now();\nconsole.log();\nMath.random();\nMath.max();',
    });
    expect(globalsLaw(tree).map(({ message }) => message.split(':')[0])).toEqual([
      'uses process',
      'uses document',
      'uses Buffer',
      'uses process.argv',
      'uses Date.now',
      'uses console',
      'uses Math.random',
    ]);
  });
});
