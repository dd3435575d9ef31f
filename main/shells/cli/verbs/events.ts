import { Option } from 'commander';
import { humanBytes } from '../../../../shared/base/bytes.ts';
import { Failure } from '../../../../shared/base/failure.ts';
import { type EventView, eventKinds } from '../../../../shared/types/event.ts';
import { plainLine } from '../answer.ts';
import { withCase } from '../case-choice.ts';
import { addFilterOptions, type FilterOptions, filterOf } from '../filter-options.ts';
import { refuseTurnedRound } from '../options.ts';
import { exits } from '../terminal.ts';
import { verb } from '../verb.ts';

interface Options extends FilterOptions {
  readonly case: string;
}

/** `events`: every event in time order, one JSON value a line. */
export const events = verb<Options>(
  'events',
  'events in time order; with --json one JSON value a line',
  (command) =>
    addFilterOptions(
      command
        .requiredOption('--case <folder>', 'the case')
        .addOption(new Option('--kind <kind>', 'only this kind').choices(eventKinds)),
    ),
  async ({ options, json, terminal }) => {
    refuseTurnedRound(options);
    const filter = filterOf(options);
    const line = json ? JSON.stringify : (event: EventView) => plainLine(readable(event));
    await withCase(await terminal.engine(), options.case, async (open) => {
      for await (const batch of open.eventStream(filter)) {
        if (terminal.signal.aborted) throw new Failure('cancelled', 'The list was cut short by Ctrl-C.');
        await terminal.out(batch.map((event) => `${line(event)}\n`).join(''));
      }
    });
    return exits.done;
  },
);

function readable(event: EventView): string {
  const size = (bytes: number | null) => (bytes === null ? 'not known' : humanBytes(bytes)).padStart(9);
  const network = event.network === null ? '' : (event.network.name ?? event.network.type);
  const counted = event.counted ? '' : '  (not counted)';
  const app = event.app ?? (event.uid === null ? '' : `uid ${event.uid}`);
  if (event.kind === 'contact' && event.remote) {
    const { ip, port, protocol, host } = event.remote;
    const peer = `${host ?? ip}${port === null ? '' : ` port ${port}`} ${protocol ?? ''}`.trimEnd();
    const carried =
      event.sent === null && event.received === null
        ? (event.seen?.state ?? '')
        : `${size(event.sent)} sent  ${size(event.received)} received  ${event.evidence.section}`;
    return `${event.id}  ${event.from}  ${event.to}  ${app === '' ? 'owner not known' : app}  ${peer}  ${carried}`.trimEnd();
  }
  if (event.kind === 'lookup' && event.remote) {
    const { ip, host } = event.remote;
    return `${event.id}  ${event.from}  ${app === '' ? 'owner not known' : app}  name server ${ip} on ${host ?? 'the root'}`;
  }
  return `${event.id}  ${event.from}  ${event.to}  ${size(event.sent)} sent  ${size(event.received)} received  ${app}  ${network}${counted}`;
}
