import { isoOf } from '../../../../shared/base/time.ts';
import { command, counted, lasted, listIn, microsIn, numberIn, partIn, sentences, text, type Words } from './parts.ts';

const ends: Readonly<Record<string, string>> = {
  full: 'It is full, and the next one goes on.',
  gap: 'What came after was parted from it by a gap.',
  end: 'The watching ended with it.',
};

const began: Words = (line) => {
  const rows = listIn(line.rows).map((row) => {
    const { command: asked, everyMs } = partIn(row);
    return `“${command(asked)}” every ${lasted(numberIn(everyMs) ?? 0)}`;
  });
  const limit = numberIn(line.forMs);
  return sentences(
    `The phone is watched from here on; it is asked again and again, and the answers lie together in pieces of evidence: ${rows.join('; ') || 'nothing'}.`,
    limit === null ? 'Until the examiner ends it.' : `For ${lasted(limit)}.`,
  );
};

const ended: Words = (line) => {
  const rows = listIn(line.rows).map((row) => {
    const { step, samples, failed, gaps, bytes } = partIn(row);
    return `${text(step)}: ${counted(samples, 'answer', 'answers')}, ${counted(failed, 'of them failed', 'of them failed')}, ${counted(gaps, 'gap', 'gaps')}, ${counted(bytes, 'byte', 'bytes')}`;
  });
  return sentences(
    `The watching ended. ${rows.join('; ')}${rows.length > 0 ? '.' : ''}`,
    line.away === true && 'The phone was away at its end.',
  );
};

const gap: Words = (line) => {
  const last = numberIn(line.lastUs);
  const since =
    last === null || microsIn(isoOf(last)) === null
      ? ''
      : ` The answer before came at ${isoOf(last).slice(0, 23).replace('T', ' ')} UTC.`;
  return `A gap in ${text(line.step)}, after which stretch ${numberIn(line.stretch) ?? 'not known'} begins: ${text(line.why)}${since}`;
};

/** What was done while a phone was watched. */
export const liveWords: Readonly<Record<string, Words>> = {
  'live.began': began,
  'live.segment': (line) =>
    `${text(line.evidence)} holds ${counted(line.samples, 'command', 'commands')} of ${text(line.step)} with their answers, each with its own time and exit status. ${ends[String(line.end)] ?? ''}`.trim(),
  'live.gap': gap,
  'live.left-out': (line) =>
    `${text(line.step)} was not asked any more: ${text(line.state)}. ${text(line.why, '', 400)}`.trim(),
  'live.ended': ended,
};
