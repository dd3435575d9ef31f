/** Imports one file into a new case and says how long it took and what memory was held at most: `import-child.ts FILE CASE`. */
import { readFile } from 'node:fs/promises';
import { keepCompiledCode } from '../../main/host/compiled-code.ts';

// As every start of the program does.
keepCompiledCode();
const { emptyCaseInfo } = await import('../../shared/types/case.ts');
const { testEngine, work } = await import('../support/engine.ts');
const [file = '', folder = ''] = process.argv.slice(2);
const began = performance.now();
const engine = testEngine();
const made = await engine.createCase(folder, emptyCaseInfo);
const { events, failures } = await made.importFiles([file], work());
await made.close();
await engine.close();
const ms = performance.now() - began;
if (failures.length > 0) throw new Error(failures[0]!.message);
const peak = /VmHWM:\s*(\d+) kB/.exec(await readFile('/proc/self/status', 'utf8').catch(() => ''))?.[1];
console.log(JSON.stringify({ ms, events, peak: peak === undefined ? null : Number(peak) * 1024 }));
