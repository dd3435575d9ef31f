import { Failure } from '../../../shared/base/failure.ts';
import { readingPrograms } from './reading-commands.ts';
import { splitCommandLine } from './shell-words.ts';

/**
 * Says why a command line must not be sent to a phone, or null where every part of it is known to only read.
 * Everything that is not on the list of reading commands is refused, whatever it would do.
 */
export function refusalOf(commandLine: string): string | null {
  const split = splitCommandLine(commandLine);
  if ('refused' in split) return split.refused;
  for (const words of split.commands) {
    const [program = '', ...rest] = words;
    const rule = readingPrograms.get(program);
    if (!rule) return `“${program}” is not on the list of commands that only read`;
    const why = rule(rest);
    if (why) return why;
  }
  return null;
}

/** Throws Failure `refused-command` for a command line that could change the phone. Nothing has been sent then. */
export function guardCommand(commandLine: string): void {
  const why = refusalOf(commandLine);
  if (why === null) return;
  const shown = commandLine.length > 200 ? `${commandLine.slice(0, 200)}…` : commandLine;
  throw new Failure('refused-command', `The command “${shown}” was not sent to the phone: ${why}.`);
}
