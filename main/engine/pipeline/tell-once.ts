import { believed, samePhone } from '../normalise/authority.ts';
import type { WriteCase } from '../ports/case-handle.ts';
import { agreements, countAll, disbelieve, settleCopies, snapshotFacts } from '../store/tell-once.ts';

/**
 * Where several statements of one phone's history overlap, each stretch of time is counted from one of them only.
 * Statements of the same serial belong together; others when they agree where they overlap.
 */
export async function tellOnce(write: WriteCase): Promise<void> {
  if (!(await settleCopies(write))) return;
  await countAll(write);
  await settleCopies(write);
  const facts = await snapshotFacts(write);
  const ties = facts.flatMap((a, at) =>
    facts
      .slice(at + 1)
      .filter((b) => a.serial !== null && a.serial === b.serial)
      .map((b) => ({ a: a.id, b: b.id, equal: 1, shared: 1 })),
  );
  const groups = samePhone(
    facts.map((one) => one.id),
    [...ties, ...(await agreements(write))],
  );
  const out = groups.flatMap((ids) => {
    const group = facts.filter((one) => ids.includes(one.id));
    const answer = believed(group);
    return group.flatMap((one) =>
      [...one.buckets.keys()]
        .filter((start) => answer.get(start) !== one.id)
        .map((from) => ({ snapshot: one.id, from })),
    );
  });
  if (out.length > 0) await disbelieve(write, out);
}
