import { csv } from './csv/index.ts';
import type { Exporter } from './exporter.ts';
import { jsonl } from './jsonl/index.ts';

/** Every export format, one line a folder. */
export const exporters: readonly Exporter[] = [csv, jsonl];
