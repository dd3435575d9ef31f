import { Failure } from '../../../../shared/base/failure.ts';
import type { DatabaseView } from '../../../../shared/types/database.ts';
import { type Lists, loadLists } from '../lists.ts';
import { importDatabase, listImported, removeImported } from './imported.ts';

/**
 * The program's lists and databases, opened when they are first asked for and anew after one was added or removed. `imported` is
 * the folder of what the examiner imported; without one nothing can be.
 */
export class DatabaseShelf {
  readonly #resources: string;
  readonly #imported: string | null;
  #opened: Promise<Lists> | null = null;

  constructor(resources: string, imported: string | null) {
    this.#resources = resources;
    this.#imported = imported;
  }

  /** Rejects as `loadLists` does, and asks again the next time. */
  lists(): Promise<Lists> {
    const opening = this.#opened ?? loadLists(this.#resources, this.#imported);
    this.#opened = opening;
    opening.catch(() => {
      if (this.#opened === opening) this.#opened = null;
    });
    return opening;
  }

  /** All that ships and all that was imported; an imported one is listed even where it is damaged, so that it can be removed. */
  async views(): Promise<DatabaseView[]> {
    const opened = await this.lists().catch(() => loadLists(this.#resources));
    const shipped = opened.databases.views.filter((view) => view.shipped);
    return [...shipped, ...(this.#imported === null ? [] : await listImported(this.#imported))];
  }

  /** Takes a file in; rejects as `importDatabase` does. */
  async add(path: string): Promise<DatabaseView> {
    const folder = this.#folder();
    const { clouds } = await this.lists().catch(() => loadLists(this.#resources));
    const view = await importDatabase(folder, path, clouds);
    this.#opened = null;
    return view;
  }

  /** Takes an imported one out; rejects with `not-found`. */
  async remove(id: string): Promise<void> {
    await removeImported(this.#folder(), id);
    this.#opened = null;
  }

  #folder(): string {
    if (this.#imported === null) throw new Failure('unsupported', 'This program keeps no imported databases.');
    return this.#imported;
  }
}
