import type { Command } from 'commander';
import { Failure } from '../../../shared/base/failure.ts';
import type { Work } from '../../engine/engine-api.ts';
import { showProgress } from './progress.ts';
import type { Exit, Terminal } from './terminal.ts';

export interface CommonOptions {
  readonly json?: true;
  readonly quiet?: true;
}

/** What a verb gets: its options, and the terminal. It answers with its exit status or throws a Failure. */
export interface VerbRun<O> {
  readonly options: O & CommonOptions;
  readonly json: boolean;
  readonly terminal: Terminal;
  /** Does long work with its progress shown. */
  work<T>(doing: (work: Work) => Promise<T>): Promise<T>;
}

export type AddVerb = (program: Command, terminal: Terminal, ended: (exit: Exit) => void) => void;

/** An empty value is mostly a variable of a script that was not set; as a path it would mean the folder at hand. */
function refuseEmpty(command: Command, args: readonly (string | readonly string[])[]): void {
  const named = command.options.find((option) => command.getOptionValue(option.attributeName()) === '');
  if (named) throw new Failure('wrong-use', `${named.long ?? named.flags} is empty.`);
  const at = args.findIndex((one) => one === '' || (Array.isArray(one) && one.includes('')));
  if (at >= 0) throw new Failure('wrong-use', `The argument <${command.registeredArguments[at]?.name()}> is empty.`);
}

/**
 * Makes a verb: `describe` adds its arguments and options, `run` does it. Every verb has `--json`, `--quiet`, `--help`.
 */
export function verb<O>(
  name: string,
  summary: string,
  describe: (command: Command) => Command,
  run: (it: VerbRun<O>, args: readonly (string | readonly string[])[]) => Promise<Exit>,
): AddVerb {
  return (program, terminal, ended) => {
    const command = program.command(name).description(summary);
    describe(command)
      .option('--json', 'print JSON')
      .option('--quiet', 'show no progress')
      .action(async (...given: unknown[]) => {
        const options = command.opts<O & CommonOptions>();
        const args = given.slice(0, command.registeredArguments.length) as (string | string[])[];
        refuseEmpty(command, args);
        ended(
          await run(
            {
              options,
              json: options.json === true,
              terminal,
              async work(doing) {
                const shown = showProgress(terminal, options.quiet === true);
                try {
                  return await doing({ progress: shown.progress, signal: terminal.signal });
                } finally {
                  shown.end();
                }
              },
            },
            args,
          ),
        );
      });
  };
}
