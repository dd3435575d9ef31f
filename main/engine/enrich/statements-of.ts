import type { Sourced, StatementSource } from '../model/enricher.ts';

interface Asked<F> {
  readonly source: StatementSource;
  of(ip: string): F | null;
}

/**
 * Asks databases of one kind, each for itself. What a database answers with the same object is the same statement again: of a hundred
 * thousand addresses most share their answers.
 */
export function statementsOf<F extends object, S extends object>(
  databases: readonly Asked<F>[],
  statement: (found: F) => S,
): (ip: string) => readonly Sourced<S>[] {
  const asked = databases.map((database) => ({ database, made: new WeakMap<F, Sourced<S>>() }));
  return (ip) => {
    const said: Sourced<S>[] = [];
    for (const { database, made } of asked) {
      const found = database.of(ip);
      if (!found) continue;
      let one = made.get(found);
      if (!one) {
        one = { ...statement(found), source: database.source };
        made.set(found, one);
      }
      said.push(one);
    }
    return said;
  };
}
