/** Speed of labelling addresses: opening the databases, and 100,000 addresses asked of all enrichers and decided. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { cloudRegionFile, openDatabases } from '../../main/engine/enrich/databases/open-databases.ts';
import { decidePlace, scopeOf } from '../../main/engine/enrich/destinations/decide-place.ts';
import { createDestinationEnrichers } from '../../main/engine/enrich/enrichers/index.ts';
import { loadLists } from '../../main/engine/enrich/lists.ts';
import { resourceManifest } from '../../main/engine/enrich/manifest.ts';

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

/** Bytes that are held after everything that can be let go was let go. */
function heldBytes(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

interface Measured {
  readonly clock: number;
  readonly processor: number;
}

/** Milliseconds of the clock and of the processor: on a busy machine only the second tells of the program. */
async function measured(work: () => Promise<void> | void): Promise<Measured> {
  const from = performance.now();
  const used = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(used);
  return { clock: performance.now() - from, processor: (user + system) / 1000 };
}

const told = (times: readonly Measured[]) =>
  `${median(times.map((one) => one.clock)).toFixed(0)} ms (${median(times.map((one) => one.processor)).toFixed(0)} ms of processor)`;

/** Measures and prints. */
export async function benchLabels(): Promise<void> {
  const resources = join(import.meta.dirname, '../../resources');
  const before = heldBytes();
  let lists = await loadLists(resources);
  const held = heldBytes() - before;
  const manifest = resourceManifest.parse(JSON.parse(readFileSync(join(resources, 'manifest.json'), 'utf8')));
  const row = manifest.files.find((one) => one.file === cloudRegionFile);
  if (!row) throw new Error(`The manifest does not name ${cloudRegionFile}.`);
  const opening: Measured[] = [];
  const databases: Measured[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    opening.push(
      await measured(async () => {
        lists = await loadLists(resources);
      }),
    );
    databases.push(
      await measured(async () => {
        await openDatabases(resources, manifest, { list: lists.clouds, row }, null);
      }),
    );
  }
  const files = lists.databases.views.filter((view) => view.shipped).reduce((sum, view) => sum + view.bytes, 0);
  console.log(`databases: opened in ${told(databases)}; with all lists in ${told(opening)}`);
  console.log(
    `  ${(files / 1e6).toFixed(1)} MB of files, ${(held / 1e6).toFixed(0)} MB held in memory, lists included`,
  );
  const enrichers = createDestinationEnrichers(lists).addresses;
  const labelling: Measured[] = [];
  let placed = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    placed = 0;
    labelling.push(
      await measured(() => {
        for (const ip of addresses()) {
          const { scope, plain } = scopeOf(ip);
          if (scope !== 'public') continue;
          const said = enrichers.flatMap((one) => one.ofAddress(plain));
          if (decidePlace(said, [], 1_780_000_000_000_000).shown) placed += 1;
        }
      }),
    );
  }
  console.log(`labels: ${ADDRESSES} addresses in ${told(labelling)}, ${placed} with a place`);
}

if (import.meta.main) await benchLabels();
