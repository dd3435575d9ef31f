import type { ProposedFinding } from '../model/finding.ts';
import type { ReadCase } from '../ports/case-handle.ts';

/** A question that the program asks every case. It reads the case only; what it proposes, a person judges. */
export interface Rule {
  /** Equals the folder's name. */
  readonly id: string;
  readonly title: string;
  /** One sentence each. */
  readonly proves: readonly string[];
  readonly doesNotProve: readonly string[];
  propose(read: ReadCase): Promise<readonly ProposedFinding[]>;
}
