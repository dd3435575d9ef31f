import { expect, it } from 'vitest';
import { DAY } from '../../shared/base/time.ts';
import { type Drawn, isTold } from '../../shared/timeline/drawn.ts';
import { merged, SYNTHETIC_START as start, syntheticWindow } from '../../shared/timeline/fixtures/synthetic.ts';
import { laneSum } from '../../shared/timeline/picture.ts';
import type { Subject, WindowQuestion } from '../../shared/timeline/questions.ts';
import type { WindowView } from '../../shared/types/timeline.ts';
import { Loader, type LoaderState } from './loader.ts';

const bounds = { fromUs: start, toUs: start + 90 * DAY };
const subject = { by: 'app', filter: {} } as const;
const all = merged(syntheticWindow({ lanes: 10, days: 90 }));
const keys = all.lanes.map(({ key }) => key);

/** A lane as a first picture tells it beyond its few: all of it in one step. */
function inOneStep(lane: WindowView['lanes'][number]): WindowView['lanes'][number] {
  const { intervals } = lane;
  const sum = (column: readonly number[]) => [column.reduce((one, other) => one + other, 0)];
  const { from, to, sent, received, sentBackground, receivedBackground, events, top } = intervals;
  return {
    ...lane,
    intervals: {
      ...{ from: [from[0]!], to: [to.at(-1)!], sent: sum(sent), received: sum(received), events: sum(events) },
      ...{ sentBackground: sum(sentBackground), receivedBackground: sum(receivedBackground), top: [top[0]!] },
    },
  };
}

function bench() {
  const asked: { question: WindowQuestion; answer: () => Promise<void> }[] = [];
  const drawn: Drawn[] = [];
  const states: LoaderState[] = [];
  const waiting: (() => void)[] = [];
  const loader = new Loader({
    ask: (question) =>
      new Promise((done) => {
        const lanes = all.lanes.map((lane, n) => (n < (question.bars ?? lane.events) ? lane : inOneStep(lane)));
        const answer = async () => {
          done({ ...all, fromUs: question.fromUs, toUs: question.toUs, lanes });
          await Promise.resolve();
          await Promise.resolve();
        };
        asked.push({ question, answer });
      }),
    onDrawn: (next) => drawn.push(next),
    onState: (state) => states.push(state),
    later: (run) => {
      waiting.push(run);
      return () => waiting.splice(waiting.indexOf(run), 1);
    },
  });
  const tick = () => {
    for (const run of waiting.splice(0)) run();
  };
  const offer = (bars: number) =>
    loader.offer(
      { ...all, ...bounds, resolutionUs: 1, lanes: all.lanes.map((lane, n) => (n < bars ? lane : inOneStep(lane))) },
      bars,
    );
  const want = (view = bounds, of: Subject = subject) =>
    loader.want({
      subject: of,
      view,
      widthPx: 1000,
      bounds,
      glance: 3,
      lanes: { inSight: keys.slice(0, 3), around: keys },
    });
  return { asked, drawn, tick, want, offer, state: () => states.at(-1)?.state };
}

it('draws a first picture of a few lanes before it asks for the whole span', async () => {
  const { asked, drawn, tick, want, state } = bench();
  want();
  tick();
  expect(asked.map(({ question }) => question.bars)).toEqual([3]);
  await asked[0]!.answer();
  expect(drawn).toHaveLength(1);
  expect(keys.filter((key) => isTold(drawn[0]!, key))).toEqual(keys.slice(0, 3));
  expect(state()).toBe('stale');
  // The large answer is asked for once there was time to paint.
  expect(asked).toHaveLength(1);
  tick();
  expect(asked.map(({ question }) => question.bars)).toEqual([3, undefined]);
  await asked[1]!.answer();
  // Lanes are prepared a few at a time first.
  expect(drawn).toHaveLength(1);
  for (let turn = 0; turn < 5; turn += 1) tick();
  expect(keys.every((key) => isTold(drawn.at(-1)!, key))).toBe(true);
  expect(state()).toBe('fresh');
  expect(asked).toHaveLength(2);
});

it('draws the same bars and the same sums before and after', async () => {
  const { asked, drawn, tick, want } = bench();
  want();
  tick();
  await asked[0]!.answer();
  tick();
  await asked[1]!.answer();
  for (let turn = 0; turn < 5; turn += 1) tick();
  const [before, after] = [drawn[0]!, drawn.at(-1)!];
  expect(before.whole).not.toBe(after.whole);
  for (const key of keys) {
    expect(laneSum(before, key, bounds.fromUs, bounds.toUs)).toEqual(laneSum(after, key, bounds.fromUs, bounds.toUs));
  }
  expect(after.detail!.series(keys[0]!)).toBe(before.whole.series(keys[0]!));
  expect(after.detail!.series(keys[9]!)).toBe(after.whole.series(keys[9]!));
});

it('draws a first picture that came with the case without asking for one', async () => {
  const { asked, drawn, tick, want, offer, state } = bench();
  want();
  offer(3);
  expect(drawn).toHaveLength(1);
  expect(keys.filter((key) => isTold(drawn[0]!, key))).toEqual(keys.slice(0, 3));
  expect(state()).toBe('stale');
  tick();
  tick();
  expect(asked.map(({ question }) => question.bars)).toEqual([undefined]);
  await asked[0]!.answer();
  for (let turn = 0; turn < 5; turn += 1) tick();
  expect(keys.every((key) => isTold(drawn.at(-1)!, key))).toBe(true);
  expect(state()).toBe('fresh');
});

it('does not look at it where a part of the span or another filter is in sight', () => {
  for (const other of [
    (to: ReturnType<typeof bench>) => to.want({ fromUs: start + DAY, toUs: start + 2 * DAY }),
    (to: ReturnType<typeof bench>) => to.want(bounds, { by: 'app', filter: { app: 'one' } }),
  ]) {
    const all = bench();
    other(all);
    all.offer(3);
    expect(all.drawn).toHaveLength(0);
  }
});

it('asks for the whole span at once where only a part of it is in sight', () => {
  const { asked, tick, want } = bench();
  want({ fromUs: start + DAY, toUs: start + 2 * DAY });
  tick();
  expect(asked[0]!.question.bars).toBeUndefined();
});
