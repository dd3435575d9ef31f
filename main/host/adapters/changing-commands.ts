import type { AcquisitionExtra } from '../../../shared/types/acquisition.ts';

interface ChangingCommand {
  readonly extra: AcquisitionExtra;
  /** Completes “… was not sent: …”. */
  readonly does: string;
  /** The words of the command, joined by a space. */
  readonly pattern: RegExp;
}

/** Commands that may be sent where the examiner asked for them, and in these forms: those that change the phone, and those that tell names of accounts. */
const commands: readonly ChangingCommand[] = [
  {
    extra: 'accounts',
    does: 'it tells the names of the accounts on the phone',
    pattern: /^dumpsys (?:-t \d{1,4} )?(?:account|content)$/,
  },
  {
    extra: 'netstats-poll',
    does: 'it makes the phone count anew and rewrite its history files',
    pattern: /^dumpsys (?:-t \d{1,4} )?netstats --poll$/,
  },
  {
    extra: 'bugreport',
    does: 'it makes the phone write a report into its own storage',
    pattern: /^(?:bugreport|bugreportz(?: -p)?)$/,
  },
];

/** The changing command that these words are, or null where they are none of them. */
export function askedForOnly(words: readonly string[]): ChangingCommand | null {
  // A word that was quoted with a space in it is another command to the phone.
  if (words.some((word) => word.includes(' '))) return null;
  const line = words.join(' ');
  return commands.find(({ pattern }) => pattern.test(line)) ?? null;
}
