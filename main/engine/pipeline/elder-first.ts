import type { KeptEvidence } from '../store/read-batches.ts';

/** A report that the phone made of itself at an earlier time, which its owner kept. */
const isElder = ({ origin, section }: KeptEvidence) =>
  section === 'bugreport' && origin.kind === 'command' && origin.step.startsWith('file ');

/**
 * The evidence of a batch in the order in which it is read: reports of an earlier time first, since of two words about the
 * same thing the later one holds.
 */
export function elderFirst(evidence: readonly KeptEvidence[]): readonly KeptEvidence[] {
  return [...evidence.filter(isElder), ...evidence.filter((one) => !isElder(one))];
}
