import { type Command, Option } from 'commander';
import { Failure } from '../../../shared/base/failure.ts';
import { type EventFilter, eventFilter, filterRoles } from '../../../shared/types/event.ts';
import { countryOption, timeOption, wholeOption } from './options.ts';

/** What `events` can be narrowed by, as it was given. */
export interface FilterOptions {
  readonly from?: number;
  readonly to?: number;
  readonly kind?: EventFilter['kind'];
  readonly app?: string;
  readonly uid?: number;
  readonly country?: string;
  readonly host?: string;
  readonly text?: string;
  readonly direction?: string;
  readonly background?: true;
  readonly optional?: true;
  readonly network?: string;
  readonly service?: string;
  readonly organisation?: string;
  readonly state?: string;
  readonly whose?: string;
  readonly minBytes?: number;
  readonly counted?: true;
}

/** Adds the filters that the window has too. */
export function addFilterOptions(command: Command): Command {
  return command
    .option('--app <app>', 'only apps with this name or package')
    .option(
      '--uid <number>',
      'only this uid, the number under which Android counts an app',
      wholeOption(-2_147_483_648, 2_147_483_647),
    )
    .option('--from <time>', 'only what ends after this time, such as 2026-03-01T08:00:00Z or 2026-03-01', timeOption)
    .option('--to <time>', 'only what begins before this time', timeOption)
    .option('--country <letters>', 'only contacts in this country, by its two letters', countryOption)
    .option('--host <host>', 'only contacts with this host or address')
    .option('--text <text>', 'only what holds this text in a name')
    .addOption(new Option('--direction <way>', 'only what went this way').choices(['sent', 'received']))
    .option('--background', 'only what the phone counted in the background')
    .option('--optional', 'only services that a user can switch off')
    .option('--network <network>', 'only this network, by its name or type')
    .option('--service <service>', 'only this service, by its id or name')
    .option('--organisation <organisation>', 'only contacts with this owner or operator, by its id or name')
    .option('--state <letters>', 'only contacts whose owner or operator this state can command', countryOption)
    .addOption(
      new Option(
        '--whose <role>',
        'of whom --organisation and --state are meant; first: the owner, else the operator',
      ).choices(filterRoles),
    )
    .option(
      '--min-bytes <number>',
      'only intervals and contacts of so many bytes',
      wholeOption(0, Number.MAX_SAFE_INTEGER),
    )
    .option('--counted', 'only what enters the sums');
}

/** The filter that the options ask for. Throws Failure `wrong-use` naming the option. */
export function filterOf(options: FilterOptions): EventFilter {
  const { from, to, background, optional, counted, whose, ...same } = options;
  if (whose !== undefined && same.state === undefined && same.organisation === undefined)
    throw new Failure('wrong-use', '--whose goes with --state or --organisation.');
  const parsed = eventFilter.safeParse({
    ...same,
    whose,
    fromUs: from,
    toUs: to,
    backgroundOnly: background,
    optionalOnly: optional,
    countedOnly: counted,
  });
  if (parsed.success) return JSON.parse(JSON.stringify(parsed.data)) as EventFilter;
  const issue = parsed.error.issues[0];
  throw new Failure('wrong-use', `--${String(issue?.path[0] ?? 'filter')}: ${issue?.message ?? 'it does not fit'}.`);
}
