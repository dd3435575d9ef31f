import type { ReadCase } from '../../ports/case-handle.ts';
import { Rollups } from './rollups.ts';

const TRIES = 3;

/** The rollups of a case that others may write meanwhile. */
export class CurrentRollups {
  readonly #read: ReadCase;
  #version = -1;
  #rollups: Promise<Rollups | null> = Promise.resolve(null);

  constructor(read: ReadCase) {
    this.#read = read;
  }

  /** Changes whenever another connection has written the case file (sqlite.org/pragma.html#pragma_data_version). */
  async #now(): Promise<number> {
    return (await this.#read.get<{ data_version: number }>('PRAGMA data_version'))?.data_version ?? 0;
  }

  /** The same of what stands beside the rollups, which are not opened for it; null where somebody writes all the while. */
  async beside<T>(work: () => Promise<T>): Promise<T | null> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const version = await this.#now();
      const answer = await work();
      if ((await this.#now()) === version) return answer;
    }
    return null;
  }

  /**
   * Answers a question of several statements as of one moment: it is asked again where somebody wrote meanwhile. `work` is given null
   * where there are no rollups, or where they change too fast: then it asks the rows.
   */
  async answer<T>(work: (rollups: Rollups | null) => Promise<T>): Promise<T> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const version = await this.#now();
      if (version !== this.#version) {
        this.#version = version;
        this.#rollups = Rollups.open(this.#read);
      }
      const rollups = await this.#rollups;
      if (!rollups) break;
      try {
        const answer = await work(rollups);
        if ((await this.#now()) === version) return answer;
      } catch (error) {
        if ((await this.#now()) === version) throw error;
      }
    }
    return work(null);
  }
}
