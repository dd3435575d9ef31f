import { Option } from 'commander';
import { humanBytes } from '../../../../shared/base/bytes.ts';
import { Failure } from '../../../../shared/base/failure.ts';
import { type EventFilter, type EventView, eventFilter, eventKinds } from '../../../../shared/types/event.ts';
import { plainLine } from '../answer.ts';
import { withCase } from '../case-choice.ts';
import { countryOption, refuseTurnedRound, timeOption, wholeOption } from '../options.ts';
import { exits } from '../terminal.ts';
import { verb } from '../verb.ts';

interface Options {
  readonly case: string;
  readonly kind?: string;
  readonly app?: string;
  readonly uid?: number;
  readonly from?: number;
  readonly to?: number;
  readonly country?: string;
  readonly host?: string;
}

/** `events`: every event in time order, one JSON value a line. */
export const events = verb<Options>(
  'events',
  'events in time order; with --json one JSON value a line',
  (command) =>
    command
      .requiredOption('--case <folder>', 'the case')
      .addOption(new Option('--kind <kind>', 'only this kind').choices(eventKinds))
      .option('--app <app>', 'only apps with this name or package')
      .option(
        '--uid <number>',
        'only this uid, the number under which Android counts an app',
        wholeOption(-2_147_483_648, 2_147_483_647),
      )
      .option('--from <time>', 'only what ends after this time, such as 2026-03-01T08:00:00Z or 2026-03-01', timeOption)
      .option('--to <time>', 'only what begins before this time', timeOption)
      .option('--country <letters>', 'only contacts in this country, by its two letters', countryOption)
      .option('--host <host>', 'only contacts with this host or address'),
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

/** The filter that the options ask for. Throws Failure `wrong-use` naming the option. */
export function filterOf(options: Omit<Options, 'case'>): EventFilter {
  const { from, to, ...same } = options;
  const wanted = { kind: same.kind, app: same.app, uid: same.uid, fromUs: from, toUs: to, host: same.host };
  const parsed = eventFilter.safeParse({ ...wanted, country: same.country });
  if (parsed.success) return JSON.parse(JSON.stringify(parsed.data)) as EventFilter;
  const issue = parsed.error.issues[0];
  throw new Failure('wrong-use', `--${String(issue?.path[0] ?? 'filter')}: ${issue?.message ?? 'it does not fit'}.`);
}

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
