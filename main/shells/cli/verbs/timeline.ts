import { Option } from 'commander';
import { humanBytes } from '../../../../shared/base/bytes.ts';
import { isoOf, microsOf } from '../../../../shared/base/time.ts';
import { moreLanes, restSums } from '../../../../shared/timeline/rest-words.ts';
import { type LaneBy, type LaneChoice, type LaneView, laneKeys } from '../../../../shared/types/timeline.ts';
import { answer, table } from '../answer.ts';
import { withCase } from '../case-choice.ts';
import { refuseTurnedRound, timeOption, wholeOption } from '../options.ts';
import { exits } from '../terminal.ts';
import { verb } from '../verb.ts';

interface Options {
  readonly case: string;
  readonly by: LaneBy;
  readonly from?: number;
  readonly to?: number;
  readonly buckets: number;
  readonly lanes?: number;
}

/** `timeline`: what the screen draws. */
export const timeline = verb<Options>(
  'timeline',
  'lanes with their intervals, as the window draws them',
  (command) =>
    command
      .requiredOption('--case <folder>', 'the case')
      .addOption(new Option('--by <what>', 'one lane for each').choices(laneKeys).default('app'))
      .option('--from <time>', 'begin of the span, such as 2026-03-01T08:00:00Z or 2026-03-01', timeOption)
      .option('--to <time>', 'end of the span', timeOption)
      .option('--buckets <number>', 'how many steps the span is drawn in', wholeOption(1, 10_000), 1000)
      .option(
        '--lanes <number>',
        'tell so many lanes, those that sent most, and of the others how many there are and their sums',
        wholeOption(1, 1_000_000),
      ),
  async ({ options, json, terminal }) => {
    refuseTurnedRound(options);
    const view = await withCase(await terminal.engine(), options.case, async (open) => {
      // The window's overview leaves strays of an unset clock out; a script gets all that was counted.
      const { span, coverage } = await open.summary();
      // An end that was not given lies where the history ends, or where the other end lies if that is further on.
      const fromUs = options.from ?? Math.min(usOf(span.from), options.to ?? Number.POSITIVE_INFINITY);
      const ends = { fromUs, toUs: options.to ?? Math.max(usOf(span.to), fromUs) };
      const { by, buckets, lanes: most } = options;
      const first: LaneChoice | undefined = most === undefined ? undefined : { most, order: 'sent', keep: [] };
      const { lanes, rest } = await open.window({ by, ...ends, buckets, filter: {}, first });
      return { lanes: lanes.map(laneOf), ...(rest && { rest }), coverage };
    });
    await answer(terminal, json, view, () => {
      const lines = table(
        view.lanes,
        [
          { title: 'LANE', of: (lane) => lane.name },
          { title: 'SENT', of: (lane) => humanBytes(lane.sent), right: true },
          { title: 'RECEIVED', of: (lane) => humanBytes(lane.received), right: true },
          { title: 'INTERVALS', of: (lane) => String(lane.buckets.length), right: true },
          { title: 'FIRST', of: (lane) => timeAt(lane.buckets[0]?.[0]) },
          { title: 'LAST', of: (lane) => timeAt(lane.buckets.at(-1)?.[1]) },
        ],
        'Nothing was counted in this span.',
      );
      return view.rest ? `${lines}${moreLanes(view.rest.lanes, options.by)}: ${restSums(view.rest)}\n` : lines;
    });
    return exits.done;
  },
);

/** A lane in the shape that scripts rely on; `background` is bytes both ways that were counted in the background. */
export function laneOf({ key, name, sent, received, intervals }: LaneView) {
  const at = (column: readonly number[], n: number): number => column[n] ?? 0;
  return {
    key,
    name,
    sent,
    received,
    buckets: intervals.from.map((from, n) => [
      from,
      at(intervals.to, n),
      at(intervals.sent, n),
      at(intervals.received, n),
      at(intervals.sentBackground, n) + at(intervals.receivedBackground, n),
    ]),
  };
}

function usOf(text: string | null): number {
  return (text === null ? null : microsOf(text)) ?? 0;
}

function timeAt(us: number | undefined): string {
  return us === undefined ? '' : isoOf(us);
}
