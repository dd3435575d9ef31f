import type { EvidenceState } from '../../model/evidence.ts';
import type { CommandEnding } from '../../ports/device-bridge.ts';

/** What is known of an answer when it ended. Head and tail are its first and last few kilobytes as text. */
export interface Answered {
  readonly ending: CommandEnding;
  readonly exit: number | null;
  readonly bytes: number;
  readonly head: string;
  readonly tail: string;
  readonly stderr: string;
  /** An empty answer says nothing at all: no dump of a service and no list of properties is empty. */
  readonly neverEmpty: boolean;
}

export interface Judgement {
  readonly state: EvidenceState;
  /** One sentence for people, or null when complete. */
  readonly why: string | null;
}

/** Texts by which Android refuses, whatever the exit status. */
const refusals = [
  /^.*Permission Denial.*$/m,
  /^.*SecurityException.*$/m,
  /^.*[Pp]ermission denied.*$/m,
  /^.*does not have permission.*$/m,
  /^.*not allowed to.*$/m,
];

/** Texts by which it says that there is no such thing. `dumpsys` exits with 0 after the first of them. */
const absences = [
  /^.*Can't find service.*$/m,
  /^.*[Uu]nknown (?:option|command).*$/m,
  /^.*(?:inaccessible or )?not found\s*$/m,
  /^.*No shell command implementation.*$/m,
  /^.*Failure calling service.*$/m,
  /^Error: .*$/m,
  /^Exception occurred while (?:dumping|executing).*$/m,
];

/** `dumpsys` writes this where it stopped waiting for a service. Android 7 to 16. */
const expired = /^\*\*\* SERVICE (?:'[^']*' )?DUMP TIMEOUT (?:\(\d+ms\) )?EXPIRED \*\*\*/m;

/** A complaint stands at the front; no more than this is searched for one. */
const complaintLength = 16 * 1024;

function said(patterns: readonly RegExp[], text: string): string | null {
  for (const pattern of patterns) {
    const line = pattern.exec(text)?.[0].trim();
    if (line) return line.length > 160 ? `${line.slice(0, 160)}…` : line;
  }
  return null;
}

/**
 * Says what an answer is worth. Only an exit status proves that a command ran to its end, and even then the phone may
 * have printed a refusal instead of the answer.
 */
export function judge(answer: Answered): Judgement {
  switch (answer.ending) {
    case 'timed out':
      return {
        state: 'timed out',
        why: answer.bytes === 0 ? 'The phone answered nothing in time.' : 'The phone did not finish in time.',
      };
    case 'cancelled':
      return { state: 'interrupted', why: 'It was cancelled.' };
    case 'phone gone':
      return { state: 'interrupted', why: 'The connection to the phone was lost.' };
    case 'no proof':
      return { state: 'truncated', why: 'The answer ended without proof that the command had finished.' };
    case 'exit':
      return judgeFinished(answer);
  }
}

function judgeFinished(answer: Answered): Judgement {
  if (expired.test(answer.tail)) {
    return { state: 'truncated', why: 'The phone’s service took too long, and the phone cut its dump short.' };
  }
  const failed = answer.exit !== 0;
  // Words of a refusal may well occur inside an answer, as the name of a permission or an app: only an answer that
  // begins with a complaint, or that is none at all, is searched for them.
  const complains = answer.bytes === 0 || isComplaint(answer.head);
  if (complains) {
    const text = `${answer.stderr}\n${answer.head}`.slice(0, complaintLength);
    const refused = said(refusals, text);
    if (refused) return { state: 'refused', why: `The phone refused: “${refused}”.` };
    const absent = said(absences, text);
    if (absent) return { state: 'unavailable', why: `This phone cannot say: “${absent}”.` };
  }
  if (failed) {
    return answer.bytes === 0
      ? { state: 'unavailable', why: `The command ended with status ${answer.exit} and printed nothing.` }
      : { state: 'truncated', why: `The command ended with status ${answer.exit}; its answer may be incomplete.` };
  }
  if (answer.bytes === 0 && answer.neverEmpty) return { state: 'unavailable', why: 'The phone printed nothing.' };
  return { state: 'complete', why: null };
}

/** Does an answer begin with a complaint rather than with what was asked for? */
function isComplaint(head: string): boolean {
  const [first = ''] = head.trimStart().split('\n', 1);
  return said(refusals, first) !== null || said(absences, first) !== null;
}
