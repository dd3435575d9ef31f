import { resolve } from 'node:path';
import { grouped } from '../../../../shared/base/grouped.ts';
import { answer, facts } from '../answer.ts';
import { withCase } from '../case-choice.ts';
import { exits } from '../terminal.ts';
import { verb } from '../verb.ts';

interface Options {
  readonly case: string;
  readonly event: string;
  readonly out: string;
}

/** `packets`: the packets of one captured contact or look-up as a capture of their own. */
export const packets = verb<Options>(
  'packets',
  'write the packets of one captured contact or look-up into a capture of its own, byte for byte',
  (command) =>
    command
      .requiredOption('--case <folder>', 'the case')
      .requiredOption('--event <id>', 'the contact or look-up, as `events` names it')
      .requiredOption('--out <file>', 'the capture to write; one that is there is not written over'),
  async ({ options, json, terminal, work }) => {
    const engine = await terminal.engine();
    const saved = await work((doing) =>
      withCase(engine, options.case, (open) => open.savePackets(options.event, resolve(options.out), doing)),
    );
    await answer(terminal, json, saved, () =>
      facts([
        ['Capture', saved.path],
        ['Packets', `${grouped(saved.packets)} of ${grouped(saved.expected)} that the case counts`],
        ['Bytes', grouped(saved.bytes)],
        ['SHA-256', saved.sha256],
      ]),
    );
    return saved.packets === saved.expected ? exits.done : exits.partly;
  },
);
