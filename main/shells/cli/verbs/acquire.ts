import { InvalidArgumentError, Option } from 'commander';
import { Failure } from '../../../../shared/base/failure.ts';
import { androidSerialNote } from '../../../../shared/text/adb-advice.ts';
import { coverageSentence } from '../../../../shared/text/user-coverage.ts';
import { type AcquisitionExtra, acquisitionExtras } from '../../../../shared/types/acquisition.ts';
import type { AcquireOutcome } from '../../../../shared/types/outcome.ts';
import type { OpenCase, Work } from '../../../engine/engine-api.ts';
import { answer, facts, known } from '../answer.ts';
import { withCaseOrNew } from '../case-choice.ts';
import { showLive, some } from '../live-line.ts';
import { missingLines, resumeHint } from '../missing-lines.ts';
import { wholeOption } from '../options.ts';
import { exits, type Terminal } from '../terminal.ts';
import { verb } from '../verb.ts';

interface Options {
  readonly case: string;
  readonly device?: string;
  readonly profile: 'quick' | 'full' | 'live';
  readonly with: readonly AcquisitionExtra[];
  readonly wait: number;
  readonly resume?: true;
  readonly root?: true;
  readonly files?: readonly string[];
  readonly ownerFiles?: true;
  readonly apks?: readonly string[];
  readonly packets?: true;
  readonly for?: number;
}

/** `netstats-poll,bugreport`: each once. */
function extrasOption(text: string): AcquisitionExtra[] {
  return [...new Set(text.split(',').map((word) => word.trim()))].map((word) => {
    const extra = acquisitionExtras.find((one) => one === word);
    if (!extra) throw new InvalidArgumentError(`It takes ${acquisitionExtras.join(' and ')}, with a comma between.`);
    return extra;
  });
}

const profileHelp =
  'how much. quick: who the phone is, its users, apps and network history; full: also what explains it; live: watch it in use until it is ended';
const extrasHelp = `do this too, although it changes the phone or tells names of accounts: ${acquisitionExtras.join(', ')}; several with a comma between`;

/** `acquire`: acquires a phone and processes what it gave. */
export const acquire = verb<Options>(
  'acquire',
  'acquire a phone into a case and process it; the case is made where there is none',
  (command) =>
    command
      .requiredOption('--case <folder>', 'the case')
      .option('--device <serial>', 'which phone, where several are connected, as `devices` names it')
      .addOption(new Option('--profile <profile>', profileHelp).choices(['quick', 'full', 'live']).default('full'))
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
          'go on with the last acquisition, which was broken off or cut short: with its profile, and only with what is missing',
        ).conflicts('profile'),
      )
      .option('--root', 'use root on a phone that has it: its own history files, its name look-ups, its use of apps')
      .option('--files <path...>', 'files that the owner made, by the paths that `look` names')
      .option('--owner-files', 'every such file that `look` names')
      .option('--apks <package...>', 'base packages of these apps, by the package names that `look` names')
      .option('--for <seconds>', 'with --profile live: how long; without it until Ctrl-C', wholeOption(1, 31_536_000))
      .option('--packets', 'with --profile live and --root: take the phone’s packets while they pass'),
  async ({ options, json, terminal, work }) => {
    if (options.packets && !(options.root && options.profile === 'live')) {
      throw new Failure(
        'wrong-use',
        '--packets needs --profile live and --root: packets are streamed while they pass.',
      );
    }
    if (options.for !== undefined && options.profile !== 'live' && !options.resume) {
      throw new Failure('wrong-use', '--for needs --profile live: the others end when the plan is done.');
    }
    const { files = [] } = options;
    const engine = await terminal.engine();
    const serial = options.device ?? serialOfEnvironment(terminal);
    const outcome = await withCaseOrNew(engine, options.case, (open) =>
      work(async (w) =>
        open.acquire(
          {
            serial,
            profile: options.profile,
            extras: options.with,
            resume: options.resume === true,
            waitMs: options.wait * 1000,
            root: options.root === true,
            files: options.ownerFiles ? await everyFile(open, serial, files, w) : files,
            apks: options.apks ?? [],
            packets: options.packets === true,
            forMs: options.for === undefined ? undefined : options.for * 1000,
          },
          showLive(w, terminal, options.quiet === true),
        ),
      ),
    );
    await answer(terminal, json, outcome, () => readable(outcome));
    for (const note of outcome.notes ?? []) terminal.err(`${note}\n`);
    for (const user of outcome.users ?? []) {
      if (user.covered !== 'yes') terminal.err(`${coverageSentence(user)}\n`);
    }
    for (const line of missingLines(outcome.refused)) terminal.err(`${line}\n`);
    const hint = resumeHint(outcome);
    if (hint !== null) terminal.err(`${hint}\n`);
    return outcome.refused.length > 0 || outcome.state !== 'complete' ? exits.partly : exits.done;
  },
);

/** All that the phone offers of its owner's files, and those that were named besides. */
async function everyFile(open: OpenCase, serial: string | null, named: readonly string[], work: Work) {
  const { files } = await open.look({ serial }, work);
  return [...new Set([...named, ...files.map(({ path }) => path)])];
}

/** adb's own variable for the phone that is meant, said so that nobody wonders which one was taken. */
export function serialOfEnvironment(terminal: Terminal): string | null {
  const serial = process.env.ANDROID_SERIAL;
  if (!serial) return null;
  terminal.err(`${androidSerialNote(serial, true)}\n`);
  return serial;
}

function usersOf({ users = [] }: AcquireOutcome): string {
  const whole = users.filter(({ covered }) => covered === 'yes').length;
  return users.length === 0 ? 'not known' : `${whole} of ${users.length} covered`;
}

function changeOf({ driftMs = null, driftErrorMs = null }: AcquireOutcome): string {
  return driftMs === null ? 'not known' : `${driftMs} ms from before to after, error ${known(driftErrorMs, ' ms')}`;
}

function watchedWords({ ms, rows }: NonNullable<AcquireOutcome['live']>): string {
  const said = rows.map(({ id, answers, gaps }) => `${id}: ${some(answers, 'look')}, ${some(gaps, 'gap')}`);
  return [`${(ms / 1000).toFixed(1)} s`, ...said].join('; ');
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
    ...(outcome.live ? ([['Watched', watchedWords(outcome.live)]] as const) : []),
    ['Time', `${(outcome.durationMs / 1000).toFixed(1)} s`],
  ]);
}
