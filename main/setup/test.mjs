import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { programNode, root } from './places.mjs';
import { runShown } from './programs.mjs';
import { countsOf, lastLine } from './test-counts.mjs';

/** `npm test`: format, lint and types, then every test; ends with the two figures alone on a line. */
const inModules = (...path) => join(root, 'node_modules', ...path);
const node = programNode();
const scratch = mkdtempSync(join(tmpdir(), 'phonehome-tests-'));
let passed = 0;
let failed = 0;

async function check(title, args) {
  process.stdout.write(`\n${title}\n`);
  const status = await runShown(node, args, { cwd: root });
  if (status === 0) passed += 1;
  else failed += 1;
}

async function tests(project) {
  process.stdout.write(`\nTests: ${project}\n`);
  const file = join(scratch, `${project}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const args = [inModules('vitest', 'vitest.mjs'), 'run', '--project', project, '--passWithNoTests', ...reporters];
  const status = await runShown(node, args, { cwd: root });
  let report = null;
  try {
    report = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    // no report: the status alone counts
  }
  const counts = countsOf(report, status);
  passed += counts.passed;
  failed += counts.failed;
  if (counts.skipped > 0) process.stdout.write(`${counts.skipped} left out, with the reason printed above\n`);
}

await check('Format and lint', [inModules('@biomejs', 'biome', 'bin', 'biome'), 'check', '.']);
for (const part of ['shared', 'main', 'renderer', 'test']) {
  await check(`Types: ${part}`, [inModules('typescript', 'bin', 'tsc'), '-p', join(part, 'tsconfig.json')]);
}
for (const project of ['rooms', 'window', 'electron']) await tests(project);

rmSync(scratch, { recursive: true, force: true });
process.stdout.write(`\n${lastLine(passed, failed)}\n`);
process.exitCode = failed === 0 ? 0 : 1;
