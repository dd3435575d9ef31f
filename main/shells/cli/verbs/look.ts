import { humanBytes } from '../../../../shared/base/bytes.ts';
import type { PhoneLook } from '../../../../shared/types/device.ts';
import { answer, known, table } from '../answer.ts';
import { withCaseMade } from '../case-choice.ts';
import { exits } from '../terminal.ts';
import { verb } from '../verb.ts';
import { serialOfEnvironment } from './acquire.ts';

interface Options {
  readonly case: string;
  readonly device?: string;
  readonly root?: true;
}

/** `look`: what a phone offers beyond the usual. Takes nothing; the questions stand in the case's custody log. */
export const look = verb<Options>(
  'look',
  'ask a phone what it offers beyond the usual: files of its owner, packages of apps, root; nothing is taken',
  (command) =>
    command
      .requiredOption(
        '--case <folder>',
        'the case, in whose custody log the questions are written; it is made where there is none',
      )
      .option('--device <serial>', 'which phone, where several are connected, as `devices` names it')
      .option('--root', 'try for root too; the phone may ask its owner on its screen'),
  async ({ options, json, terminal, work }) => {
    const engine = await terminal.engine();
    const serial = options.device ?? serialOfEnvironment(terminal);
    const seen = await withCaseMade(engine, options.case, (open) =>
      work((w) => open.look({ serial, root: options.root === true }, w)),
    );
    await answer(terminal, json, seen, () => readable(seen));
    for (const note of seen.notes) terminal.err(`${note}\n`);
    return exits.done;
  },
);

/** The phone tells whole seconds of a file. */
const seconds = (iso: string) => iso.replace(/T(.*?)\.0+Z$/, ' $1 UTC');

function readable({ root, files, apps }: PhoneLook): string {
  const own = table(
    files,
    [
      { title: 'FILE OF THE OWNER', of: (row) => row.path },
      { title: 'KIND', of: (row) => row.kind },
      { title: 'SIZE', of: (row) => (row.bytes === null ? 'not known' : humanBytes(row.bytes)), right: true },
      { title: 'CHANGED', of: (row) => known(row.modified && seconds(row.modified)) },
    ],
    'No files of the owner were found.',
  );
  const added = table(
    apps.filter(({ system }) => !system),
    [
      { title: 'APP', of: (row) => row.package },
      { title: 'NAME', of: (row) => row.name ?? '' },
    ],
    'No apps were added to the phone.',
  );
  const rest = apps.filter(({ system }) => system).length;
  return `${own}\n${added}\nAnd ${rest} ${rest === 1 ? 'app' : 'apps'} that came with the phone; --json names them.\n\n${root.sentence}\n`;
}
