import type { DatabaseView } from '../../../../shared/types/database.ts';
import type { ResourceManifest } from '../manifest.ts';
import type { CloudRegionList } from './cloud-region-list.ts';
import { shippedCloudDatabases } from './cloud-regions.ts';
import type { Databases } from './database.ts';
import { HostRegions } from './host-regions.ts';
import { openImported } from './imported.ts';
import { listViews } from './list-views.ts';
import { openShipped } from './shipped.ts';

/** The list of cloud regions, read and checked, with what the manifest says of its file. */
export interface CloudRegionFile {
  readonly list: CloudRegionList;
  readonly row: ResourceManifest['files'][number];
}

/**
 * Opens what ships, and what the examiner imported into the folder `imported` (null: nothing), each checked against its hash.
 * Rejects with `not-found` or `broken-file`, naming the file. What ships takes about 70 ms and 30 MB.
 */
export async function openDatabases(
  resources: string,
  manifest: ResourceManifest,
  clouds: CloudRegionFile,
  imported: string | null,
): Promise<Databases> {
  const shipped = await openShipped(resources, manifest);
  const own = imported === null ? [] : await openImported(imported, clouds.list);
  const { title, date, sha256, licence, attribution = null } = clouds.row;
  const stated = { title, date, sha256, licence, attribution, shipped: true };
  const names = new HostRegions(clouds.list);
  const ofKind = (kind: DatabaseView['kind']) =>
    own.flatMap((one) => (one.view.kind === kind && one.places ? [one.places] : []));
  return {
    cloudRegions: [...shippedCloudDatabases(clouds.list, clouds.row), ...ofKind('cloud regions')],
    locations: [shipped.location, ...ofKind('location')],
    registrations: [shipped.registration, ...ofKind('registration')],
    networks: [shipped.networks, ...own.flatMap((one) => one.networks ?? [])],
    hostRegions: { source: { ...stated, key: `cloud-regions ${date}` }, of: (name) => names.of(name) },
    views: [...shipped.views, ...(await listViews(resources, manifest)), ...own.map((one) => one.view)],
  };
}

/** Where the list of cloud regions lies below `resources`. */
export const cloudRegionFile = 'lists/cloud-regions.json';
