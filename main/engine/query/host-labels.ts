import type { Explanation } from '../../../shared/types/explanation.ts';
import type { ReadCase } from '../ports/case-handle.ts';

interface OwnedRow {
  readonly domain: string | null;
  readonly owner: string | null;
  readonly owner_name: string | null;
  readonly state: string | null;
  readonly owner_title: string | null;
  readonly owner_date: string | null;
  readonly tracker: string | null;
  readonly tracker_category: string | null;
  readonly tracker_title: string | null;
  readonly tracker_date: string | null;
}

/** Whose some hosts are, as the lists of the case say it. */
export interface HostLabels {
  /** Set where all hosts that have an owner have the same one. */
  readonly owner: Explanation['owner'];
  readonly tracker: Explanation['tracker'];
  /** States that can command the owners, two letters each, sorted. */
  readonly ownerStates: readonly string[];
}

/** Owners and trackers of hosts by their names. */
export async function hostLabels(read: ReadCase, names: readonly string[]): Promise<HostLabels> {
  const rows = await read.all<OwnedRow>(
    `SELECT h.domain, h.owner, h.owner_name, h.state, o.title owner_title, o.date owner_date, h.tracker, h.tracker_category,
       t.title tracker_title, t.date tracker_date
     FROM host h LEFT JOIN source o ON o.id = h.owner_source LEFT JOIN source t ON t.id = h.tracker_source
     WHERE h.name IN (SELECT value FROM json_each(?)) ORDER BY h.id`,
    [JSON.stringify(names)],
  );
  const owned = rows.filter((row) => row.owner !== null);
  const [first] = owned;
  const single = first && owned.every((row) => row.owner === first.owner) ? first : null;
  const tracked = rows.find((row) => row.tracker !== null);
  return {
    owner: single && {
      id: single.owner!,
      name: single.owner_name ?? single.owner!,
      group: null,
      state: single.state,
      domain: single.domain ?? '',
      source: single.owner_title ?? '',
      date: single.owner_date ?? '',
    },
    tracker: tracked
      ? {
          owner: tracked.tracker!,
          category: tracked.tracker_category ?? '',
          source: tracked.tracker_title ?? '',
          date: tracked.tracker_date ?? '',
        }
      : null,
    ownerStates: [...new Set(owned.flatMap((row) => row.state ?? []))].sort(),
  };
}
