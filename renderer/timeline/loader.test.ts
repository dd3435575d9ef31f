import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../shared/base/time.ts';
import type { Drawn } from '../../shared/timeline/drawn.ts';
import { merged, SYNTHETIC_START as start, syntheticWindow } from '../../shared/timeline/fixtures/synthetic.ts';
import { choiceOf, tellLanes } from '../../shared/timeline/lane-choice.ts';
import type { Sorting } from '../../shared/timeline/lane-layout.ts';
import { detailQuestion, MOST_BUCKETS, subjectKey, type WindowQuestion } from '../../shared/timeline/questions.ts';
import type { WindowView } from '../../shared/types/timeline.ts';
import { Loader, type LoaderState } from './loader.ts';

const bounds = { fromUs: start, toUs: start + 90 * DAY };
const subject = { by: 'app', filter: {} } as const;

/** A loader on a clock and an engine that the test moves by hand. */
function bench() {
  const asked: {
    question: WindowQuestion;
    answer: (window?: WindowView) => Promise<void>;
    fail: (why: Error) => Promise<void>;
  }[] = [];
  const waiting = new Set<() => void>();
  const drawn: Drawn[] = [];
  const states: LoaderState[] = [];
  const loader = new Loader({
    ask: (question) =>
      new Promise((done, failed) => {
        const settle = async (act: () => void) => {
          act();
          await Promise.resolve();
          await Promise.resolve();
        };
        asked.push({
          question,
          answer: (
            window = {
              ...merged(syntheticWindow({ lanes: 2, days: 90 })),
              fromUs: question.fromUs,
              toUs: question.toUs,
            },
          ) => settle(() => done(window)),
          fail: (why) => settle(() => failed(why)),
        });
      }),
    onDrawn: (next) => drawn.push(next),
    onState: (state) => states.push(state),
    later: (run) => {
      waiting.add(run);
      return () => waiting.delete(run);
    },
  });
  const tick = () => {
    for (const run of [...waiting]) {
      waiting.delete(run);
      run();
    }
  };
  const want = (fromDay: number, toDay: number, of: Parameters<Loader['want']>[0]['subject'] = subject) =>
    loader.want({
      subject: of,
      view: { fromUs: start + fromDay * DAY, toUs: start + toDay * DAY },
      widthPx: 1000,
      bounds,
    });
  return { loader, asked, drawn, states, tick, want, state: () => states.at(-1)?.state };
}

describe('the loader', () => {
  it('asks for the whole span and the window with one more window on either side', () => {
    const { asked, want, tick } = bench();
    want(40, 50);
    tick();
    expect(asked.map((a) => [(a.question.fromUs - start) / DAY, (a.question.toUs - start) / DAY])).toEqual([
      [0, 90],
      [expect.closeTo(30, 1), expect.closeTo(60, 1)],
    ]);
    expect(asked[1]!.question.buckets).toBeLessThanOrEqual(MOST_BUCKETS);
    const { fromUs, toUs, buckets } = asked[1]!.question;
    expect((toUs - fromUs) / buckets).toBeLessThanOrEqual((10 * DAY) / 1000);
  });

  it('asks for nothing while a short pan stays within what is there, and ahead when it nears the end', async () => {
    const { asked, want, tick, state } = bench();
    want(40, 50);
    tick();
    await asked[0]!.answer();
    await asked[1]!.answer();
    expect(state()).toBe('fresh');
    want(43, 53);
    tick();
    expect(asked).toHaveLength(2);
    want(49, 59);
    expect(state()).toBe('fresh');
    tick();
    expect(asked).toHaveLength(3);
  });

  it('keeps the last drawing, marked, while an answer is slow', async () => {
    const { asked, want, tick, drawn, state } = bench();
    want(40, 50);
    tick();
    await asked[0]!.answer();
    await asked[1]!.answer();
    const last = drawn.at(-1);
    want(40, 50, { by: 'network', filter: {} });
    tick();
    expect(state()).toBe('stale');
    expect(drawn.at(-1)).toBe(last);
    await asked[2]!.answer();
    expect(drawn.at(-1)?.subject.by).toBe('network');
  });

  it('never has more than two questions for windows under way, and asks the latest when one comes back', async () => {
    const { asked, want, tick } = bench();
    for (let day = 10; day < 60; day += 10) {
      want(day, day + 1);
      tick();
    }
    expect(asked.length).toBeLessThanOrEqual(3);
    const before = asked.length;
    await asked[1]!.answer();
    expect(asked.length).toBe(before + 1);
    expect((asked.at(-1)!.question.fromUs - start) / DAY).toBeCloseTo(49, 0);
  });

  it('does not ask the same again when the engine answers coarser than asked', async () => {
    const { asked, want, tick, state } = bench();
    want(40, 41);
    tick();
    for (const one of [...asked]) {
      await one.answer({
        ...syntheticWindow({ lanes: 1, days: 90 }),
        fromUs: start,
        toUs: start + 90 * DAY,
        resolutionUs: 12 * HOUR,
      });
    }
    tick();
    expect(asked).toHaveLength(2);
    expect(state()).toBe('fresh');
  });

  it('says what failed, keeps the drawing, and asks again only when told to', async () => {
    const { asked, want, tick, state, loader, states } = bench();
    want(40, 50);
    tick();
    await asked[0]!.answer();
    await asked[1]!.fail(new Error('gone'));
    expect(state()).toBe('failed');
    expect(states.at(-1)?.failure).toEqual(new Error('gone'));
    want(40, 50.1);
    tick();
    expect(asked).toHaveLength(2);
    loader.again(false);
    tick();
    expect(asked).toHaveLength(3);
    await asked[2]!.answer();
    expect(state()).toBe('fresh');
  });

  it('swaps both answers at once when the case has grown, and draws nothing coarser meanwhile', async () => {
    const { asked, want, tick, loader, drawn, states } = bench();
    want(40, 50);
    tick();
    await asked[0]!.answer();
    await asked[1]!.answer();
    const before = drawn.length;
    const told = states.length;
    loader.renew();
    expect(asked).toHaveLength(4);
    // The window moves on while the answers are under way.
    want(41, 51);
    tick();
    expect(asked).toHaveLength(4);
    await asked[2]!.answer();
    expect(drawn).toHaveLength(before);
    loader.renew();
    await asked[3]!.answer();
    await Promise.resolve();
    const next = drawn.at(-1)!;
    expect([drawn.length, next.detail !== null]).toEqual([before + 1, true]);
    expect(states.slice(told).every((state) => state.state === 'fresh')).toBe(true);
    // It had grown again: asked once more, for the window as it stands now.
    expect(asked).toHaveLength(6);
    expect(asked[5]!.question.toUs).toBeGreaterThan(asked[3]!.question.toUs);
  });

  it('says so when a case that has grown cannot be asked, and keeps the drawing', async () => {
    const { asked, want, tick, loader, drawn, state } = bench();
    want(40, 50);
    tick();
    await asked[0]!.answer();
    await asked[1]!.answer();
    const last = drawn.at(-1);
    loader.renew();
    await asked[3]!.fail(new Error('gone'));
    await Promise.resolve();
    expect([state(), drawn.at(-1) === last]).toEqual(['failed', true]);
  });

  it('forgets everything when the case has grown', async () => {
    const { asked, want, tick, loader } = bench();
    want(40, 50);
    tick();
    await asked[0]!.answer();
    await asked[1]!.answer();
    loader.again(true);
    tick();
    expect(asked).toHaveLength(4);
  });
});

describe('what is asked for', () => {
  it('asks no more where nothing was merged: nothing finer can be had', async () => {
    const { asked, want, tick, state } = bench();
    want(0, 90);
    tick();
    for (const one of [...asked]) {
      const { fromUs, toUs } = one.question;
      await one.answer({ ...syntheticWindow({ lanes: 2, days: 90 }), fromUs, toUs });
    }
    const before = asked.length;
    want(30, 30.5);
    tick();
    expect([asked.length, state()]).toEqual([before, 'fresh']);
  });

  it('asks for the whole span alone while no lanes are known, and for the window as soon as they are', async () => {
    const { loader, asked, tick } = bench();
    const view = { fromUs: start + 10 * DAY, toUs: start + 11 * DAY };
    loader.want({ subject, view, widthPx: 1000, bounds, lanes: 'unknown' });
    tick();
    expect(asked.length).toBe(1);
    await asked[0]!.answer();
    loader.want({ subject, view, widthPx: 1000, bounds, lanes: null });
    tick();
    expect([asked.length, asked[1]!.question.lanes]).toEqual([2, undefined]);
  });

  it('asks for the lanes around those in sight, and anew once others come into sight; the whole span tells of the rest', async () => {
    const { loader, asked, tick } = bench();
    const all = Array.from({ length: 100 }, (_, n) => `${10_000 + n}`);
    const wanted = (first: number) =>
      loader.want({
        subject,
        view: { fromUs: start + 10 * DAY, toUs: start + 11 * DAY },
        widthPx: 1000,
        bounds,
        lanes: { inSight: all.slice(first, first + 10), around: all.slice(Math.max(0, first - 10), first + 20) },
      });
    const window = merged(syntheticWindow({ lanes: 100, days: 90 }));
    const answerAll = async () => {
      for (const { question, answer } of asked.splice(0)) {
        const lanes = window.lanes.filter(({ key }) => question.lanes?.includes(key) ?? true);
        await answer({ ...window, fromUs: question.fromUs, toUs: question.toUs, lanes });
      }
    };
    wanted(0);
    tick();
    expect(asked.map(({ question }) => question.lanes?.length)).toEqual([undefined, 20]);
    await answerAll();
    // Ten lanes are made ready a few at a time, and the old drawing stays meanwhile.
    expect(loader.drawn!.detail).toBe(null);
    tick();
    expect(loader.drawn!.detail).toBe(null);
    tick();
    const { detail, whole } = loader.drawn!;
    expect([detail!.holds('10019'), detail!.holds('10020')]).toEqual([true, false]);
    expect(detail!.series('10050')).toBe(whole.series('10050'));
    wanted(8);
    tick();
    expect(asked.length).toBe(0);
    wanted(40);
    tick();
    expect(asked.map(({ question }) => question.lanes?.[0])).toEqual(['10030']);
    await answerAll();
    for (let turn = 0; turn < 3; turn += 1) tick();
    expect(loader.drawn!.detail!.holds('10045')).toBe(true);
  });
});

describe('very many lanes', () => {
  it('are told anew in another order while the old ones stay, and an answer says nothing of those that it leaves out', async () => {
    const { loader, asked, tick, states } = bench();
    const every = merged(syntheticWindow({ lanes: 60, days: 90 }));
    const view = { fromUs: bounds.fromUs, toUs: bounds.fromUs + 10 * DAY };
    const wanted = (sorting: Sorting, pins: readonly string[] = [], lanes: 'unknown' | null = 'unknown') => {
      const first = { ...choiceOf(sorting, pins), most: 5 };
      loader.want({ subject, view, widthPx: 1000, bounds, lanes, first });
      tick();
    };
    const answerAll = async () => {
      for (const { question, answer } of asked.splice(0)) {
        const { told, rest } = tellLanes(every.lanes, question.first);
        await answer({
          ...every,
          fromUs: question.fromUs,
          toUs: question.toUs,
          lanes: [...told],
          ...(rest && { rest }),
        });
      }
    };
    wanted('sent');
    await answerAll();
    const first = loader.drawn!.whole;
    expect(first.window.rest?.lanes).toBe(55);
    wanted('window');
    wanted('sent', [first.window.lanes[2]!.key]);
    expect(asked.length).toBe(0);
    wanted('name');
    expect([asked.length, loader.drawn!.whole, states.at(-1)!.state]).toEqual([1, first, 'stale']);
    await answerAll();
    expect(loader.drawn!.whole.window.lanes.map(({ key }) => key)).not.toEqual(
      first.window.lanes.map(({ key }) => key),
    );
    const far = every.lanes.find(({ key }) => !loader.drawn!.whole.lanes.has(key))!.key;
    wanted('name', [far]);
    await answerAll();
    expect(loader.drawn!.whole.lanes.has(far)).toBe(true);
    // Asked for in the belief that all lanes are few.
    wanted('sent', [], null);
    await answerAll();
    const { detail, whole } = loader.drawn!;
    expect([detail!.holds(far), detail!.series(far)]).toEqual([false, whole.series(far)]);
  });
});

describe('questions', () => {
  it('stay within the contract on the widest screen, and lie on one grid', () => {
    const view = { fromUs: start + 30 * DAY, toUs: start + 31 * DAY };
    const question = detailQuestion(subject, view, 7680, bounds);
    expect(question.buckets).toBeLessThanOrEqual(MOST_BUCKETS);
    const step = (question.toUs - question.fromUs) / question.buckets;
    expect(Number.isInteger(Math.log2(step))).toBe(true);
    expect(question.fromUs % step).toBe(0);
  });

  it('of the same filter have the same key, in whatever order it was put together', () => {
    const a = { by: 'app', filter: { text: 'mi', minBytes: 1000 } } as const;
    const b = { by: 'app', filter: { minBytes: 1000, text: 'mi', app: undefined } } as const;
    expect(subjectKey(a)).toBe(subjectKey(b));
    expect(subjectKey(a)).not.toBe(subjectKey({ ...a, by: 'network' }));
  });
});
