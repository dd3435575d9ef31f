import { resolve } from 'node:path';
import { Argument } from 'commander';
import { Failure } from '../../../../shared/base/failure.ts';
import type { DatabaseView } from '../../../../shared/types/database.ts';
import { answer, table } from '../answer.ts';
import { exits } from '../terminal.ts';
import { verb } from '../verb.ts';

const columns = [
  { title: 'Id', of: (row: DatabaseView) => row.id },
  { title: 'Says', of: (row: DatabaseView) => row.kind },
  { title: 'Date', of: (row: DatabaseView) => row.date },
  { title: 'From', of: (row: DatabaseView) => (row.shipped ? 'the program' : 'you') },
  { title: 'Title', of: (row: DatabaseView) => row.title },
];

/** `databases`: what speaks of places, networks and owners; lists it, takes a file in, takes one out. */
export const databases = verb(
  'databases',
  'list the databases of places, networks and owners; `add FILE` imports one, `remove ID` takes one out',
  (command) =>
    command
      .addArgument(new Argument('[action]', 'what to do').choices(['list', 'add', 'remove']).default('list'))
      .addArgument(
        new Argument(
          '[what]',
          'with `add` a file (mmdb, or ip-ranges.json of AWS), with `remove` the id of an imported one',
        ),
      ),
  async ({ json, terminal }, [action, what]) => {
    if (action === 'list' ? what !== undefined : typeof what !== 'string') {
      const needs = { add: 'a file', remove: 'the id of an imported database' }[String(action)];
      throw new Failure(
        'wrong-use',
        needs ? `\`databases ${String(action)}\` needs ${needs}.` : '`databases list` takes nothing.',
      );
    }
    const engine = await terminal.engine();
    if (action === 'add') {
      const added = await engine.addDatabase(resolve(String(what)));
      await answer(
        terminal,
        json,
        added,
        () => `Imported as ${added.id}: ${added.title}, ${added.kind}, of ${added.date}.`,
      );
    } else if (action === 'remove') {
      await engine.removeDatabase(String(what));
      await answer(terminal, json, { removed: String(what) }, () => `Removed ${String(what)}.`);
    } else {
      const all = await engine.databases();
      await answer(terminal, json, all, () => table(all, columns, 'There are none.'));
    }
    return exits.done;
  },
);
