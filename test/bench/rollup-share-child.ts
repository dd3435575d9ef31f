/**
 * Imports one file into new cases and says what each took, the first left out: `rollup-share-child.ts FILE FOLDER TIMES [without]`. `without`: the program
 * as it is, but for the modules that hold events for rollups and write these, in whose place some stand that do nothing.
 */
import { rm } from 'node:fs/promises';
import { registerHooks } from 'node:module';
import { join } from 'node:path';

const [file = '', folder = '', times = '1', without] = process.argv.slice(2);
if (without) {
  const nothing = (name: string) => `export async function ${name}() { return null; }`;
  const stand = new Map([
    ['roll-up.ts', ['dropRollups', 'rollUp', 'prepareRollUp', 'writeRollups'].map(nothing).join('\n')],
    ['coming-events.ts', 'export class ComingEvents { add() {} }'],
  ]);
  let replaced = 0;
  registerHooks({
    load(url, context, next) {
      const source = url.includes('/engine/pipeline/') && stand.get(url.split('/').at(-1)!);
      if (!source) return next(url, context);
      replaced += 1;
      return { format: 'module', shortCircuit: true, source };
    },
  });
  process.on('exit', () => {
    if (replaced !== stand.size) throw new Error('rollups were not left out');
  });
}
const { emptyCaseInfo } = await import('../../shared/types/case.ts');
const { testEngine, work } = await import('../support/engine.ts');
const { measured } = await import('./window-measures.ts');

const engine = testEngine();
const took: { clock: number; processor: number }[] = [];
let events = 0;
for (let n = 0; n <= Number(times); n += 1) {
  const path = join(folder, `import-${n}`);
  const made = await engine.createCase(path, emptyCaseInfo);
  const [done, one] = await measured(() => made.importFiles([file], work()));
  if (done.failures.length > 0) throw new Error(done.failures[0]!.message);
  await made.close();
  await rm(`${path}.phonehome`, { recursive: true });
  events = done.events;
  if (n > 0) took.push(one);
}
await engine.close();
console.log(JSON.stringify({ events, took }));
