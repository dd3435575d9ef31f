import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { call, event } from '../../shared/contract/derive.ts';
import { type Debt, settle } from './debts.ts';
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
import { LIMIT, sizeLaw } from './laws/size.ts';
import { overclaim, wordLaw } from './laws/words.ts';
import { type Tree, told, type Violation } from './tree.ts';

/*
 * Each law is shown a small tree that breaks it and must name the breach, and a tree that keeps it and must be silent.
 * A law that nobody has seen failing proves nothing.
 */

const treeOf = (files: Record<string, string>): Tree => new Map(Object.entries(files));
const lines = (violations: readonly Violation[]) => told(violations);

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
    ['main/host/b.ts', 'test/shells/a.ts', 'main/host imports'],
    ['main/shells/web/b.ts', 'main/shells/electron/a.ts', 'a shell imports'],
    ['main/shells/electron/b.ts', 'main/engine/store/a.ts', 'a shell imports'],
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

describe('contract', () => {
  const messages = (result: z.ZodType) =>
    contractLaw({ things: { get: call(z.null(), result) } }).map(({ message }) => message);
  const wrong: readonly (readonly [string, z.ZodType])[] = [
    ['date', z.date()],
    ['map', z.map(z.string(), z.string())],
    ['set', z.set(z.string())],
    ['bigint', z.bigint()],
    ['undefined', z.undefined()],
    ['void', z.void()],
    ['any', z.any()],
    ['unknown', z.unknown()],
    ['transform', z.string().transform((text) => text.length)],
    ['custom', z.instanceof(Uint8Array)],
    ['nan', z.nan()],
    ['function', z.function() as unknown as z.ZodType],
    ['symbol', z.symbol()],
  ];
  it.each(wrong)('names a %s, however deep', (_type, schema) => {
    expect(messages(schema)).toHaveLength(1);
    expect(messages(z.object({ a: z.array(z.object({ b: schema.nullable() })) }))).toEqual([
      expect.stringContaining('things.get result.a[].b'),
    ]);
  });
  it('names undefined outside of an object, coercion, and a member that is none', () => {
    expect(messages(z.string().optional())).toEqual(['things.get result may be undefined, which JSON cannot hold']);
    expect(messages(z.array(z.string().optional()))).toHaveLength(1);
    expect(messages(z.coerce.number())).toHaveLength(1);
    const shape = {
      things: { helper: () => 1, heard: event(z.date()), bare: call('text' as unknown as z.ZodType, z.null()) },
    };
    expect(contractLaw(shape as never).map(({ message }) => message)).toEqual([
      'things.helper is neither a call nor an event',
      expect.stringContaining('things.heard payload is of type date'),
      'things.bare args is not a zod schema',
    ]);
  });
  it('is silent on plain data', () => {
    const fine = z.object({
      a: z.string().optional(),
      b: z.number().int().nullable(),
      c: z.array(z.enum(['x', 'y'])),
      d: z.union([z.literal(1), z.boolean()]),
      e: z.record(z.string(), z.tuple([z.number(), z.null()])),
      f: z.discriminatedUnion('is', [z.object({ is: z.literal('p') }), z.object({ is: z.literal('q') })]),
    });
    expect(messages(fine)).toEqual([]);
  });
  it('names calls that are not served, and served ones that are no calls', () => {
    const shape = { things: { get: call(z.null(), z.null()), put: call(z.null(), z.null()), heard: event(z.null()) } };
    const serve = async () => null;
    expect(handlersLaw(shape, { things: { get: serve, put: serve } })).toEqual([]);
    const table = { things: { get: serve, heard: serve }, others: { get: serve } };
    expect(lines(handlersLaw(shape, table)).map((line) => line.split('  ')[1])).toEqual([
      'does not serve things.put',
      'serves others.get, which is no call of the contract',
      'serves the group others, which the contract does not have',
      'serves things.heard, which is no call of the contract',
    ]);
  });
});

describe('registries', () => {
  const folder = 'main/engine/detect/rules';
  const files = {
    [`${folder}/index.ts`]: "import { one } from './one/index.ts';\nimport { two } from './two/index.ts';",
    [`${folder}/one/index.ts`]: '',
    [`${folder}/one/one.test.ts`]: '',
    [`${folder}/two/index.ts`]: '',
    [`${folder}/two/fixtures/a.txt`]: '',
    [`${folder}/fixtures/shared.ts`]: '',
  };
  const check = (
    changes: Record<string, string>,
    ids: string[],
    claims = ids.map((id) => ({ id, proves: ['a'], doesNotProve: ['b'] })),
  ) => lines(registryLaw(treeOf({ ...files, ...changes }), { folder, ids, claims }));
  it('is silent where list, folders, ids and tests agree', () => {
    expect(check({}, ['one', 'two'])).toEqual([]);
  });
  it('names a folder that is not listed and has no test', () => {
    expect(check({ [`${folder}/three/index.ts`]: '' }, ['one', 'two'])).toEqual([
      `${folder}/three  has neither a fixture nor a test`,
      `${folder}/three  is not imported by index.ts`,
      `${folder}/three  no entry of the list has the id three`,
    ]);
  });
  it('names an id that differs from its folder, one that stands twice, and one without a folder', () => {
    expect(check({}, ['one', 'zwei', 'one'])).toEqual([
      `${folder}/index.ts  lists one twice`,
      `${folder}/index.ts  lists zwei, for which there is no folder`,
      `${folder}/two  no entry of the list has the id two`,
    ]);
  });
  it('names an entry that does not say what it proves and what not, and a list that is missing', () => {
    expect(check({}, ['one', 'two'], [{ id: 'one', proves: [], doesNotProve: [] }])).toEqual([
      `${folder}/one  does not say what it does not prove`,
      `${folder}/one  does not say what it proves`,
    ]);
    expect(lines(registryLaw(treeOf({}), { folder, ids: [] }))).toEqual([`${folder}/index.ts  the list is missing`]);
  });
});

describe('size', () => {
  it('names a file above the limit, not one at it and not a table of data', () => {
    const tree = treeOf({
      'main/at.ts': '\n'.repeat(LIMIT),
      'main/above.ts': '\n'.repeat(LIMIT + 1),
      'main/table.ts': '\n'.repeat(LIMIT + 1),
      'main/fixtures/long.ts': '\n'.repeat(LIMIT + 1),
    });
    expect(lines(sizeLaw(tree, ['main/table.ts']))).toEqual([
      `main/above.ts  has ${LIMIT + 1} lines, more than ${LIMIT}`,
    ]);
  });
});

describe('names', () => {
  it('names what says nothing, wrong case, default exports and I prefixes', () => {
    const tree = treeOf({
      'main/utils/a.ts': '',
      'main/date-helpers.ts': '',
      'renderer/ui/CaseManager.tsx': '',
      'main/camelCase.ts': '',
      'main/Some_Folder/a.ts': '',
      'renderer/ui/snake_case.tsx': '',
      'main/a.ts': 'export default 1;\nexport class EventManager {}\ninterface IThing {}',
      'main/b.ts': 'const a = 1;\nexport { a as default };',
    });
    expect(lines(nameLaw(tree))).toEqual([
      'main/Some_Folder/a.ts  the folder Some_Folder is not in kebab-case',
      'main/a.ts:1  has a default export',
      'main/a.ts:2  exports EventManager: "manager" says nothing',
      'main/a.ts:3  the interface IThing has an I prefix',
      'main/b.ts:2  has a default export',
      'main/camelCase.ts  is not in kebab-case',
      'main/date-helpers.ts  "helpers" says nothing about what is inside',
      'main/utils/a.ts  "utils" says nothing about what is inside',
      'renderer/ui/CaseManager.tsx  "manager" says nothing about what is inside',
      'renderer/ui/snake_case.tsx  is neither kebab-case nor PascalCase',
    ]);
  });
  it('is silent on good names', () => {
    const tree = treeOf({
      'renderer/ui/DataTable.tsx': 'export function DataTable() {}',
      'renderer/main.tsx': '',
      'vitest.config.ts': 'export default {};',
      'main/engine/store/migrations/0010-initial.ts': 'interface Item {}\ninterface ID {}',
      'README.md': '',
      '.github/workflows/check.yml': '',
    });
    expect(nameLaw(tree)).toEqual([]);
  });
});

describe('words', () => {
  const over = [
    'The app stole 12 MB',
    'contacts were exfiltrated',
    'It spied on the owner',
    'proves that the user sent it',
    'This definitely went to a server',
    'a malicious app',
    'sent secretly at night',
    'suspicious traffic',
    "without the user's knowledge",
    'leaked contacts',
  ];
  it.each(over)('%s', (text) => expect(overclaim(text)).not.toBeNull());
  it.each([
    'Bytes counted by the phone',
    'It does not prove that the user sent it',
    'That nobody used the phone at that time',
    'A definition of the interval',
    'No coverage',
  ])('may be said: %s', (text) => expect(overclaim(text)).toBeNull());

  it('looks into strings, templates, tags, documents and lists, not into comments, tests, titles and addresses', () => {
    const [bad = ''] = over;
    const tree = treeOf({
      'main/engine/detect/rules/a/index.ts': `// ${bad}\nconst a = '${bad}';\nconst b = \`x ${bad} \${a}\`;`,
      'renderer/features/a/A.tsx': `const a = <p title="ok">\n${bad}</p>;`,
      'shared/text/a.ts': `export const a = { says: "${bad}" };`,
      'main/engine/report/a.typ': `= Title\n${bad}`,
      'main/engine/detect/rules/a/a.test.ts': `'${bad}'`,
      'main/practice/a.ts': `'${bad}'`,
      'resources/lists/a.json': JSON.stringify({ sources: [{ title: bad, url: bad }], rows: [{ role: bad }] }),
    });
    const says = 'says "stole", which no recording proves';
    expect(lines(wordLaw(tree))).toEqual([
      `main/engine/detect/rules/a/index.ts:2  ${says}`,
      `main/engine/detect/rules/a/index.ts:3  ${says}`,
      `main/engine/report/a.typ:2  ${says}`,
      `renderer/features/a/A.tsx:1  ${says}`,
      `resources/lists/a.json  ${says}`,
      `shared/text/a.ts:1  ${says}`,
    ]);
  });
});

describe('machine paths', () => {
  it('names homes of three systems and folders of this machine, not addresses and not paths on a phone', () => {
    // Put together here, so that this file does not hold them.
    const home = `${'/ho'}me/ana/cases`;
    const tree = treeOf({
      'a.md': `x\nsee ${home}`,
      'b.ts': `'${'/Us'}ers/ana'`,
      'c.ts': `'C:${'\\\\Us'}ers\\\\ana'`,
      'd.json': '"/build/checkout/file"',
      'e.ts': "'https://x.example/home/ana'; '/data/user/0'; '/storage/emulated/0'; '~/cases'; '/build/checkouts'",
      'f/fixtures/g.txt': home,
    });
    expect(machinePathLaw(tree, ['/build/checkout']).map(({ path, line }) => `${path}:${line}`)).toEqual([
      'a.md:2',
      'b.ts:1',
      'c.ts:1',
      'd.json:1',
    ]);
  });
});

describe('lockfile', () => {
  it('names download addresses and missing hashes', () => {
    const lock = (entry: object) =>
      treeOf({ 'package-lock.json': JSON.stringify({ packages: { '': {}, 'node_modules/a': entry } }) });
    expect(lockfileLaw(lock({ integrity: 'sha512-x' }))).toEqual([]);
    expect(lines(lockfileLaw(lock({ resolved: 'https://r.example/a.tgz' })))).toEqual([
      'package-lock.json  node_modules/a has no hash',
      'package-lock.json  node_modules/a has the download address https://r.example/a.tgz',
    ]);
    expect(lines(lockfileLaw(treeOf({})))).toEqual(['package-lock.json  is missing']);
  });
});

describe('docstrings', () => {
  it('names functions of shared and those taken from a room, not what stays inside', () => {
    const tree = treeOf({
      'shared/a.ts':
        'export function bare() {}\n/** Says what. */\nexport function said() {}\n// no docstring\nexport const arrow = () => 1;\nexport const value = 1;',
      'main/engine/query/a.ts': 'export function door() {}\nexport function inner() {}',
      'main/engine/query/b.ts': "import { inner } from './a.ts';",
      'main/engine/pipeline.ts': "import { door } from './query/a.ts';",
    });
    expect(lines(docstringLaw(tree))).toEqual([
      'main/engine/query/a.ts:1  exports door without a docstring',
      'shared/a.ts:1  exports bare without a docstring',
      'shared/a.ts:5  exports arrow without a docstring',
    ]);
  });
});

describe('resources', () => {
  const bytes = (text: string) => new Uint8Array(Buffer.from(text));
  const row = (file: string, text: string) => ({
    file,
    sha256: createHash('sha256').update(text).digest('hex'),
    title: 'A list',
    source: 'somebody',
    licence: 'Apache-2.0',
    date: '2026-01-01',
  });
  const check = (rows: object[], files: Record<string, string>) =>
    lines(
      resourceLaw(
        new Map(
          Object.entries({ ...files, 'resources/manifest.json': JSON.stringify({ version: 1, files: rows }) }).map(
            ([path, text]) => [path, bytes(text)],
          ),
        ),
      ),
    );
  it('is silent where manifest and files agree', () => {
    expect(check([row('lists/a.json', '{}')], { 'resources/lists/a.json': '{}', 'resources/NOTICE.md': 'x' })).toEqual(
      [],
    );
  });
  it('names a changed file, an unlisted one, a missing one, a row that stands twice and a row without a licence', () => {
    expect(check([row('lists/a.json', '{}')], { 'resources/lists/a.json': '{ }', 'resources/b.bin': 'x' })).toEqual([
      'resources/b.bin  is not in manifest.json',
      'resources/lists/a.json  differs from its hash in manifest.json',
    ]);
    expect(check([row('gone', ''), row('gone', '')], {})).toEqual([
      'resources/manifest.json  lists gone twice',
      'resources/manifest.json  lists gone, which is no file',
      'resources/manifest.json  lists gone, which is no file',
    ]);
    const { licence: _, ...unlicensed } = row('a', '');
    expect(check([unlicensed], { 'resources/a': '' })).toEqual([
      expect.stringContaining('is wrong at files.0.licence'),
    ]);
    expect(lines(resourceLaw(new Map()))).toEqual(['resources/manifest.json  is missing']);
  });
});

describe('debts', () => {
  const debt: Debt = {
    law: 'size',
    path: 'main/a.ts',
    about: '401 lines',
    reason: 'A table of all things, split next.',
  };
  const breach: Violation = { law: 'size', path: 'main/a.ts', line: null, message: 'has 401 lines, more than 400' };
  it('take out exactly their breach, and are named once it is gone', () => {
    const other = { ...breach, path: 'main/b.ts' };
    expect(settle([breach, other], [debt])).toEqual({ open: [other], stale: [] });
    expect(settle([], [debt])).toEqual({ open: [], stale: [debt] });
  });
});
