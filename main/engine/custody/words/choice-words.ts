import { command, counted, figure, listIn, partIn, sentences, text, type Words } from './parts.ts';

const notesOf = (value: unknown) =>
  listIn(value)
    .map((note) => text(note, '', 400))
    .join(' ');

const looked: Words = (line) =>
  sentences(
    `The phone ${text(line.model, text(line.connection))} was asked what it offers beyond the usual, and nothing was taken: ${counted(line.files, 'file', 'files')} of its owner, ${counted(line.apps, 'app', 'apps')}.`,
    text(partIn(line.root).sentence, ''),
    notesOf(line.notes),
  );

const chosen: Words = (line) =>
  sentences(
    `What was asked for by name made ${counted(listIn(line.rows).length, 'step', 'steps')} of the plan.`,
    notesOf(line.notes),
  );

const ended: Words = (line) =>
  `Packets: ${figure(line.bytes)} bytes${line.evidence ? `, kept as ${text(line.evidence)}` : ''}. ${text(line.ended, 'How it ended is not known.', 400)}`;

/** What the examiner asked for by name: root, files of the owner, packages, packets. */
export const choiceWords: Readonly<Record<string, Words>> = {
  'phone.looked': looked,
  'phone.root': (line) =>
    `Root was asked for by ${command(line.command)}. ${text(line.sentence, 'What came of it is not known.', 400)}`,
  'phone.chosen': chosen,
  'packets.began': (line) =>
    sentences(
      `Packets are streamed from the phone: ${command(line.command)}.`,
      line.leftOut ? `Left out: ${text(line.leftOut)}` : null,
    ),
  'packets.ended': ended,
};
