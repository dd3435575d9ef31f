import { Failure } from '../../../shared/base/failure.ts';
import { plainText } from '../../../shared/text/plain-text.ts';
import type { AcquisitionExtra } from '../../../shared/types/acquisition.ts';
import { askedForOnly } from './changing-commands.ts';
import { readingPrograms } from './reading-commands.ts';
import { splitCommandLine } from './shell-words.ts';

/**
 * Says why a command line must not be sent to a phone, or null where every part of it is known to only read, or is one of
 * the few changing commands whose extra the examiner asked for (`allow`). Everything that is not on a list is refused,
 * whatever it would do.
 */
export function refusalOf(commandLine: string, allow: readonly AcquisitionExtra[] = []): string | null {
  const split = splitCommandLine(commandLine);
  if ('refused' in split) return split.refused;
  for (const words of split.commands) {
    const changing = askedForOnly(words);
    if (changing && allow.includes(changing.extra)) continue;
    if (changing) return `${changing.does}, and was not asked for`;
    const [program = '', ...rest] = words;
    const rule = readingPrograms.get(program);
    if (!rule) return `“${program}” is not on the list of commands that only read`;
    const why = rule(rest);
    if (why) return why;
  }
  return null;
}

/** Throws Failure `refused-command` for a command line that could change the phone. Nothing has been sent then. */
export function guardCommand(commandLine: string, allow: readonly AcquisitionExtra[] = []): void {
  const why = refusalOf(commandLine, allow);
  if (why === null) return;
  throw new Failure('refused-command', `The command “${plainText(commandLine)}” was not sent to the phone: ${why}.`);
}
