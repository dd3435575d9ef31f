import { humanBytes } from '../../../../shared/base/bytes.ts';
import { grouped } from '../../../../shared/base/grouped.ts';
import { phoneTitle } from '../../../../shared/text/phone-name.ts';
import type { SummaryView } from '../../../../shared/types/summary.ts';
import { answer, facts, known } from '../answer.ts';
import { withCase } from '../case-choice.ts';
import { exits } from '../terminal.ts';
import { verb } from '../verb.ts';

/** `summary`: what the case holds. */
export const summary = verb<{ readonly case: string }>(
  'summary',
  'what the case holds',
  (command) => command.requiredOption('--case <folder>', 'the case'),
  async ({ options, json, terminal }) => {
    const view = await withCase(await terminal.engine(), options.case, (open) => open.summary());
    await answer(terminal, json, view, () => readable(view));
    return exits.done;
  },
);

function readable(view: SummaryView): string {
  const { device, span, events, bytes } = view;
  const phone = phoneTitle(device) ?? '';
  return facts([
    ['Phone', phone === '' ? 'not known' : phone],
    ['Serial', known(device.serial)],
    ['Android', known(device.android)],
    ['Build', known(device.build)],
    ['Zone', known(device.zone)],
    ['From', known(span.from)],
    ['To', known(span.to)],
    [
      'Events',
      `${grouped(events.volume)} volume, ${grouped(events.contact)} contact, ${grouped(events.lookup)} lookup, ${grouped(events.context)} context`,
    ],
    ['Sent', `${grouped(bytes.sent)} bytes (${humanBytes(bytes.sent)})`],
    ['Received', `${grouped(bytes.received)} bytes (${humanBytes(bytes.received)})`],
    ['Apps', grouped(view.apps)],
    ['Hosts', grouped(view.hosts)],
    ['Countries', String(view.countries)],
    ['Warnings', grouped(view.warnings)],
  ]);
}
