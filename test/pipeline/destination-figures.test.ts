import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import sqlite3 from 'sqlite3';
import { describe, expect, it } from 'vitest';
import { loadLists } from '../../main/engine/enrich/lists.ts';
import { destinationTables } from '../../main/engine/query/destination-columns.ts';
import { emptyCaseInfo } from '../../shared/types/case.ts';
import { corpus, corpusFile } from '../support/corpus.ts';
import { temporaryFolder, testEngine, work } from '../support/engine.ts';

interface Row {
  readonly bytes: number;
  readonly country: string | null;
  readonly asn: number | null;
  readonly organisation: string | null;
  readonly host: string | null;
  readonly owner: string | null;
  readonly service: string | null;
}

const question = `
  SELECT coalesce(c.sent, 0) + coalesce(c.received, 0) bytes, ad.country, ad.asn, ad.organisation, ho.name host, ho.owner, ho.service
  FROM contact c ${destinationTables} WHERE ad.scope = 'public'`;

/** Recordings of phones. Those of PCAPdroid are left aside: inputs of its own tests, with addresses made at random. */
const captures = corpus
  ? [
      ...readdirSync(corpusFile('pcap', 'ndpi'))
        .filter((name) => name.endsWith('.pcap'))
        .map((name) => corpusFile('pcap', 'ndpi', name)),
      corpusFile('pcap', 'fbzero-android.pcap'),
    ]
  : [];

async function contactsOf(files: readonly string[]): Promise<Row[]> {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'captures.phonehome');
  const open = await testEngine().createCase(path, emptyCaseInfo);
  await open.importFiles(files, work());
  await open.close();
  const driver = new sqlite3.Database(join(path, 'case.sqlite'), sqlite3.OPEN_READONLY);
  const rows = await (promisify(driver.all.bind(driver)) as (sql: string) => Promise<unknown[]>)(question);
  await promisify(driver.close.bind(driver))();
  return rows as Row[];
}

describe.skipIf(!corpus)('the destinations of real captures', () => {
  it('have a place and an operator, all named ones an owner or a service, and most bytes somebody whose services they reached', async () => {
    const rows = await contactsOf(captures);
    const { organisations } = await loadLists(join(import.meta.dirname, '../../resources'));
    const part = (holds: (row: Row) => boolean, weight: (row: Row) => number) => {
      const whole = rows.reduce((sum, row) => sum + weight(row), 0);
      return rows.reduce((sum, row) => sum + (holds(row) ? weight(row) : 0), 0) / whole;
    };
    const contacts = (holds: (row: Row) => boolean) => part(holds, () => 1);
    const bytes = (holds: (row: Row) => boolean) => part(holds, (row) => row.bytes);
    const owned = (row: Row) => row.owner !== null || row.service !== null;
    const ownNetwork = (row: Row) =>
      row.organisation !== null && organisations.of(row.organisation)?.ownServicesOnly === true;
    const figures = {
      place: contacts((row) => row.country !== null),
      operator: contacts((row) => row.asn !== null),
      organisation: contacts((row) => row.organisation !== null),
      named: bytes((row) => row.host !== null),
      owned: bytes(owned),
      reached: bytes((row) => owned(row) || (row.host === null && ownNetwork(row))),
    };
    const say = (share: number) => `${(100 * share).toFixed(1)} %`;
    console.log(
      `of ${rows.length} contacts with public addresses: place ${say(figures.place)}, operator ${say(figures.operator)}, ` +
        `its organisation known ${say(figures.organisation)}; of their bytes: host named ${say(figures.named)}, ` +
        `owner or service by name ${say(figures.owned)}, with unnamed hosts in networks of one's own services ${say(figures.reached)}`,
    );
    expect(figures.place).toBeGreaterThanOrEqual(0.95);
    expect(figures.operator).toBeGreaterThanOrEqual(0.95);
    expect(figures.organisation).toBeGreaterThanOrEqual(0.95);
    expect(rows.filter((row) => row.host !== null && !owned(row)).map((row) => row.host)).toEqual([]);
    expect(figures.reached).toBeGreaterThanOrEqual(0.6);
  });
});
