import type { EventView } from '../../../../../shared/types/event.ts';
import type { Exporter } from '../exporter.ts';
import { writeText } from '../write-text.ts';
import { type Cell, columns } from './columns.ts';

const END_OF_LINE = '\r\n';

/**
 * One cell after RFC 4180. Not known is nothing at all, an empty text is `""`. A text that a spreadsheet would run as a
 * formula (names of networks and apps are chosen by strangers) gets an apostrophe in front; JSON Lines has it unchanged.
 */
export function cellText(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  const safe = /^[=+\-@\t\r\n]/.test(cell) ? `'${cell}` : cell;
  return safe === '' || /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function lineOf(event: EventView): string {
  return columns.map(([, read]) => cellText(read(event))).join(',') + END_OF_LINE;
}

/** Comma-separated values for spreadsheets: UTF-8 without byte order mark, CRLF, one header line, one line an event. */
export const csv: Exporter = {
  id: 'csv',
  title: 'Comma-separated values (RFC 4180)',
  export: (events, out) => writeText(out, columns.map(([name]) => name).join(',') + END_OF_LINE, events, lineOf),
};
