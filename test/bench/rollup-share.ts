/**
 * The part of an import that its rollups take: the same file imported by the program as it is and by one that writes none, in turn, each in a
 * process that has imported before. Of the clock, that is how much longer somebody waits; of the processor, all that they cost.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CaseDatabase } from '../../main/engine/store/case-database.ts';
import { type Measured, quantile } from './window-measures.ts';

const child = join(import.meta.dirname, 'rollup-share-child.ts');
const run = promisify(execFile);

/** What rollups take of a case file, in words; `path`: the case. */
export async function rollupSizes(path: string): Promise<string> {
  const database = await CaseDatabase.open(join(path, 'case.sqlite'), 'read');
  const tables = ['rollup_chunk', 'rollup_tile', 'rollup_column'];
  const { bytes, file } = (await database.get<{ bytes: number; file: number }>(
    `SELECT ${tables.map((table) => `(SELECT coalesce(sum(length(data)), 0) FROM ${table})`).join(' + ')} bytes,
       (SELECT page_count * page_size FROM pragma_page_count, pragma_page_size) file`,
  ))!;
  await database.close();
  return `rollups: ${(bytes / 1e6).toFixed(0)} MB of a case file of ${(file / 1e6).toFixed(0)} MB`;
}

/** `times`: imports a process and round. */
export async function rollupShare(name: string, file: string, times: number, rounds = 5): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'phonehome-bench-share-'));
  const whole: Measured[] = [];
  const bare: Measured[] = [];
  let events = 0;
  for (let round = 0; round < rounds; round += 1) {
    for (const into of [whole, bare]) {
      const without = into === bare ? ['without'] : [];
      const { stdout } = await run(process.execPath, [child, file, folder, String(times), ...without]);
      const answer = JSON.parse(stdout.trim().split('\n').at(-1)!) as { events: number; took: Measured[] };
      into.push(...answer.took);
      events = answer.events;
    }
  }
  await rm(folder, { recursive: true });
  const median = (all: readonly Measured[], of: keyof Measured) =>
    quantile(
      all.map((one) => one[of]),
      0.5,
    );
  const part = (of: keyof Measured) => (100 * (1 - median(bare, of) / median(whole, of))).toFixed(0);
  const ms = (of: keyof Measured) => `${median(whole, of).toFixed(0)} ms with, ${median(bare, of).toFixed(0)} without`;
  console.log(
    `rollups are ${part('clock')} % of the import of ${name} (${events} events) by the clock (${ms('clock')}), ${part('processor')} % by the processor (${ms('processor')})`,
  );
}
