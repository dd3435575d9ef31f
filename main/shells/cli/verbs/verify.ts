import { resolve } from 'node:path';
import { grouped } from '../../../../shared/base/grouped.ts';
import { answer } from '../answer.ts';
import { severalOption } from '../options.ts';
import { exits } from '../terminal.ts';
import { verb } from '../verb.ts';

interface Options {
  readonly case: string;
  readonly key?: readonly string[];
  readonly ca?: readonly string[];
}

/** `verify`: rehashes the evidence, walks the custody log, checks reports, signatures and time stamps. */
export const verify = verb<Options>(
  'verify',
  'check evidence, custody log, reports, signatures and time stamps',
  (command) =>
    command
      .requiredOption('--case <folder>', 'the case')
      .option('--key <file>', 'the signer’s public key: the signature must be by it; may be given again', severalOption)
      .option('--ca <file>', 'certificates of time-stamp authorities; may be given again', severalOption),
  async ({ options, json, terminal, work }) => {
    const engine = await terminal.engine();
    const trust = {
      keys: (options.key ?? []).map((file) => resolve(file)),
      authorities: (options.ca ?? []).map((file) => resolve(file)),
    };
    // A case whose database is damaged is checked too, so it is not opened.
    const outcome = await work((w) => engine.verifyFolder(options.case, w, trust));
    await answer(terminal, json, outcome, () =>
      [
        outcome.ok
          ? `All ${grouped(outcome.checked)} checks hold.`
          : `${grouped(outcome.failures.length)} ${outcome.failures.length === 1 ? 'difference' : 'differences'} found in ${grouped(outcome.checked)} checks:`,
        ...outcome.failures.map((one) => `${one.what}: expected ${one.expected}, found ${one.found}`),
        ...(outcome.signature ? [outcome.signature.said] : []),
        ...(outcome.notes ?? []).map((note) => `Note: ${note}`),
      ].join('\n'),
    );
    return outcome.ok ? exits.done : exits.partly;
  },
);
