import type { AddressStatement, Sourced, StatementSource } from '../model/enricher.ts';
import type { SqlValue, WriteCase } from '../ports/case-handle.ts';

export const sourceColumns = ['id', 'key', 'title', 'date', 'sha256', 'licence', 'attribution', 'shipped'];

/** Numbers the databases and lists that spoke, in the order in which they first did. */
export class StatementSources {
  readonly #numbers: Map<string, number>;
  readonly #rows: SqlValue[][] = [];
  readonly #texts = new WeakMap<Sourced<AddressStatement>, string>();

  /** Goes on behind those that have their numbers; by default there are none. */
  constructor(known: Iterable<readonly [key: string, id: number]> = []) {
    this.#numbers = new Map(known);
  }

  numberOf(source: StatementSource): number {
    const known = this.#numbers.get(source.key);
    if (known !== undefined) return known;
    const number = this.#numbers.size + 1;
    this.#numbers.set(source.key, number);
    const { key, title, date, sha256, licence, attribution, shipped } = source;
    this.#rows.push([number, key, title, date, sha256, licence, attribution, shipped ? 1 : 0]);
    return number;
  }

  /** A statement as `said` of `address` holds it, in JSON. Its source gets its number. */
  textOf(one: Sourced<AddressStatement>): string {
    let text = this.#texts.get(one);
    if (text === undefined) {
      const source = this.numberOf(one.source);
      const said =
        one.kind === 'network'
          ? [source, one.kind, null, null, one.asn, one.name]
          : [source, one.kind, one.country, one.kind === 'registration' ? null : one.region, null, null];
      text = JSON.stringify(said);
      this.#texts.set(one, text);
    }
    return text;
  }

  /** Rows of those that spoke first since the last time. */
  take(): SqlValue[][] {
    return this.#rows.splice(0);
  }

  store(write: WriteCase): Promise<void> {
    return write.load('source', sourceColumns, this.take());
  }
}
