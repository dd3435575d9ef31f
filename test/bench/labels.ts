/** Speed of labelling addresses: opening the databases, and 100,000 addresses asked of all enrichers and decided. */
import { join } from 'node:path';
import { decidePlace, scopeOf } from '../../main/engine/enrich/destinations/decide-place.ts';
import { createDestinationEnrichers } from '../../main/engine/enrich/enrichers/index.ts';
import { loadLists } from '../../main/engine/enrich/lists.ts';

const ADDRESSES = 100_000;
const ROUNDS = 5;

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Addresses that are the same in every run: nine of ten IPv4, one IPv6. */
function* addresses(): Generator<string> {
  let state = 2_463_534_242;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  for (let index = 0; index < ADDRESSES; index += 1) {
    const one = next();
    if (index % 10 !== 0) yield [24, 16, 8, 0].map((shift) => (one >>> shift) & 0xff).join('.');
    else yield `2${(one >>> 20).toString(16).padStart(3, '0')}:${(one & 0xffff).toString(16)}::1`;
  }
}

/** Measures and prints. */
export async function benchLabels(): Promise<void> {
  const resources = join(import.meta.dirname, '../../resources');
  // Compiling the code is no part of opening the data.
  await loadLists(resources);
  const before = process.memoryUsage();
  const opening: number[] = [];
  let lists = await loadLists(resources);
  for (let round = 0; round < ROUNDS; round += 1) {
    const from = performance.now();
    lists = await loadLists(resources);
    opening.push(performance.now() - from);
  }
  const files = lists.databases.views.filter((view) => view.shipped).reduce((sum, view) => sum + view.bytes, 0);
  const enrichers = createDestinationEnrichers(lists).addresses;
  const labelling: number[] = [];
  let placed = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    placed = 0;
    const from = performance.now();
    for (const ip of addresses()) {
      const { scope, plain } = scopeOf(ip);
      if (scope !== 'public') continue;
      const said = enrichers.flatMap((one) => one.ofAddress(plain));
      if (decidePlace(said, [], 1_780_000_000_000_000).shown) placed += 1;
    }
    labelling.push(performance.now() - from);
  }
  const after = process.memoryUsage();
  const grown = Math.max(0, after.rss - before.rss) / 1e6;
  console.log(
    `lists and databases: opened in ${median(opening).toFixed(0)} ms, ${(files / 1e6).toFixed(1)} MB of files`,
  );
  console.log(`  memory: at most ${grown.toFixed(0)} MB more, with ${ROUNDS} copies opened one after the other`);
  console.log(
    `labels: ${ADDRESSES} addresses in ${median(labelling).toFixed(0)} ms (${Math.round(ADDRESSES / (median(labelling) / 1000))} a second), ${placed} with a place`,
  );
}

if (import.meta.main) await benchLabels();
