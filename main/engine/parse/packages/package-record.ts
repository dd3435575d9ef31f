import type { PackageRecord } from '../../model/record.ts';

/** A record of a package of which only what is given is known; the rest the source did not say. */
export function packageRecord(name: string, known: Partial<Omit<PackageRecord, 'kind' | 'name'>>): PackageRecord {
  return {
    kind: 'package',
    name,
    user: null,
    appId: null,
    label: null,
    version: null,
    path: null,
    installer: null,
    system: null,
    installed: null,
    enabled: null,
    firstInstall: null,
    lastUpdate: null,
    sharedUser: null,
    permissions: [],
    ...known,
  };
}
