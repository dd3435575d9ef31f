import { Failure } from '../../../shared/base/failure.ts';
import { plainText } from '../../../shared/text/plain-text.ts';
import type { RunOptions } from '../../engine/ports/device-bridge.ts';
import { askedForOnly } from './changing-commands.ts';
import { chosenVerdict } from './chosen-commands.ts';
import { readingPrograms } from './reading-commands.ts';
import { splitCommandLine } from './shell-words.ts';

type Allow = NonNullable<RunOptions['allow']>;

/**
 * Says why a command line must not be sent to a phone, or null where every part of it is known to only read, or is one of
 * the few commands for which the examiner asked (`allow`): extras that change it, files of the owner, packages, root. Everything that is not on a list is refused,
 * whatever it would do.
 */
export function refusalOf(commandLine: string, allow: Allow = []): string | null {
  const split = splitCommandLine(commandLine);
  if ('refused' in split) return split.refused;
  for (const words of split.commands) {
    const changing = askedForOnly(words);
    if (changing && allow.includes(changing.extra)) continue;
    if (changing) return `${changing.does}, and was not asked for`;
    const chosen = chosenVerdict(words, allow);
    if (chosen.kind === 'refused') return chosen.why;
    if (chosen.kind === 'read') continue;
    const [program = '', ...rest] = words;
    const rule = readingPrograms.get(program);
    if (!rule) return `“${program}” is not on the list of commands that only read`;
    const why = rule(rest);
    if (why) return why;
  }
  return null;
}

/** Throws Failure `refused-command` for a command line that could change the phone. Nothing has been sent then. */
export function guardCommand(commandLine: string, allow: Allow = []): void {
  const why = refusalOf(commandLine, allow);
  if (why === null) return;
  throw new Failure('refused-command', `The command “${plainText(commandLine)}” was not sent to the phone: ${why}.`);
}
