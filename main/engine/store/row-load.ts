import type { SqlValue } from '../ports/case-handle.ts';
import { BinaryRows } from './binary-rows.ts';

type Row = readonly SqlValue[];

/** From so many rows it is told which columns say the same in all. */
const SAMPLE = 64;

/** An INSERT with its two parameters: the rows, and one row for the columns that are alike in all of them. */
export interface Insert {
  readonly sql: string;
  readonly rows: Buffer;
  readonly alike: string;
}

/** Columns that do not say the same in all rows as in the first, in their order. */
function varyingColumns(rows: readonly Row[], width: number): number[] {
  return Array.from({ length: width }, (_, at) => at).filter((at) => rows.some((row) => row[at] !== rows[0]![at]));
}

/**
 * Rows on their way into a table. Each is packed when it comes, so that none is held as it was; a column that says the same in all rows is
 * said once.
 */
export class RowLoad {
  readonly #table: string;
  readonly #columns: readonly string[];
  readonly #packed = new BinaryRows();
  /** The first rows of all, until it is known which columns vary. */
  #sample: Row[] | null = [];
  #varying: readonly number[] = [];
  #alike: readonly number[] = [];
  #first: Row = [];
  /** Of a row that differed where those before did not. */
  #before: Insert[] = [];
  #waiting = 0;

  constructor(table: string, columns: readonly string[]) {
    this.#table = table;
    this.#columns = columns;
  }

  /** Rows that were not taken yet. */
  get waiting(): number {
    return this.#waiting;
  }

  add(row: Row): void {
    this.#waiting += 1;
    if (this.#sample) {
      this.#sample.push(row);
      if (this.#sample.length === SAMPLE) this.#decide(this.#sample);
      return;
    }
    if (this.#packed.count === 0) this.#first = row;
    else if (this.#differs(row)) {
      const { rows, ...rest } = this.#insert();
      this.#before.push({ ...rest, rows: Buffer.from(rows) });
      this.#vary(varyingColumns([this.#first, row], this.#columns.length));
      this.#first = row;
    }
    this.#packed.add(row, this.#varying);
  }

  /** All that waits. What is answered is good until the next row comes. */
  take(): Insert[] {
    if (this.#sample && this.#sample.length > 0) this.#decide(this.#sample);
    const inserts = this.#before;
    if (this.#packed.count > 0) inserts.push(this.#insert());
    this.#before = [];
    this.#waiting = 0;
    return inserts;
  }

  #differs(row: Row): boolean {
    const first = this.#first;
    const alike = this.#alike;
    // A loop, because it is asked of every row.
    for (let n = 0; n < alike.length; n += 1) if (row[alike[n]!] !== first[alike[n]!]) return true;
    return false;
  }

  #decide(sample: readonly Row[]): void {
    this.#sample = null;
    this.#vary(varyingColumns(sample, this.#columns.length));
    this.#first = sample[0]!;
    for (const row of sample) this.#packed.add(row, this.#varying);
  }

  #vary(more: readonly number[]): void {
    const varying = new Set([...this.#varying, ...more]);
    const all = [...this.#columns.keys()];
    this.#varying = all.filter((at) => varying.has(at));
    this.#alike = all.filter((at) => !varying.has(at));
  }

  #insert(): Insert {
    const columns = this.#columns;
    const picked = columns.map((_, at) => {
      const place = this.#varying.indexOf(at);
      return place < 0 ? `?2->>${at}` : `value->>${place}`;
    });
    const sql = `INSERT INTO ${this.#table} (${columns.join(',')}) SELECT ${picked.join(',')} FROM jsonb_each(?1) WHERE ?2 IS NOT NULL`;
    return { sql, rows: this.#packed.take(), alike: JSON.stringify(this.#first) };
  }
}
