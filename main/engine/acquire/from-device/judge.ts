import { humanBytes } from '../../../../shared/base/bytes.ts';
import { grouped } from '../../../../shared/base/grouped.ts';
import { plainText } from '../../../../shared/text/plain-text.ts';
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
  /** It was cut on this side because it was longer than so many bytes; null: it was not. */
  readonly cutAt?: number | null;
  /** Files that one command was to read: the phone may give some and refuse others. */
  readonly files?: readonly string[];
  /** A line that stands in every whole answer. */
  readonly wholeWith?: RegExp | undefined;
  /** The time of the phone stands in front of what was asked for (`isStamped`). */
  readonly stamped?: boolean | undefined;
  /** The answer is one file as it lies on the phone, of so many bytes by its word; null: it did not say. */
  readonly file?: { readonly bytes: number | null } | undefined;
}

export interface Judgement {
  readonly state: EvidenceState;
  /** One sentence for people, or null when complete. */
  readonly why: string | null;
  /** It was cut short for good: asking again would give no more. */
  readonly final?: true;
}

/** Texts by which Android refuses, whatever the exit status. */
const refusals = [
  /^.*Permission Denial.*$/m,
  /^.*SecurityException.*$/m,
  /^.*[Pp]ermission denied.*$/m,
  /^.*does not have permission.*$/m,
  /^.*not allowed to.*$/m,
  /^.*Operation not permitted.*$/m,
];

/** Texts by which it says that there is no such thing. `dumpsys` exits with 0 after the first of them. */
const plainAbsences = [
  /^.*Can't find service.*$/m,
  /^.*[Uu]nknown (?:option|command).*$/m,
  /^.*[Uu]nrecognized [Oo]ption.*$/m,
  /^.*[Ii]nvalid (?:option|parameter).*$/m,
  /^.*(?:inaccessible or )?not found\s*$/m,
  /^.*No such file or directory.*$/m,
  /^.*Unable to open log device.*$/m,
  /^.*No shell command implementation.*$/m,
  /^.*user id doesn't exist.*$/m,
];

/** Texts behind which the reason is yet to come, which may be a refusal. */
const absences = [
  ...plainAbsences,
  /^.*Failure calling service.*$/m,
  /^Error: .*$/m,
  /^Error (?:with service|dumping service info).*$/m,
  /^FAIL:.*$/m,
  /^Exception occurred while (?:dumping|executing).*$/m,
];

/** `dumpsys` writes this where it stopped waiting for a service. Android 7 to 16. */
const expired = /^\*\*\* SERVICE (?:'[^']*' )?DUMP TIMEOUT (?:\(\d+ms\) )?EXPIRED \*\*\*/m;

/** What `dumpsys` adds, with status 0, where the service broke off in the middle of its answer. Android 8 to 16. */
const brokenOff = /^(?:Error (?:with service|dumping service info)|Failure while dumping service).*$/m;

/** A complaint stands at the front; no more than this is searched for one. */
const complaintLength = 16 * 1024;

function said(patterns: readonly RegExp[], text: string): string | null {
  for (const pattern of patterns) {
    const line = pattern.exec(text)?.[0].trim();
    if (line) return plainText(line, 160);
  }
  return null;
}

/**
 * Says what an answer is worth. Only an exit status proves that a command ran to its end, and even then the phone may
 * have printed a refusal instead of the answer, or only a part of it.
 */
export function judge(answer: Answered): Judgement {
  if (answer.cutAt != null) {
    const most = humanBytes(answer.cutAt);
    const why = `The answer was longer than ${most}; what came after them was not taken.`;
    return { state: 'truncated', why, final: true };
  }
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

/** Whether a line first asks for the phone's time, and only then for what it is about. */
export function isStamped(command: string): boolean {
  return /^date \+%s\.%N; cat \/proc\/uptime(?: \/proc\/net|; )/.test(command);
}

/** What stands behind the time and the running time: by that an answer is judged. */
function withoutStamp(answer: Answered): Answered {
  const stamp = answer.stamped
    ? /^\d{9,11}(?:\.[\d%N]*)?\r?\n(?:\d+\.\d+ \d+\.\d+\r?\n)?/.exec(answer.head)?.[0]
    : undefined;
  if (stamp === undefined) return answer;
  return { ...answer, head: answer.head.slice(stamp.length), bytes: answer.bytes - stamp.length };
}

function judgeFinished(asked: Answered): Judgement {
  const answer = withoutStamp(asked);
  if (expired.test(answer.tail)) {
    return { state: 'truncated', why: 'The phone’s service took too long, and the phone cut its dump short.' };
  }
  // What a file holds is not the phone's word about it.
  if (answer.file && answer.exit === 0) return judgeSize(answer.bytes, answer.file.bytes);
  const parted = judgeFiles(answer);
  if (parted) return parted;
  // Words of a refusal may well occur inside an answer, as the name of a permission or an app: only an answer that
  // begins with a complaint, or that is none at all, is searched for them.
  if (answer.bytes === 0 || isComplaint(answer.head)) {
    const text = `${answer.stderr}\n${answer.head}`.slice(0, complaintLength);
    const plain = said(plainAbsences, firstLine(text));
    if (plain && !said(refusals, firstLine(text)))
      return { state: 'unavailable', why: `This phone cannot say: “${plain}”.` };
    const refused = said(refusals, text);
    if (refused) return { state: 'refused', why: `The phone refused: “${refused}”.` };
    const absent = said(absences, text);
    if (absent) return { state: 'unavailable', why: `This phone cannot say: “${absent}”.` };
  }
  if (answer.exit !== 0) {
    return answer.bytes === 0
      ? { state: 'unavailable', why: `The command ended with status ${answer.exit} and printed nothing.` }
      : { state: 'truncated', why: `The command ended with status ${answer.exit}; its answer may be incomplete.` };
  }
  if (answer.bytes === 0 && answer.neverEmpty) return { state: 'unavailable', why: 'The phone printed nothing.' };
  const broke = said([brokenOff], `${answer.stderr}\n${lastLine(answer.tail)}`);
  if (broke) return { state: 'truncated', why: `The phone broke its answer off: “${broke}”.` };
  return judgeEnd(answer);
}

/** A file that was read to its end may have grown since the phone told its size; fewer bytes are not the whole of it. */
function judgeSize(bytes: number, said: number | null): Judgement {
  if (said === null || bytes >= said) return { state: 'complete', why: null };
  return {
    state: 'truncated',
    why: `The phone said that the file has ${grouped(said)} bytes and gave ${grouped(bytes)}.`,
  };
}

/** An answer that has a form of its own for having been finished. */
function judgeEnd({ wholeWith, head, tail }: Answered): Judgement {
  if (!wholeWith || wholeWith.test(head) || wholeWith.test(tail)) return { state: 'complete', why: null };
  const failure = said(absences, tail);
  return failure
    ? { state: 'unavailable', why: `This phone cannot say: “${failure}”.` }
    : { state: 'truncated', why: 'The answer lacks the line with which a whole one ends.' };
}

/** `cat` of several files: it goes on after one that it may not read, and says so at its place. */
function judgeFiles({ exit, files = [], stderr, head, tail }: Answered): Judgement | null {
  if (exit === 0 || files.length === 0) return null;
  const complaints = new Map<string, string>();
  for (const [line, path] of `${stderr}\n${head}\n${tail}`.matchAll(
    /^cat: (\/\S+): (?:Permission denied|No such file or directory|Operation not permitted).*$/gm,
  ))
    complaints.set(path!, line.trim());
  const missing = files.filter((file) => complaints.has(file));
  const [first] = missing;
  if (first === undefined) return null;
  const refused = missing.find((file) => !complaints.get(file)!.includes('No such file'));
  const words = complaints.get(refused ?? first)!;
  if (missing.length < files.length) {
    const some = missing.length === 1 ? 'one file' : `${missing.length} files`;
    return { state: 'truncated', why: `The phone did not give ${some} of ${files.length}: “${words}”.`, final: true };
  }
  return refused === undefined
    ? { state: 'unavailable', why: `This phone cannot say: “${words}”.` }
    : { state: 'refused', why: `The phone refused: “${words}”.` };
}

const firstLine = (text: string): string => text.trimStart().split('\n', 1)[0] ?? '';
const lastLine = (text: string): string => text.trimEnd().split('\n').at(-1) ?? '';

/** Does an answer begin with a complaint rather than with what was asked for? */
function isComplaint(head: string): boolean {
  const first = firstLine(head);
  return said(refusals, first) !== null || said(absences, first) !== null;
}
