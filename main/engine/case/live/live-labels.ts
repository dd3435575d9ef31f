import { createDestinationEnrichers } from '../../enrich/enrichers/index.ts';
import type { Lists } from '../../enrich/lists.ts';
import { type AddressSpeakers, labelsOfAddress } from '../../pipeline/label-addresses.ts';
import { StatementSources } from '../../pipeline/statement-sources.ts';
import type { ReadCase, SqlValue } from '../../ports/case-handle.ts';

/** Rows by table, each with its number first. */
export type LabelRows = Readonly<Record<'source' | 'address', SqlValue[][]>>;

interface Met {
  readonly ip: string;
  readonly atUs: number;
}

/**
 * Says of addresses that a watched phone talks to what databases know of them, as soon as they are met, by the same rules as all is
 * labelled in the end. Each address is asked about once, so that a look costs what is new in it. Sockets name no hosts.
 */
export class LiveLabels {
  readonly #read: ReadCase;
  readonly #speakers: AddressSpeakers;
  /** Addresses that have their labels. */
  readonly #labelled = new Set<string>();
  #lastAddress: number;
  #waiting: Met[] = [];

  private constructor(read: ReadCase, speakers: AddressSpeakers, lastAddress: number) {
    this.#read = read;
    this.#speakers = speakers;
    this.#lastAddress = lastAddress;
  }

  /** Goes on behind what the case file holds. */
  static async behind(read: ReadCase, lists: Lists): Promise<LiveLabels> {
    const known = await read.all<{ id: number; key: string }>(`SELECT id, key FROM source ORDER BY id`);
    const sources = new StatementSources(known.map(({ id, key }) => [key, id]));
    const last = await read.get<{ id: number }>(`SELECT coalesce(max(id), 0) id FROM address`);
    const enrichers = createDestinationEnrichers(lists).addresses;
    return new LiveLabels(read, { lists, enrichers, sources }, last?.id ?? 0);
  }

  /** A contact has begun. */
  met(ip: string, atUs: number): void {
    if (!this.#labelled.has(ip)) this.#waiting.push({ ip, atUs });
  }

  /** Rows for what was met since the last time. What a failed reading leaves is answered for the next time. */
  async take(): Promise<LabelRows> {
    const rows: LabelRows = { source: [], address: [] };
    if (this.#waiting.length === 0) return rows;
    const unknown = [...new Set(this.#waiting.map(({ ip }) => ip))].filter((ip) => !this.#labelled.has(ip));
    if (unknown.length > 0) {
      const held = await this.#read.all<{ ip: string }>(
        `SELECT ip FROM address WHERE ip IN (SELECT value FROM json_each(?))`,
        [JSON.stringify(unknown)],
      );
      for (const { ip } of held) this.#labelled.add(ip);
    }
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { ip, atUs } of waiting) {
      if (this.#labelled.has(ip)) continue;
      this.#labelled.add(ip);
      this.#lastAddress += 1;
      rows.address.push([this.#lastAddress, ...labelsOfAddress(ip, atUs, [], this.#speakers)]);
    }
    rows.source.push(...this.#speakers.sources.take());
    return rows;
  }
}
