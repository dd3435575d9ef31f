import { counted, hash, type LogLine, listIn, numberIn, partIn, sentences, text, type Words } from './parts.ts';

const named = (line: LogLine) => `${text(line.finding, 'a finding that is not named')} “${text(line.title)}”`;

function made(line: LogLine): string {
  const picture = partIn(line.picture);
  const cited = listIn(line.cited).length;
  return sentences(
    `The examiner made finding ${named(line)}.`,
    cited === 0 ? 'It cites no event.' : `It cites ${counted(cited, 'event', 'events')}.`,
    typeof picture.file === 'string'
      ? `Picture ${text(picture.file)}: ${counted(picture.bytes, 'byte', 'bytes')}, ${hash(picture.sha256)}.`
      : 'It has no picture.',
  );
}

const decided: Readonly<Record<string, string>> = {
  accepted: 'accepted',
  rejected: 'rejected',
  withdrawn: 'withdrawn',
  open: 'opened again',
};

const ofDecision: Words = (line) => {
  const what =
    typeof line.finding === 'string'
      ? `Finding ${named(line)}`
      : `“${text(line.title)}”, proposed by the rule ${text(line.rule)},`;
  const state = decided[text(line.state)] ?? 'given a state that this version does not know';
  return sentences(
    `${what} was ${state} by the examiner.`,
    typeof line.reason === 'string' && `Reason: ${text(line.reason, '', 2000)}`,
  );
};

/** What the examiner said of findings. */
export const findingWords: Readonly<Record<string, Words>> = {
  'finding.made': made,
  'finding.changed': (line) =>
    `The examiner changed the words of finding ${named(line)}; before it was “${text(partIn(line.before).title)}”.`,
  'finding.decided': ofDecision,
  'finding.moved': (line) => {
    const place = numberIn(line.place);
    return `The examiner put finding ${named(line)} into ${place === null ? 'another place' : `place ${place + 1}`} of the list.`;
  },
};
