import type { Label } from '../../../model/enricher.ts';
import type { EnricherFactory } from '../../enricher-factory.ts';
import type { PackageEntry } from '../../service-list.ts';

const id = 'known-service';
const title = 'Services that a package is known to belong to';

/** `applies`: the row holds for this phone. `unsure`: its name is used by several makers and this one is not known. */
function standing(row: PackageEntry, maker: string | null): 'applies' | 'unsure' | 'other maker' {
  if (!row.onlyMakers) return 'applies';
  if (maker === null) return 'unsure';
  const wanted = maker.toLowerCase();
  return row.onlyMakers.some((name) => name.toLowerCase() === wanted) ? 'applies' : 'other maker';
}

function reason(row: PackageEntry, service: string, sources: readonly string[], unsure: boolean): string {
  const said = [`The package name ${row.package} is listed under ${service}: ${row.role}.`];
  if (unsure) {
    said.push(
      `Other makers use this name for other apps, the row holds for ${row.onlyMakers?.join(', ')} only, and the maker of this phone is not known.`,
    );
  }
  if (row.optional) said.push(`Optional: ${row.optional} (${row.optionalBasis}).`);
  else said.push('Optional: not known.');
  if (row.switchOff)
    said.push(`To switch it off (${row.switchOff.basis}; not checked on this phone): ${row.switchOff.how}`);
  said.push(`Sources: ${sources.join('; ')}.`);
  return said.join(' ');
}

const ranks = { high: 0, medium: 1, low: 2 } as const;

/** Labels a package with each service that lists it, the most confident first; rows that disagree become two labels. */
export const knownService: EnricherFactory = (lists, phone) => {
  const list = lists.services;
  const services = new Map(list.services.map((row) => [row.id, row]));
  const titles = new Map(list.sources.map((row) => [row.id, row.title]));
  const byConfidence = list.packages.toSorted((a, b) => ranks[a.confidence] - ranks[b.confidence]);
  const rows = Map.groupBy(byConfidence, (row) => row.package);
  const labelsOf = (name: string): Label[] => {
    const labels: Label[] = [];
    for (const row of rows.get(name) ?? []) {
      const how = standing(row, phone.maker);
      const service = services.get(row.service);
      if (how === 'other maker' || !service) continue;
      const sources = row.sources.map((source) => titles.get(source) ?? source);
      labels.push({
        subject: { kind: 'package', name },
        kind: 'service',
        value: service.name,
        detail: {
          id: service.id,
          vendor: service.vendor,
          optional: row.optional === null ? null : row.optional === 'yes',
        },
        source: `Phonehome list "${list.title}"`,
        date: row.date,
        confidence: how === 'unsure' ? 'low' : row.confidence,
        why: reason(row, service.name, sources, how === 'unsure'),
      });
    }
    return labels;
  };
  return {
    id,
    title,
    source: `Phonehome list "${list.title}"`,
    date: list.date,
    label: (subject) => subject.packages.flatMap(labelsOf),
  };
};
