import {
  bytesAndHash,
  counted,
  figure,
  hash,
  hostTime,
  type LogLine,
  listIn,
  partIn,
  sentences,
  text,
  type Words,
} from './parts.ts';

function made(line: LogLine): string {
  const info = partIn(line.info);
  const facts = (['number', 'examiner', 'agency', 'authority'] as const)
    .filter((key) => typeof info[key] === 'string' && info[key] !== '')
    .map((key) => `${key} ${text(info[key])}`);
  return sentences(
    `The case was made by ${text(line.program)}.`,
    facts.length > 0 && `It says of itself: ${facts.join(', ')}.`,
    line.sample === true && 'It is the sample case, of a simulated phone.',
  );
}

const rebuilt: Words = (line) =>
  line.identical === true
    ? `The case file was derived anew from the evidence; it says the same as before (${hash(line.after)}).`
    : line.before === null
      ? `The case file was derived anew from the evidence (${hash(line.after)}); there was none to compare it with.`
      : `The case file was derived anew from the evidence and says other things than before (${hash(line.before)} before, ${hash(line.after)} now).`;

/** What was made from the case and handed on. Places outside of the case are named by their last part only. */
const place = (line: LogLine) =>
  typeof line.file === 'string' ? `${text(line.file)} in the case` : `${text(line.outside)}, outside of the case`;

/** What was done with the case itself. */
export const caseWords: Readonly<Record<string, Words>> = {
  'case.created': made,
  'case.derived': (line) =>
    `The case file was brought up to date from the evidence: ${counted(line.events, 'event', 'events')}, ${counted(line.warnings, 'warning', 'warnings')}.`,
  'case.rebuilt': rebuilt,
  'case.signed': (line) =>
    `The case was signed by ${text(line.name)}, key ${text(line.key).slice(0, 12)}…: ${text(line.file)} (${bytesAndHash(line)}) covers ${counted(line.files, 'file', 'files')} and this log up to line ${figure(line.lines)}.`,
  'case.sealed': (line) =>
    `The case, as it was before this line, was sealed into ${place(line)}, for ${counted(listIn(line.to).length, 'recipient', 'recipients')}: ${counted(line.files, 'file', 'files')}; ${bytesAndHash(line)}.`,
  'log.repaired': (line) =>
    `${counted(line.tornBytes, 'byte', 'bytes')} of a line that was cut off when the program ended were removed from the end of this log.`,
  'report.written': (line) =>
    `A report was written to ${place(line)}: ${counted(line.pages, 'page', 'pages')}; ${bytesAndHash(line)}. It bears the date ${text(line.date)}.`,
  'export.written': (line) =>
    `${counted(line.rows, 'row', 'rows')} of events were exported as ${text(line.format)} to ${place(line)}; ${bytesAndHash(line)}.`,
  'packets.saved': (line) =>
    `The packets of event ${text(line.event)} in evidence ${text(line.evidence)} were written to ${place(line)}: ${counted(line.packets, 'packet', 'packets')}; ${bytesAndHash(line)}.`,
  'stamp.requested': (line) =>
    `A request for a time stamp over ${text(line.manifest)} was written to ${place(line)}; ${bytesAndHash(line)}.`,
  'stamp.kept': (line) =>
    `A time stamp over ${text(line.manifest)} was kept as ${text(line.file)}: the authority ${text(line.authority, 'that is not named', 300)} states the time ${hostTime(line.time)}; ${bytesAndHash(line)}.`,
};
