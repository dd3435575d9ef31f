import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Failure } from '../../../../shared/base/failure.ts';
import type { DatabaseView } from '../../../../shared/types/database.ts';
import type { StatementSource } from '../../model/enricher.ts';
import type { ResourceManifest } from '../manifest.ts';
import type { NetworkDatabase, PlaceDatabase } from './database.ts';
import { MmdbFile } from './mmdb-file.ts';
import { NetworkTable } from './network-table.ts';

const advice = 'Install the program again. Nothing in a case is touched by this.';

type Row = ResourceManifest['files'][number];

/** Where a file of the manifest lies: in `resources`, or in the package that ships it, also inside a packed program. */
function pathOf(resources: string, row: Row): string {
  if (!row.package) return join(resources, row.file);
  const name = row.package.slice(0, row.package.lastIndexOf('@'));
  try {
    return join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), row.file);
  } catch {
    throw new Failure('not-found', `The package ${name} with the program's data file ${row.file} is missing.`, advice);
  }
}

/**
 * Reads a file that the manifest names and checks its hash. Rejects with `not-found` or `broken-file`, naming the file.
 */
async function checked(resources: string, manifest: ResourceManifest, file: string): Promise<[Row, Buffer]> {
  const row = manifest.files.find((one) => one.file === file);
  if (!row) throw new Failure('broken-file', `${join(resources, 'manifest.json')} does not name ${file}.`, advice);
  const path = pathOf(resources, row);
  const bytes = await readFile(path).catch(() => {
    throw new Failure('not-found', `The program's data file ${path} is missing or could not be read.`, advice);
  });
  if (createHash('sha256').update(bytes).digest('hex') !== row.sha256) {
    throw new Failure('broken-file', `The program's data file ${path} differs from its hash in manifest.json.`, advice);
  }
  return [row, bytes];
}

const sourceOf = (id: string, row: Row): StatementSource => ({
  key: `${id} ${row.date}`,
  title: row.title,
  date: row.date,
  sha256: row.sha256,
  licence: row.licence,
  attribution: row.attribution ?? null,
  shipped: true,
});

const viewOf = (id: string, kind: DatabaseView['kind'], row: Row, bytes: number): DatabaseView => ({
  id,
  title: row.title,
  kind,
  date: row.date,
  sha256: row.sha256,
  bytes,
  licence: row.licence,
  attribution: row.attribution ?? null,
  shipped: true,
});

function opened<T>(path: string, open: () => T): T {
  try {
    return open();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Failure('broken-file', `The program's data file ${path} cannot be read: ${why}.`, advice);
  }
}

/** What ships and speaks of addresses, but for the cloud regions, which are a list. */
export interface ShippedDatabases {
  readonly location: PlaceDatabase;
  readonly registration: PlaceDatabase;
  readonly networks: NetworkDatabase;
  readonly views: readonly DatabaseView[];
}

/** Opens the databases that ship. Rejects with `not-found` or `broken-file`, naming the file. */
export async function openShipped(resources: string, manifest: ResourceManifest): Promise<ShippedDatabases> {
  const [[placeRow, placeBytes], [registryRow, registryBytes], [networkRow, networkBytes]] = await Promise.all([
    checked(resources, manifest, 'dbip-country.mmdb'),
    checked(resources, manifest, 'iptoasn-country.mmdb'),
    checked(resources, manifest, 'networks/networks.zst'),
  ]);
  const places = opened(placeRow.file, () => new MmdbFile(placeBytes));
  const registry = opened(registryRow.file, () => new MmdbFile(registryBytes));
  const table = opened(networkRow.file, () => new NetworkTable(networkBytes));
  return {
    location: { source: sourceOf('dbip-country', placeRow), of: (ip) => places.of(ip)?.place ?? null },
    registration: { source: sourceOf('iptoasn-country', registryRow), of: (ip) => registry.of(ip)?.place ?? null },
    networks: { source: sourceOf('networks', networkRow), of: (ip) => table.of(ip) },
    views: [
      viewOf('dbip-country', 'location', placeRow, placeBytes.length),
      viewOf('iptoasn-country', 'registration', registryRow, registryBytes.length),
      viewOf('networks', 'networks', networkRow, networkBytes.length),
    ],
  };
}
