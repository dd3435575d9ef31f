import { InvalidArgumentError, Option } from 'commander';
import { Failure } from '../../../../shared/base/failure.ts';
import { coverageSentence } from '../../../../shared/text/user-coverage.ts';
import { type AcquisitionExtra, acquisitionExtras } from '../../../../shared/types/acquisition.ts';
import type { AcquireOutcome } from '../../../../shared/types/outcome.ts';
import { answer, facts, known } from '../answer.ts';
import { withCaseOrNew } from '../case-choice.ts';
import { wholeOption } from '../options.ts';
import { exits } from '../terminal.ts';
import { verb } from '../verb.ts';

interface Options {
  readonly case: string;
  readonly device?: string;
  readonly profile: 'quick' | 'full' | 'live';
  readonly with: readonly AcquisitionExtra[];
  readonly wait: number;
  readonly resume?: true;
  readonly root?: true;
}

/** `netstats-poll,bugreport`: each once. */
function extrasOption(text: string): AcquisitionExtra[] {
  return [...new Set(text.split(',').map((word) => word.trim()))].map((word) => {
    const extra = acquisitionExtras.find((one) => one === word);
    if (!extra) throw new InvalidArgumentError(`It takes ${acquisitionExtras.join(' and ')}, with a comma between.`);
    return extra;
  });
}

const extrasHelp = `do this too, although it changes the phone: ${acquisitionExtras.join(', ')} (with a comma between)`;

/** `acquire`: acquires a phone and processes what it gave. */
export const acquire = verb<Options>(
  'acquire',
  'acquire a phone into a case and process it; the case is made where there is none',
  (command) =>
    command
      .requiredOption('--case <folder>', 'the case')
      .option('--device <serial>', 'which phone, where several are connected')
      .addOption(new Option('--profile <profile>', 'how much').choices(['quick', 'full', 'live']).default('full'))
      .addOption(new Option('--with <extras>', extrasHelp).argParser(extrasOption).default([], 'none'))
      .option(
        '--wait <seconds>',
        'how long a phone that goes away is waited for, each time; 0: not at all',
        wholeOption(0, 86_400),
        60,
      )
      .addOption(
        new Option(
          '--resume',
          'go on with the last acquisition, which was broken off: with its profile, and only with what is missing',
        ).conflicts('profile'),
      )
      .option('--root', 'use root on a phone that has it'),
  async ({ options, json, terminal, work }) => {
    if (options.root) {
      throw new Failure('wrong-use', '--root is not there yet: this version acquires without root only.');
    }
    const engine = await terminal.engine();
    const outcome = await withCaseOrNew(engine, options.case, (open) =>
      work((w) =>
        open.acquire(
          {
            serial: options.device ?? null,
            profile: options.profile,
            extras: options.with,
            resume: options.resume === true,
            waitMs: options.wait * 1000,
          },
          w,
        ),
      ),
    );
    await answer(terminal, json, outcome, () => readable(outcome));
    for (const note of outcome.notes ?? []) terminal.err(`${note}\n`);
    for (const user of outcome.users ?? []) {
      if (user.covered !== 'yes') terminal.err(`${coverageSentence(user)}\n`);
    }
    for (const one of outcome.refused) terminal.err(`${one.command}: ${one.state}. ${one.why}\n`);
    return outcome.refused.length > 0 || outcome.state !== 'complete' ? exits.partly : exits.done;
  },
);

function usersOf({ users = [] }: AcquireOutcome): string {
  const whole = users.filter(({ covered }) => covered === 'yes').length;
  return users.length === 0 ? 'not known' : `${whole} of ${users.length} covered`;
}

function changeOf({ driftMs = null, driftErrorMs = null }: AcquireOutcome): string {
  return driftMs === null ? 'not known' : `${driftMs} ms from before to after, error ${known(driftErrorMs, ' ms')}`;
}

function readable(outcome: AcquireOutcome): string {
  const offset =
    outcome.offsetMs === null
      ? 'not known'
      : `phone minus this computer ${outcome.offsetMs} ms, error ${known(outcome.offsetErrorMs, ' ms')}`;
  return facts([
    ['State', outcome.state],
    ['Evidence files', String(outcome.evidence)],
    ['Events', String(outcome.events)],
    ['Warnings', String(outcome.warnings)],
    ['Refused or missing', String(outcome.refused.length)],
    ['Users', usersOf(outcome)],
    ['Clock', offset],
    ['Change of the clock', changeOf(outcome)],
    ['Time', `${(outcome.durationMs / 1000).toFixed(1)} s`],
  ]);
}
