import { groupedNumber } from '../../../shared/timeline/formats.ts';
import type { WarningView } from '../../../shared/types/summary.ts';

/** `dumpsys netstats, line 20 112, byte 1 204 993` */
export function placeText(warning: WarningView): string {
  const parts = [warning.section];
  if (warning.line !== null) parts.push(`line ${groupedNumber(warning.line)}`);
  if (warning.offset !== null) parts.push(`byte ${groupedNumber(warning.offset)}`);
  return parts.filter((part) => part !== null).join(', ') || 'the whole file';
}
