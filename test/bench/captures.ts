/**
 * Captures, against `sha256sum` of the same file: what the system's own tool takes for reading and hashing, on the same machine in the
 * same minute. CAPTURE_MB is the size (500), CAPTURE_FLOWS another capture of so many flows of one packet (1,000,000; 0: none).
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, open, readdir, readFile, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { engineMemory } from '../../main/host/engine-memory.ts';
import { corpus, corpusFile } from '../support/corpus.ts';
import { writeLargeCapture, writeManyFlows } from './capture-writer.ts';

const run = promisify(execFile);
const ROUNDS = Number(process.env.ROUNDS ?? 5);
const MEGABYTES = Number(process.env.CAPTURE_MB ?? 500);
const FLOWS = Number(process.env.CAPTURE_FLOWS ?? 1_000_000);

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

/** The least that keeping the file takes: read, hash, write, and see that it is on the disk. */
async function copyAndHash(path: string, to: string): Promise<void> {
  const [source, target] = [await open(path), await open(to, 'w')];
  const hash = createHash('sha256');
  const buffer = new Uint8Array(1 << 20);
  for (;;) {
    const { bytesRead } = await source.read(buffer, 0, buffer.length, null);
    if (bytesRead === 0) break;
    hash.update(buffer.subarray(0, bytesRead));
    await target.write(buffer, 0, bytesRead);
  }
  hash.digest();
  await target.sync();
  await Promise.all([source.close(), target.close()]);
  await rm(to);
}

interface Imported {
  readonly ms: number;
  readonly events: number;
  readonly peak: number | null;
}

async function importIn(folder: string, path: string): Promise<Imported> {
  const name = join(folder, 'case.phonehome');
  const child = join(import.meta.dirname, 'import-child.ts');
  const { stdout } = await run(process.execPath, [...engineMemory, child, path, name]);
  await rm(name, { recursive: true });
  return JSON.parse(stdout) as Imported;
}

async function measure(folder: string, path: string, bytes: number, rounds: number): Promise<void> {
  const times: Record<string, number[]> = { sum: [], copy: [], whole: [], inside: [] };
  let last: Imported = { ms: 0, events: 0, peak: null };
  for (let round = 0; round < rounds; round += 1) {
    times.sum!.push(await timed(() => run('sha256sum', [path])));
    times.copy!.push(await timed(() => copyAndHash(path, join(folder, 'copy'))));
    times.whole!.push(
      await timed(async () => {
        last = await importIn(folder, path);
      }),
    );
    times.inside!.push(last.ms);
  }
  const against = median(times.sum!);
  const megabytes = Math.round(bytes / 1e6);
  const load = loadavg()[0]!.toFixed(1);
  console.log(`capture of ${megabytes} MB, ${last.events} events; ${rounds} rounds, medians; load ${load}`);
  const line = (what: string, name: string) =>
    console.log(
      `${what.padEnd(58)} ${median(times[name]!).toFixed(0).padStart(8)} ms   ${(median(times[name]!) / against).toFixed(2).padStart(8)} × sha256sum`,
    );
  line('sha256sum', 'sum');
  line('copy and hash, to the disk', 'copy');
  line('import, file to finished case', 'inside');
  line('import as a process of its own, its start included', 'whole');
  if (last.peak !== null)
    console.log(`${'most memory held'.padEnd(58)} ${(last.peak / 1e6).toFixed(0).padStart(8)} MB`);
}

/** Measures and prints. Without a corpus only the flows of one packet. */
export async function benchCaptures(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'phonehome-bench-captures-'));
  try {
    const path = join(folder, 'capture.pcap');
    if (corpus && MEGABYTES > 0) {
      const names = (await readdir(corpusFile('pcap/ndpi'))).filter((name) => name.endsWith('.pcap')).sort();
      const recordings = await Promise.all(names.map((name) => readFile(corpusFile('pcap/ndpi', name))));
      // Another kind of link, which one capture cannot mix.
      const ethernet = recordings.filter((one) => one.readUInt32LE(0) === 0xa1b2c3d4 && one.readUInt32LE(20) === 1);
      await measure(folder, path, await writeLargeCapture(path, ethernet, MEGABYTES * 1e6), ROUNDS);
    }
    if (FLOWS > 0) await measure(folder, path, await writeManyFlows(path, FLOWS), 1);
  } finally {
    await rm(folder, { recursive: true });
  }
}

if (process.argv[1] === import.meta.filename) await benchCaptures();
