import type { ReadCase } from '../ports/case-handle.ts';

/** How many volume events a case holds. Counting them goes through an index of all of them: it is done once until somebody writes the case. */
export class VolumeCount {
  readonly #read: ReadCase;
  #known: { readonly version: number; readonly rows: Promise<number> } | null = null;

  constructor(read: ReadCase) {
    this.#read = read;
  }

  async now(): Promise<number> {
    // Changes whenever another connection has written the case file (sqlite.org/pragma.html#pragma_data_version).
    const version = (await this.#read.get<{ data_version: number }>('PRAGMA data_version'))?.data_version ?? 0;
    if (this.#known?.version !== version) this.#known = { version, rows: countVolume(this.#read) };
    return this.#known.rows;
  }
}

/** The same, as the case keeps it beside its first picture; else counted now. */
export async function countVolume(read: ReadCase): Promise<number> {
  const kept = await read.get<{ events: number }>(`SELECT events FROM first_picture WHERE kind = 'volume'`);
  if (kept) return kept.events;
  return (await read.get<{ n: number }>('SELECT count(*) n FROM volume'))?.n ?? 0;
}
