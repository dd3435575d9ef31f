import { createDestinationEnrichers } from '../enrich/enrichers/index.ts';
import type { Lists } from '../enrich/lists.ts';
import type { WriteCase } from '../ports/case-handle.ts';
import { destinationIndexes } from '../store/migrations/0070-destinations.ts';
import { labelAddresses } from './label-addresses.ts';
import { labelHosts } from './label-hosts.ts';
import { StatementSources } from './statement-sources.ts';

/** The first name that others give to the peer of a contact with some confidence, and how it is known. */
const given = `SELECT contact, lower(host) host, how FROM contact_name
  WHERE id IN (SELECT min(id) FROM contact_name WHERE confidence <> 'low' GROUP BY contact)`;

/**
 * Says of every address and host of the case what databases and lists know of it. All of it is written anew, with the databases that
 * spoke: rows by another database never mix with these.
 */
export async function labelDestinations(write: WriteCase, lists: Lists): Promise<void> {
  for (const table of ['source', 'address', 'host']) await write.run(`DELETE FROM ${table}`);
  for (const [index] of destinationIndexes) await write.run(`DROP INDEX IF EXISTS ${index}`);
  if (!(await write.get('SELECT 1 FROM contact LIMIT 1')) && !(await write.get('SELECT 1 FROM lookup LIMIT 1'))) return;
  const enrichers = createDestinationEnrichers(lists);
  const sources = new StatementSources();
  await write.run(`CREATE TEMP TABLE given_name AS ${given}`);
  const regions = await labelHosts(write, lists, enrichers.hosts, sources);
  await labelAddresses(write, { lists, enrichers: enrichers.addresses, sources }, regions);
  await write.run('DROP TABLE temp.given_name');
  for (const [index, on] of destinationIndexes) await write.run(`CREATE INDEX ${index} ON ${on}`);
  await sources.store(write);
}
