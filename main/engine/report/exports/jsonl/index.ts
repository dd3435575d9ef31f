import type { Exporter } from '../exporter.ts';
import { writeText } from '../write-text.ts';

/** One JSON object a line, as the command line's `events` prints them: UTF-8, LF, nothing left out, nothing changed. */
export const jsonl: Exporter = {
  id: 'jsonl',
  title: 'JSON Lines',
  export: (events, out) => writeText(out, '', events, (event) => `${JSON.stringify(event)}\n`),
};
