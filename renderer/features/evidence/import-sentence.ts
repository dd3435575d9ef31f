import { groupedNumber } from '../../../shared/timeline/formats.ts';
import type { ImportOutcome } from '../../../shared/types/outcome.ts';

/** `one file`, `12 files` */
export function count(n: number, one: string, many: string): string {
  return n === 1 ? `one ${one}` : `${groupedNumber(n)} ${many}`;
}

/** One sentence on what an import brought. */
export function importSentence(outcome: ImportOutcome): string {
  const fresh = outcome.evidence.filter((file) => !file.already).length;
  const known = outcome.evidence.length - fresh;
  const parts: string[] = [];
  if (fresh > 0) parts.push(`${count(fresh, 'file was', 'files were')} added`);
  if (known > 0) parts.push(`${count(known, 'file was', 'files were')} in the case already and added nothing`);
  if (parts.length === 0) return 'Nothing was added.';
  const text = parts.join('; ');
  return `${text[0]?.toUpperCase()}${text.slice(1)}.`;
}
