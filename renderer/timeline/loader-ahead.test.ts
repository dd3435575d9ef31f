import { describe, expect, it } from 'vitest';
import { DAY } from '../../shared/base/time.ts';
import { merged, SYNTHETIC_START as start, syntheticWindow } from '../../shared/timeline/fixtures/synthetic.ts';
import type { WindowQuestion } from '../../shared/timeline/questions.ts';
import type { WindowView } from '../../shared/types/timeline.ts';
import { Loader, type LoaderState } from './loader.ts';

const bounds = { fromUs: start, toUs: start + 400 * DAY };
const subject = { by: 'app', filter: {} } as const;
const FRAME_MS = 16;
const FAILURE = new Error('The engine is busy.');

/** A loader on a clock that the test turns, with an engine that takes its time. */
class Turned {
  readonly states: LoaderState[] = [];
  readonly asked: WindowQuestion[] = [];
  readonly loader: Loader;
  answerMs: number;
  fails = false;
  #now = 0;
  #due: { at: number; run: () => void }[] = [];

  constructor(answerMs: number) {
    this.answerMs = answerMs;
    this.loader = new Loader({
      ask: (question) => {
        this.asked.push(question);
        const { fails } = this;
        return new Promise((done, failed) => {
          const { fromUs, toUs } = question;
          const window: WindowView = { ...merged(syntheticWindow({ lanes: 1, days: 1 })), fromUs, toUs };
          this.#at(this.answerMs, () => (fails ? failed(FAILURE) : done(window)));
        });
      },
      onDrawn: () => {},
      onState: (state) => this.states.push(state),
      later: (run, ms) => this.#at(ms, run),
    });
  }

  get state(): LoaderState['state'] | undefined {
    return this.states.at(-1)?.state;
  }

  want(fromDay: number, days: number): void {
    const view = { fromUs: start + fromDay * DAY, toUs: start + (fromDay + days) * DAY };
    this.loader.want({ subject, view, widthPx: 1000, bounds });
  }

  async pass(ms: number): Promise<void> {
    const until = this.#now + ms;
    for (;;) {
      const next = this.#due.toSorted((a, b) => a.at - b.at)[0];
      if (!next || next.at > until) break;
      this.#now = next.at;
      this.#due = this.#due.filter((one) => one !== next);
      next.run();
      for (let n = 0; n < 4; n += 1) await Promise.resolve();
    }
    this.#now = until;
  }

  #at(ms: number, run: () => void): () => void {
    const one = { at: this.#now + ms, run };
    this.#due.push(one);
    return () => {
      this.#due = this.#due.filter((other) => other !== one);
    };
  }
}

/** Drags a window of ten days through the case; answers with the share of frames in which its finest drawing was there. */
async function drag(answerMs: number, windowsPerSecond: number, frames = 240): Promise<number> {
  const turned = new Turned(answerMs);
  turned.want(20, 10);
  await turned.pass(1000);
  expect(turned.state).toBe('fresh');
  let fresh = 0;
  for (let n = 1; n <= frames; n += 1) {
    turned.want(20 + (n * FRAME_MS * windowsPerSecond * 10) / 1000, 10);
    if (turned.state === 'fresh') fresh += 1;
    await turned.pass(FRAME_MS);
  }
  return fresh / frames;
}

describe('what lies ahead of the window', () => {
  it('is there before a drag comes to it', async () => {
    expect(await drag(15, 3)).toBe(1);
    expect(await drag(50, 2)).toBe(1);
    expect(await drag(150, 1.5)).toBe(1);
  });

  it('comes late where the engine is slow and the hand fast: then the coarse drawing stands, marked as one', async () => {
    const share = await drag(900, 4);
    expect(share).toBeGreaterThan(0);
    expect(share).toBeLessThan(1);
  });
});

describe('an answer that is slow or fails', () => {
  it('leaves the last drawing, says that a finer one is on its way, and then is it', async () => {
    const turned = new Turned(10);
    turned.want(20, 10);
    await turned.pass(1000);
    const before = turned.loader.drawn;
    turned.answerMs = 3000;
    turned.want(24, 0.5);
    await turned.pass(200);
    expect([turned.state, turned.loader.drawn]).toEqual(['stale', before]);
    await turned.pass(3000);
    expect(turned.state).toBe('fresh');
    expect(turned.loader.drawn).not.toBe(before);
  });

  it('leaves the last drawing with what went wrong, and is asked for again when the person says so', async () => {
    const turned = new Turned(10);
    turned.want(20, 10);
    await turned.pass(1000);
    const before = turned.loader.drawn;
    turned.fails = true;
    turned.want(24, 0.5);
    await turned.pass(200);
    expect(turned.states.at(-1)).toEqual({ state: 'failed', failure: FAILURE });
    expect(turned.loader.drawn).toBe(before);
    const asked = turned.asked.length;
    turned.fails = false;
    turned.loader.again(false);
    await turned.pass(200);
    expect([turned.state, turned.asked.length]).toEqual(['fresh', asked + 1]);
  });
});
