import {
  bytesAndHash,
  command,
  counted,
  hash,
  lasted,
  listIn,
  numberIn,
  partIn,
  phoneClock,
  sentences,
  text,
  took,
  type Words,
} from './parts.ts';

const endings: Readonly<Record<string, string>> = {
  'no proof': 'the answer ended without proof of an exit status',
  'timed out': 'it was ended because it took too long',
  cancelled: 'it was ended on this side',
  'phone gone': 'the connection to the phone was lost meanwhile',
};

function ended(line: Parameters<Words>[0]): string {
  const time = took(line.hostBefore, line.hostAfter);
  const after = time === null ? '' : ` after ${time}`;
  if (line.ending === 'exit') return `exit status ${numberIn(line.exit) ?? 'not known'}${after}`;
  return `${endings[String(line.ending)] ?? `it ended otherwise (${text(line.ending)})`}${after}`;
}

const phoneCommand: Words = (line) => {
  const asked = command(line.command);
  if (line.ending === 'not sent') return sentences(`Not sent to the phone: ${asked}.`, text(line.why, ''));
  const errors = numberIn(line.stderrBytes) ?? 0;
  const all = errors > 0 ? `; ${counted(errors, 'byte', 'bytes')} on standard error, ${hash(line.stderrSha256)}` : '';
  return sentences(
    `Ran on the phone: ${asked} — ${ended(line)}; ${bytesAndHash(line)}${all}.`,
    line.ending === 'stopped on this side' && text(line.why, ''),
    phoneClock(line.offsetMs, line.offsetErrorMs),
  );
};

const compared: Words = (line) => {
  const offset = partIn(line.offset);
  const times = listIn(line.readings).length;
  return numberIn(offset.offsetMs) === null
    ? `The clocks were to be compared (${text(line.step)}), and the phone’s answer gave no time.`
    : sentences(
        `The clocks were compared ${counted(times, 'time', 'times')}, which is kept as ${text(line.evidence)}.`,
        phoneClock(offset.offsetMs, offset.errorMs),
        offset.steady === false && 'One of the two clocks was set while they were compared.',
      );
};

const returned: Words = (line) => {
  const anew = {
    true: 'It was started anew meanwhile.',
    false: 'It was not started anew meanwhile.',
    null: 'Whether it was started anew meanwhile cannot be told.',
  }[String(line.startedAnew) as 'true' | 'false' | 'null'];
  return sentences(
    `The phone was there again as ${text(line.connection)} after ${lasted(numberIn(line.waitedMs) ?? 0)}.`,
    anew ?? null,
  );
};

/** What was done on a phone, and what its connection did. */
export const phoneWords: Readonly<Record<string, Words>> = {
  'phone.command': phoneCommand,
  'phone.change': (line) =>
    `The next command changes the phone, and was asked for (${text(line.asked)}): ${command(line.command)}. ${text(line.changes, 'What it changes is not known.', 600)}`,
  'phone.lost': (line) => `In the step ${text(line.step)}: ${text(line.why, 'the connection to the phone was lost.')}`,
  'phone.returned': returned,
  'phone.stayed-away': (line) =>
    `The phone did not come back in the step ${text(line.step)}: ${text(line.ended)}${
      numberIn(line.waitedMs) === null ? '' : `, after ${lasted(numberIn(line.waitedMs) ?? 0)}`
    }.`,
  'phone.restarted': (line) =>
    `The phone was started anew since acquisition ${numberIn(line.since) ?? 'not known'}: what is volatile is of two starts.`,
  'clock.compared': compared,
};
