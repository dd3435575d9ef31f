import type { StatementSource } from '../model/enricher.ts';
import type { SqlValue, WriteCase } from '../ports/case-handle.ts';

/** Numbers the databases and lists that spoke, in the order in which they first did. */
export class StatementSources {
  readonly #numbers = new Map<string, number>();
  readonly #rows: SqlValue[][] = [];

  numberOf(source: StatementSource): number {
    const known = this.#numbers.get(source.key);
    if (known !== undefined) return known;
    const number = this.#numbers.size + 1;
    this.#numbers.set(source.key, number);
    const { key, title, date, sha256, licence, attribution, shipped } = source;
    this.#rows.push([number, key, title, date, sha256, licence, attribution, shipped ? 1 : 0]);
    return number;
  }

  store(write: WriteCase): Promise<void> {
    const columns = ['id', 'key', 'title', 'date', 'sha256', 'licence', 'attribution', 'shipped'];
    return write.load('source', columns, this.#rows);
  }
}
