import { readFile, stat, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Argument, Option } from 'commander';
import { Failure } from '../../../../shared/base/failure.ts';
import { isoOf, microsOf } from '../../../../shared/base/time.ts';
import { type FindingView, type FindingWindow, findingLimits } from '../../../../shared/types/finding.ts';
import { type LaneBy, laneKeys } from '../../../../shared/types/timeline.ts';
import type { OpenCase } from '../../../engine/engine-api.ts';
import { answer } from '../answer.ts';
import { withCase } from '../case-choice.ts';
import { refuseTurnedRound, severalOption, timeOption, wholeOption } from '../options.ts';
import { exits } from '../terminal.ts';
import { verb } from '../verb.ts';

interface Options {
  readonly case: string;
  readonly title?: string;
  readonly text?: string;
  readonly reason?: string;
  readonly from?: number;
  readonly to?: number;
  readonly by: LaneBy;
  readonly app?: string;
  readonly event?: readonly string[];
  readonly largest: number;
  readonly picture?: string;
  readonly place?: number;
  readonly out?: string;
}

const actions = ['list', 'make', 'edit', 'accept', 'reject', 'reopen', 'withdraw', 'move', 'picture'] as const;
type Action = (typeof actions)[number];

const decisions = { accept: 'accepted', reject: 'rejected', reopen: 'open', withdraw: 'withdrawn' } as const;

function needed<T>(value: T | undefined, action: Action, what: string): T {
  if (value === undefined) throw new Failure('wrong-use', `\`findings ${action}\` needs ${what}.`);
  return value;
}

/** What each action takes besides `--case`, so that an option that would do nothing is refused. */
const takes: Readonly<Record<Action, readonly (keyof Options)[]>> = {
  list: [],
  make: ['title', 'text', 'from', 'to', 'by', 'app', 'event', 'largest', 'picture'],
  edit: ['title', 'text'],
  accept: ['reason'],
  reject: ['reason'],
  reopen: ['reason'],
  withdraw: ['reason'],
  move: ['place'],
  picture: ['out'],
};
const special: readonly (keyof Options)[] = [...new Set(Object.values(takes).flat())];

/** `findings`: what rules proposed and the examiner made; makes, changes, decides of and orders them. */
export const findings = verb<Options>(
  'findings',
  'proposed and written findings; `make`, `edit`, `accept`, `reject`, `reopen`, `withdraw`, `move`, `picture`',
  (command) =>
    command
      .addArgument(new Argument('[action]', 'what to do').choices(actions).default('list'))
      .addArgument(new Argument('[finding]', 'the finding, by the id or key that the list shows'))
      .requiredOption('--case <folder>', 'the case')
      .option('--title <text>', 'make, edit: its title')
      .option('--text <text>', 'make, edit: what it says')
      .option('--reason <text>', 'accept, reject, reopen, withdraw: why')
      .option('--from <time>', 'make: begin of the stretch that it is about, such as 2026-03-01T08:00:00Z', timeOption)
      .option('--to <time>', 'make: end of the stretch', timeOption)
      .addOption(new Option('--by <what>', 'make: lanes for its sums').choices(laneKeys).default('app'))
      .option('--app <app>', 'make: only what this app, by its name or package, sent and received')
      .option('--event <id>', 'make: an event to cite, as `events` names it; may be given several times', severalOption)
      .option(
        '--largest <number>',
        'make: cite so many of the largest events of the stretch',
        wholeOption(0, findingLimits.events),
        10,
      )
      .option('--picture <file>', 'make: an SVG that the window drew')
      .option('--place <number>', 'move: its place in the list, from 1', wholeOption(1, 100_000))
      .option('--out <file>', 'picture: the SVG to write; one that is there is not written over'),
  async ({ options, json, terminal }, [named, finding]) => {
    const action = String(named) as Action;
    const takesFinding = action !== 'list' && action !== 'make';
    if (takesFinding !== (typeof finding === 'string')) {
      const what = takesFinding ? 'needs a finding: its id or key.' : 'takes no finding.';
      throw new Failure('wrong-use', `\`findings ${action}\` ${what}`);
    }
    for (const key of special) {
      const usual = key === 'by' ? 'app' : key === 'largest' ? 10 : undefined;
      if (options[key] !== usual && !takes[action].includes(key))
        throw new Failure('wrong-use', `\`findings ${action}\` takes no --${key}.`);
    }
    const value = await withCase(await terminal.engine(), options.case, (open) =>
      done(open, action, String(finding), options),
    );
    await answer(terminal, json, value, () =>
      Array.isArray(value)
        ? value.length === 0
          ? 'No finding is proposed or made.'
          : value.map(readable).join('\n')
        : 'written' in value
          ? `Written to ${value.written}.`
          : readable(value),
    );
    return exits.done;
  },
);

async function done(
  open: OpenCase,
  action: Action,
  finding: string,
  options: Options,
): Promise<FindingView | FindingView[] | { readonly written: string }> {
  switch (action) {
    case 'list':
      return open.findings();
    case 'make':
      return make(open, options);
    case 'edit': {
      const now = (await open.findings()).find(({ id, key }) => id === finding || key === finding);
      const words = { title: options.title ?? now?.title ?? '', text: options.text ?? now?.text ?? '' };
      if (options.title === undefined && options.text === undefined) needed(undefined, action, '--title or --text');
      return open.editFinding(finding, words);
    }
    case 'accept':
    case 'reject':
    case 'reopen':
    case 'withdraw':
      return open.decideFinding(finding, decisions[action], options.reason ?? null);
    case 'move':
      return open.moveFinding(finding, needed(options.place, action, '--place') - 1);
    case 'picture': {
      const out = resolve(needed(options.out, action, '--out'));
      const svg = await open.findingPicture(finding);
      await writeFile(out, svg, { flag: 'wx' }).catch((error: { code?: string }) => {
        if (error.code === 'EEXIST') throw new Failure('wrong-use', `${out} is there already.`, 'Choose another name.');
        throw new Failure('no-permission', `${out} cannot be written.`, 'Choose another place.');
      });
      return { written: out };
    }
  }
}

/** The stretch that the options name; ends that are not given are those of the case. Null where none is. */
async function windowOf(open: OpenCase, { from, to, by, app }: Options): Promise<FindingWindow | null> {
  if (from === undefined && to === undefined && app === undefined) return null;
  const { span } = await open.summary();
  const fromUs = from ?? microsOf(span.from ?? '') ?? 0;
  const stretch = { fromUs, toUs: to ?? Math.max(microsOf(span.to ?? '') ?? 0, fromUs) };
  return {
    ...stretch,
    by,
    filter: app === undefined ? {} : { app },
    selection: null,
    zone: 'UTC',
    // The window works it out from the rest.
    address: {},
  };
}

async function make(open: OpenCase, options: Options): Promise<FindingView> {
  refuseTurnedRound(options);
  const picture = options.picture === undefined ? null : resolve(options.picture);
  return open.makeFinding({
    title: needed(options.title, 'make', '--title'),
    text: options.text ?? '',
    window: await windowOf(open, options),
    cite: options.event ? { ids: [...options.event] } : { largest: options.largest },
    picture: picture && (await pictureIn(picture)),
  });
}

/** The text of a picture's file. Rejects with a sentence that names it. */
async function pictureIn(path: string): Promise<string> {
  const { size } = await stat(path).catch(() => {
    throw new Failure('not-found', `There is no file ${path}.`);
  });
  if (size > findingLimits.picture)
    throw new Failure('wrong-use', `${path} has ${size} bytes; a picture may have ${findingLimits.picture}.`);
  return readFile(path, 'utf8').catch(() => {
    throw new Failure('no-permission', `${path} cannot be read.`);
  });
}

function readable({
  id,
  title,
  state,
  decision,
  text,
  limits,
  note,
  made,
  totals,
  cited,
  picture,
}: FindingView): string {
  const lines = [
    `${id}  ${title} (${state}${made ? `, made ${made.at} by ${made.who}` : ''})`,
    ...(text === '' ? [] : text.split('\n').map((line) => `  ${line}`)),
    ...(decision?.reason ? [`  Reason: ${decision.reason}`] : []),
    ...(note === null ? [] : [`  Note: ${note}`]),
    ...(totals
      ? [
          `  ${isoOf(totals.fromUs)} to ${isoOf(totals.toUs)}: ${totals.sent} bytes sent, ${totals.received} received, ${totals.events} counted intervals`,
        ]
      : []),
    ...cited.map(
      (one) =>
        `  Cites ${one.evidence} ${one.section}, ${one.line === null ? `byte ${one.offset}` : `line ${one.line}`}${one.id === null ? ' (not found again)' : ''}`,
    ),
    ...(picture ? [`  Picture: ${picture.file}`] : []),
    `  Limits: ${limits}`,
  ];
  return `${lines.join('\n')}\n`;
}
