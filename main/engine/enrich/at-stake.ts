import { isoOf } from '../../../shared/base/time.ts';
import type { AtStake } from '../../../shared/types/explanation.ts';
import type { AtStakeFacts } from '../model/explain-facts.ts';
import type { Permission, PermissionBook } from './permissions.ts';

const ranks: Readonly<Record<Permission['relevance'], number>> = { high: 0, medium: 1, low: 2, enabler: 3 };

/**
 * What an app was permitted to read, and when it last did: permissions that open data, of which something is said. What is not in the
 * list of permissions, or opens no data, is left out. `followedBy` is a sequence, and no cause.
 */
export function atStakeOf(facts: AtStakeFacts, permissions: PermissionBook): AtStake[] {
  const said = new Map(facts.permissions.map((one) => [one.name, one]));
  const uses = new Map(facts.uses.map((one) => [one.op, one]));
  return permissions
    .all()
    .flatMap((permission): { row: AtStake; rank: number }[] => {
      if (permission.relevance === 'low' || permission.relevance === 'enabler') return [];
      const grant = said.get(permission.permission);
      // Where one permission has several operations, the last of them counts.
      const used = permission.ops
        .flatMap((op) => uses.get(op) ?? [])
        .reduce<AtStakeFacts['uses'][number] | null>((a, b) => (a && (a.atUs ?? 0) >= (b.atUs ?? 0) ? a : b), null);
      if (!grant && !used) return [];
      const row: AtStake = {
        permission: permission.permission,
        category: permission.category,
        opens: permission.opens,
        granted: grant?.granted ?? null,
        lastUsed: used?.atUs == null ? null : isoOf(used.atUs),
        evidence: used?.evidence ?? grant?.evidence ?? null,
        followedBy: (used && facts.followed.get(used.op)) ?? null,
      };
      return [{ row, rank: ranks[permission.relevance] }];
    })
    .sort(
      (a, b) =>
        a.rank - b.rank ||
        Number(b.row.lastUsed !== null) - Number(a.row.lastUsed !== null) ||
        (a.row.permission < b.row.permission ? -1 : 1),
    )
    .map(({ row }) => row);
}
