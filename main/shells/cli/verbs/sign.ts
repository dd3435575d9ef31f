import { humanBytes } from '../../../../shared/base/bytes.ts';
import { answer, facts } from '../answer.ts';
import { withCase } from '../case-choice.ts';
import { passphraseFrom } from '../passphrase.ts';
import { exits } from '../terminal.ts';
import { verb } from '../verb.ts';

/** `sign`: signs the case as it stands. */
export const sign = verb<{ readonly case: string }>(
  'sign',
  'check the case and sign it as it stands with the examiner’s key',
  (command) => command.requiredOption('--case <folder>', 'the case'),
  async ({ options, json, terminal, work }) => {
    const engine = await terminal.engine();
    const outcome = await withCase(engine, options.case, async (open) => {
      const passphrase = await passphraseFrom(terminal, false);
      return work((w) => open.sign(passphrase, w));
    });
    await answer(terminal, json, outcome, () =>
      facts([
        [
          'Signed',
          `${outcome.files} files, ${humanBytes(outcome.bytes)}, and ${outcome.lines} lines of the custody log`,
        ],
        ['By', outcome.name],
        ['Key', outcome.fingerprint],
        ['At', outcome.signedAt],
        ['Manifest', outcome.manifest],
        ['SHA-256 of it', outcome.sha256],
      ]),
    );
    return exits.done;
  },
);
