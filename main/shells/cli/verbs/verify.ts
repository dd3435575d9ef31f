import { answer } from '../answer.ts';
import { exits } from '../terminal.ts';
import { verb } from '../verb.ts';

/** `verify`: rehashes the evidence, walks the custody log, checks the reports. */
export const verify = verb<{ readonly case: string }>(
  'verify',
  'check evidence, custody log and reports against their hashes',
  (command) => command.requiredOption('--case <folder>', 'the case'),
  async ({ options, json, terminal, work }) => {
    const engine = await terminal.engine();
    // A case whose database is damaged is checked too, so it is not opened.
    const outcome = await work((w) => engine.verifyFolder(options.case, w));
    await answer(terminal, json, outcome, () =>
      [
        outcome.ok
          ? `All ${outcome.checked} checks hold.`
          : `${outcome.failures.length} of ${outcome.checked} checks fail.`,
        ...outcome.failures.map((one) => `${one.what}: expected ${one.expected}, found ${one.found}`),
      ].join('\n'),
    );
    return outcome.ok ? exits.done : exits.partly;
  },
);
