import {
  bytesAndHash,
  command,
  counted,
  type LogLine,
  listIn,
  numberIn,
  partIn,
  phoneClock,
  sentences,
  text,
  type Words,
} from './parts.ts';

/** What a piece of evidence is: an answer of the phone, or a file. */
function origin(line: LogLine): string {
  const { kind, command: asked, stream, path } = partIn(line.origin);
  const name = `“${text(line.name)}”`;
  if (kind === 'file') return `${name}, the file ${text(path)}`;
  if (kind !== 'command') return name;
  return `${name}, ${stream === 'stderr' ? 'standard error' : 'the answer'} of: ${command(asked)}`;
}

const kept: Words = (line) => {
  const exit = numberIn(line.exit);
  const command = partIn(line.origin).kind === 'command';
  const many = numberIn(line.commands);
  return sentences(
    `Kept as ${text(line.id, 'evidence without a number')}: ${origin(line)} — ${text(line.state)}${
      exit === null || !command ? '' : `, exit status ${exit}`
    }; ${bytesAndHash(line)}.`,
    many !== null && `It holds the answers of ${counted(many, 'command', 'commands')}.`,
    command && numberIn(line.offsetMs) !== null && phoneClock(line.offsetMs, line.offsetErrorMs),
    text(line.recovered, '') !== '' && `Taken up after the program had ended: ${text(line.recovered, '', 400)}`,
  );
};

const MOST_NAMED = 10;

/** What the examiner chose by name. */
function chosen(value: unknown, what: string): string | null {
  const names = listIn(value).filter((one) => typeof one === 'string');
  if (names.length === 0) return null;
  const more = names.length - MOST_NAMED;
  return `${what} that were chosen: ${names
    .slice(0, MOST_NAMED)
    .map((one) => text(one))
    .join(', ')}${more > 0 ? ` and ${more} more` : ''}.`;
}

function started(line: LogLine): string {
  const number = numberIn(line.batch) ?? 'without a number';
  const by = `${text(line.program, 'a program that is not named')}${
    typeof line.computer === 'string' ? `, on the computer ${text(line.computer)}` : ''
  }`;
  if (line.kind === 'import') return `Import ${number} began, by ${by}.`;
  const extras = listIn(line.extras);
  return sentences(
    `Acquisition ${number} began: ${text(line.model, 'a phone')}, serial ${text(line.serial)}, reached as ${text(line.connection)}; profile ${text(line.profile)}. By ${by}.`,
    numberIn(line.continues) !== null && `It goes on with acquisition ${line.continues}.`,
    extras.length > 0 && `Asked for although it changes the phone: ${extras.map((one) => text(one)).join(', ')}.`,
    line.root === true && 'Root was chosen.',
    chosen(line.files, 'Files of the owner'),
    chosen(line.apks, 'Packages of apps'),
    line.packets === true && 'A stream of its packets was chosen.',
  );
}

function finished(line: LogLine): string {
  const missing = listIn(line.missing).filter((one) => typeof one === 'string');
  const steps = listIn(line.steps);
  const whole = steps.filter((one) => partIn(one).state === 'complete').length;
  const offset = partIn(line.offsetAfter ?? line.offsetBefore);
  return sentences(
    `Batch ${numberIn(line.batch) ?? 'without a number'} ended: ${text(line.state)}.`,
    steps.length > 0 && `${counted(steps.length, 'step', 'steps')}, ${whole} of them with their whole answer.`,
    numberIn(offset.offsetMs) !== null && phoneClock(offset.offsetMs, offset.errorMs),
    missing.length > 0 &&
      `Missing: ${missing
        .slice(0, 20)
        .map((one) => text(one, '', 300))
        .join(' ')}`,
    missing.length > 20 && `And ${counted(missing.length - 20, 'more', 'more')}.`,
  );
}

/** How evidence came into the case. */
export const evidenceWords: Readonly<Record<string, Words>> = {
  'batch.started': started,
  'batch.finished': finished,
  'evidence.kept': kept,
  'evidence.cleared': (line) =>
    `Removed from the evidence folder, where the program had left it unfinished${
      line.name === null ? '' : `: “${text(line.name)}”`
    } — ${bytesAndHash(line)}. ${text(line.why, '', 400)}`,
};
