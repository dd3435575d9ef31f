import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatabaseView } from '../../../../shared/types/database.ts';
import type { ResourceManifest } from '../manifest.ts';

/** What kind of thing a list is, by where it lies; lists that do not speak of destinations are left out. */
const kinds: readonly (readonly [file: RegExp, kind: DatabaseView['kind']])[] = [
  [/^lists\/services(\/|\.json$)/, 'catalogue'],
  [/^lists\/cloud-regions\.json$/, 'cloud regions'],
  [/^lists\/(organisations|owners|domains|trackers)/, 'owners'],
  [/^lists\/(laws|jurisdictions)/, 'laws'],
];

/** One row for each list of the program that speaks of destinations, as the manifest describes it. */
export async function listViews(resources: string, manifest: ResourceManifest): Promise<DatabaseView[]> {
  const views = manifest.files.map(async (row): Promise<DatabaseView | null> => {
    const kind = kinds.find(([file]) => file.test(row.file))?.[1];
    if (!kind) return null;
    const { size } = await stat(join(resources, row.file)).catch(() => ({ size: 0 }));
    return {
      id: row.file
        .replace(/^lists\//, '')
        .replace(/\.json$/, '')
        .replaceAll('/', '-'),
      title: row.title,
      kind,
      date: row.date,
      sha256: row.sha256,
      bytes: size,
      licence: row.licence,
      attribution: row.attribution ?? null,
      shipped: true,
    };
  });
  return (await Promise.all(views)).filter((view) => view !== null);
}
