/**
 * Reads many mutated captures, `COUNT` of them from `SEED` on (`node test/bench/mutated-captures.ts 1000000 1`): those that the tests
 * write, and the beginnings of recordings where there are any. A fault ends it and names the seed and the number.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readMutated, wholeCaptures } from '../../main/engine/parse/captures/testing/mutated-captures.ts';
import { corpus, corpusFile } from '../support/corpus.ts';

const BEGINNING = 8 * 1024;
const count = Number(process.argv[2] ?? 20_000);
const seed = Number(process.argv[3] ?? 1);

const recorded = ['ndpi', 'pcapdroid'].flatMap((folder) =>
  corpus
    ? readdirSync(corpusFile('pcap', folder))
        .filter((name) => name.endsWith('.pcap'))
        .map((name) => readFileSync(join(corpusFile('pcap', folder), name)).subarray(0, BEGINNING))
    : [],
);
/** What is held, behind a collection where node was started with --expose-gc, and what the system gave. */
function memory(): string {
  globalThis.gc?.();
  const { rss, heapUsed, arrayBuffers } = process.memoryUsage();
  return `${((heapUsed + arrayBuffers) / 1e6).toFixed(0)} MB in use, ${(rss / 1e6).toFixed(0)} MB resident`;
}

const began = performance.now();
const tenth = Math.max(1, Math.floor(count / 10));
const run = readMutated([...wholeCaptures(), ...recorded], count, seed, (n) => {
  if ((n + 1) % tenth === 0)
    console.log(`${n + 1} read, ${((performance.now() - began) / 1000).toFixed(0)} s, ${memory()}`);
});
console.log(
  `${count} mutated captures of ${recorded.length + 4}: the longest took ${run.longest.toFixed(1)} ms of the processor;`,
);
console.log(`${run.records} records, ${run.warnings} warnings, no fault`);
