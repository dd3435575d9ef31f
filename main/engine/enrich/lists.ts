import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { Failure } from '../../../shared/base/failure.ts';
import { type CloudRegionList, cloudRegionList } from './databases/cloud-region-list.ts';
import type { Databases } from './databases/database.ts';
import { cloudRegionFile, openDatabases } from './databases/open-databases.ts';
import {
  DomainBook,
  faultsOfDomains,
  listSource,
  type OwnerBook,
  ownerList,
  type TrackerBook,
  trackerList,
} from './host-lists.ts';
import { faultsOfLaws, LawBook, lawList } from './laws.ts';
import { type ResourceManifest, resourceManifest } from './manifest.ts';
import { OrganisationBook, organisationList } from './organisations.ts';
import { faultsOfPermissions, PermissionBook, permissionList } from './permissions.ts';
import { faultsOf, joinServices, type ServiceList, serviceIndex, vendorServices } from './service-list.ts';
import { ServiceBook } from './services.ts';

/** The lists that enrichers read, and which files they were, so that a case can say what its labels come from. */
export interface Lists {
  readonly services: ServiceList;
  /** The same as a book, by the ids of services. */
  readonly catalogue: ServiceBook;
  readonly organisations: OrganisationBook;
  readonly owners: OwnerBook;
  readonly trackers: TrackerBook;
  readonly laws: LawBook;
  /** What permissions of apps open. */
  readonly permissions: PermissionBook;
  /** What speaks of addresses: ranges of clouds, places, registrations, networks; what ships, and what was imported. */
  readonly databases: Databases;
  /** The list of cloud regions, for what is imported into it. */
  readonly clouds: CloudRegionList;
  readonly files: readonly { readonly file: string; readonly sha256: string; readonly date: string }[];
}

const advice = 'Install the program again. Nothing in a case is touched by this.';

async function bytesOf(folder: string, file: string): Promise<Buffer> {
  try {
    return await readFile(join(folder, file));
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') {
      throw new Failure('not-found', `The program's data file ${join(folder, file)} is missing.`, advice);
    }
    throw new Failure('no-permission', `The program's data file ${join(folder, file)} could not be read.`, advice);
  }
}

function parsed<T>(schema: z.ZodType<T>, bytes: Buffer, path: string): T {
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new Failure('broken-file', `The program's data file ${path} is not JSON.`, advice);
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const place = issue?.path.join('.') || 'its top';
  throw new Failure('broken-file', `The program's data file ${path} is wrong at ${place}: ${issue?.message}.`, advice);
}

async function listed<T>(
  folder: string,
  manifest: ResourceManifest,
  file: string,
  schema: z.ZodType<T>,
): Promise<{ list: T; entry: Lists['files'][number]; row: ResourceManifest['files'][number] }> {
  const path = join(folder, file);
  const entry = manifest.files.find((row) => row.file === file);
  if (!entry) throw new Failure('broken-file', `${join(folder, 'manifest.json')} does not name ${file}.`, advice);
  const bytes = await bytesOf(folder, file);
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== entry.sha256) {
    throw new Failure('broken-file', `The program's data file ${path} differs from its hash in manifest.json.`, advice);
  }
  return {
    list: parsed(schema, bytes, path),
    entry: { file, sha256: found, date: entry.date },
    row: entry,
  };
}

/** The catalogue of services: what the vendors share, and a file for each vendor that the manifest names. */
async function servicesOf(
  folder: string,
  manifest: ResourceManifest,
): Promise<{ list: ServiceList; files: Lists['files'] }> {
  const index = await listed(folder, manifest, 'lists/services.json', serviceIndex);
  const names = manifest.files.map((row) => row.file).filter((file) => file.startsWith('lists/services/'));
  const vendors = await Promise.all(names.map((file) => listed(folder, manifest, file, vendorServices)));
  const list = joinServices(
    index.list,
    vendors.map((one) => one.list),
  );
  const fault = faultsOf(list)[0];
  if (fault) throw new Failure('broken-file', `${join(folder, 'lists/services.json')}: ${fault}`, advice);
  return { list, files: [index, ...vendors].map((one) => one.entry) };
}

/** Domains of owners and of trackers; each names organisations that must be there. */
async function hostsOf(folder: string, manifest: ResourceManifest, organisations: OrganisationBook) {
  const owners = await listed(folder, manifest, 'lists/owners.json', ownerList);
  const trackers = await listed(folder, manifest, 'lists/trackers.json', trackerList);
  const known = (id: string) => organisations.of(id) !== null;
  const fault = [
    ...faultsOfDomains('owners.json', owners.list.owners, owners.list.sources, known),
    ...faultsOfDomains('trackers.json', trackers.list.trackers, trackers.list.sources, known),
  ][0];
  if (fault) throw new Failure('broken-file', `${join(folder, 'lists')}: ${fault}`, advice);
  return {
    owners: new DomainBook(owners.list.owners, listSource('owners', owners.row)),
    trackers: new DomainBook(trackers.list.trackers, listSource('trackers', trackers.row)),
    files: [owners.entry, trackers.entry],
  };
}

/**
 * Reads the lists from the `resources` folder of the program and checks each against its hash in `manifest.json`; opens the
 * databases that ship, and those that the examiner imported into the folder `imported`. Rejects with `not-found`,
 * `no-permission` or `broken-file`, naming the file.
 */
export async function loadLists(folder: string, imported: string | null = null): Promise<Lists> {
  const manifest = parsed(resourceManifest, await bytesOf(folder, 'manifest.json'), join(folder, 'manifest.json'));
  const services = await servicesOf(folder, manifest);
  const organisations = await listed(folder, manifest, 'lists/organisations.json', organisationList);
  const book = new OrganisationBook(organisations.list);
  const hosts = await hostsOf(folder, manifest, book);
  const permissions = await listed(folder, manifest, 'lists/permissions.json', permissionList);
  const wrong = faultsOfPermissions(permissions.list)[0];
  if (wrong) throw new Failure('broken-file', `${join(folder, 'lists/permissions.json')}: ${wrong}`, advice);
  const laws = await listed(folder, manifest, 'lists/laws.json', lawList);
  const lawFault = faultsOfLaws(laws.list)[0];
  if (lawFault) throw new Failure('broken-file', `${join(folder, 'lists')}: ${lawFault}`, advice);
  const clouds = await listed(folder, manifest, cloudRegionFile, cloudRegionList);
  return {
    services: services.list,
    catalogue: new ServiceBook(services.list, services.files),
    organisations: book,
    owners: hosts.owners,
    trackers: hosts.trackers,
    laws: new LawBook(laws.list),
    permissions: new PermissionBook(permissions.list),
    clouds: clouds.list,
    databases: await openDatabases(folder, manifest, clouds, imported),
    files: [...services.files, organisations.entry, ...hosts.files, permissions.entry, clouds.entry],
  };
}
