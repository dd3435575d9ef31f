/**
 * Labels of destinations against the whole import that they are a part of: a million contacts with a hundred thousand hosts
 * (CONTACTS, HOSTS), in one run.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadLists } from '../../main/engine/enrich/lists.ts';
import { labelDestinations } from '../../main/engine/pipeline/label-destinations.ts';
import { CaseDatabase } from '../../main/engine/store/case-database.ts';
import { emptyCaseInfo } from '../../shared/types/case.ts';
import { testEngine, work } from '../support/engine.ts';
import { writeRequests } from './capture-writer.ts';

const CONTACTS = Number(process.env.CONTACTS ?? 1_000_000);
const HOSTS = Number(process.env.HOSTS ?? 100_000);

const labelled = ['source', 'address', 'host'];

/** Measures and prints. */
export async function benchLabelsOfCase(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'phonehome-bench-labels-'));
  const engine = testEngine();
  try {
    const capture = join(folder, 'capture.pcap');
    await writeRequests(capture, CONTACTS, HOSTS);
    const began = performance.now();
    const made = await engine.createCase(join(folder, 'case'), emptyCaseInfo);
    const { events } = await made.importFiles([capture], work());
    await made.close();
    const whole = performance.now() - began;
    const lists = await loadLists(join(import.meta.dirname, '../../resources'));
    const database = await CaseDatabase.open(join(folder, 'case.phonehome/case.sqlite'), 'write');
    // As an import finds them: writing over what is there costs more.
    await database.transaction(async () => {
      for (const table of labelled) await database.run(`DELETE FROM ${table}`);
    });
    const from = performance.now();
    await database.transaction(() => labelDestinations(database, lists));
    const labels = performance.now() - from;
    const counts = await database.get<Record<string, number>>(
      `SELECT (SELECT count(*) FROM address) addresses, (SELECT count(country) FROM address) placed, (SELECT count(*) FROM host) hosts,
         (SELECT count(*) FROM contact) contacts`,
    );
    await database.close();
    console.log(`labels of ${JSON.stringify(counts)}`);
    console.log(
      `import of ${events} events, labels included: ${whole.toFixed(0)} ms; labels again: ${labels.toFixed(0)} ms`,
    );
    console.log(`labels against the import without them: ${(labels / (whole - labels)).toFixed(2)} ×`);
  } finally {
    await engine.close();
    await rm(folder, { recursive: true });
  }
}

if (process.argv[1] === import.meta.filename) await benchLabelsOfCase();
