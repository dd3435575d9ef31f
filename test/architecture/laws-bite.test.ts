import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Debt, settle } from './debts.ts';
import { docstringLaw } from './laws/docstrings.ts';
import { lockfileLaw } from './laws/lockfile.ts';
import { machinePathLaw } from './laws/machine-paths.ts';
import { nameLaw } from './laws/names.ts';
import { resourceLaw } from './laws/resources.ts';
import { LIMIT, sizeLaw } from './laws/size.ts';
import { overclaim, wordLaw } from './laws/words.ts';
import { told as lines, type Tree, type Violation } from './tree.ts';

/*
 * Each law is shown a small tree that breaks it and must name the breach, and a tree that keeps it and must be silent.
 * A law that nobody has seen failing proves nothing.
 */

const treeOf = (files: Record<string, string>): Tree => new Map(Object.entries(files));

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
    expect(lockfileLaw(lock({ optional: true, os: ['win32'] }))).toEqual([]);
    expect(lines(lockfileLaw(lock({ optional: true })))).toEqual(['package-lock.json  node_modules/a has no hash']);
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
      'main/engine/parse/index.ts': "export { handed } from './b.ts';",
      'main/engine/parse/b.ts': 'export function handed() {}\nexport function kept() {}',
    });
    expect(lines(docstringLaw(tree))).toEqual([
      'main/engine/parse/b.ts:1  exports handed without a docstring',
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
