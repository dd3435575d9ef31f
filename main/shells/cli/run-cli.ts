import { Command, CommanderError } from 'commander';
import { exitStatusOf, Failure, toFailureView } from '../../../shared/base/failure.ts';
import { plainLine } from './answer.ts';
import { type Exit, exits, type Terminal } from './terminal.ts';
import { verbs } from './verbs/index.ts';

/**
 * Runs one command line and answers with its exit status: 0 done, 1 done with something refused or failing its check,
 * 2 wrong use, 3 failed. What went wrong is one sentence on standard error.
 */
export async function runCli(argv: readonly string[], terminal: Terminal, version: string): Promise<Exit> {
  let exit: Exit = exits.done;
  let help = '';
  const program = new Command('phonehome')
    .description('Shows what an Android phone sent, to whom and when.')
    .version(version, '--version', 'print the version')
    .helpOption('--help', 'show this help')
    .helpCommand(false)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        help += text;
      },
      writeErr: () => {},
      outputError: () => {},
    });
  for (const add of verbs) {
    add(program, terminal, (ended) => {
      exit = ended;
    });
  }
  for (const command of program.commands) {
    command.copyInheritedSettings(program).exitOverride().helpOption('--help', 'show this help');
  }
  if (argv.length === 0) {
    terminal.err(program.helpInformation());
    return exits.wrongUse;
  }
  try {
    await program.parseAsync(argv, { from: 'user' });
    return exit;
  } catch (thrown) {
    if (thrown instanceof CommanderError) {
      if (thrown.exitCode === 0) {
        await terminal.out(help);
        return exits.done;
      }
      terminal.err(`${plainLine(wrongUse(thrown))}\n`);
      return exits.wrongUse;
    }
    const failure = toFailureView(thrown);
    terminal.err(`${plainLine(`${failure.message}${failure.advice === null ? '' : ` ${failure.advice}`}`)}\n`);
    if (!(thrown instanceof Failure)) developerNote(terminal, thrown);
    return exitStatusOf(failure.code) as Exit;
  }
}

/** commander's message as a sentence. */
function wrongUse(thrown: CommanderError): string {
  const said = thrown.message.replace(/^error: /, '').replaceAll('\n', ' ');
  const sentence = said.charAt(0).toUpperCase() + said.slice(1);
  return `${/[.?!)]$/.test(sentence) ? sentence : `${sentence}.`} See --help.`;
}

/** The stack of a fault that nobody expected, for those who asked for diagnostics. */
function developerNote(terminal: Terminal, thrown: unknown): void {
  if (process.env.PHONEHOME_LOG && thrown instanceof Error) terminal.err(`${thrown.stack}\n`);
}
