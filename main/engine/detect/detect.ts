import type { ProposedFinding } from '../model/finding.ts';
import type { ReadCase } from '../ports/case-handle.ts';
import { rules } from './rules/index.ts';

/**
 * Asks every rule about a case whose volumes, apps and labels are in place. Reads only. The same case gives the same
 * findings with the same keys; `rule` and `key` together are unique.
 */
export async function propose(read: ReadCase): Promise<ProposedFinding[]> {
  const findings: ProposedFinding[] = [];
  for (const rule of rules) findings.push(...(await rule.propose(read)));
  return findings;
}
