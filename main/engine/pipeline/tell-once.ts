import { believed, disagree, samePhone } from '../normalise/authority.ts';
import type { WriteCase } from '../ports/case-handle.ts';
import {
  agreements,
  countAll,
  disbelieve,
  settleCopies,
  snapshotFacts,
  warnOfContradiction,
} from '../store/tell-once.ts';

/**
 * Where several statements of one phone's history overlap, each stretch of time is counted from one of them only. Two
 * that contradict each other are counted both, with a warning: they may be of two phones.
 */
export async function tellOnce(write: WriteCase): Promise<void> {
  if (!(await settleCopies(write))) return;
  await countAll(write);
  await settleCopies(write);
  const facts = await snapshotFacts(write);
  const agreed = await agreements(write);
  await warnOfContradiction(write, agreed.filter(disagree));
  const groups = samePhone(
    facts.map((one) => one.id),
    agreed,
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
