/** Ten seconds of a hand on a timeline, as Chromium gets them from a mouse: the same for whatever lies under it. */
import type { Commanded } from './bare-chromium.ts';

const FRAME_MS = 1000 / 60;

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

type Step = (session: Commanded, area: Area, n: number, of: number) => Promise<unknown>;

const mouse = (session: Commanded, type: 'mousePressed' | 'mouseMoved' | 'mouseReleased', x: number, y: number) =>
  session.send('Input.dispatchMouseEvent', {
    type,
    x,
    y,
    button: 'left',
    buttons: type === 'mouseReleased' ? 0 : 1,
    clickCount: type === 'mouseMoved' ? 0 : 1,
    pointerType: 'mouse',
  });

const wheel =
  (share: number, deltaY: (n: number) => number): Step =>
  (session, area, n) =>
    session.send('Input.dispatchMouseEvent', {
      type: 'mouseWheel',
      x: area.x + area.width * share,
      y: area.y + area.height * 0.5,
      deltaX: 0,
      deltaY: deltaY(n),
    });

/** Drags to and fro over `reach` of the width; `turns` times there and back. */
const drag =
  (reach: number, turns: number): Step =>
  async (session, area, n, of) => {
    const x = area.x + area.width * (0.5 + reach * 0.5 * Math.sin((n / of) * turns * 2 * Math.PI));
    const y = area.y + area.height * 0.5;
    if (n === 0) await mouse(session, 'mousePressed', x, y);
    await mouse(session, n === of - 1 ? 'mouseReleased' : 'mouseMoved', x, y);
  };

/** From the whole span to minutes, dragged; out half-way, dragged; to and fro; out to the whole span, dragged. */
const programme: readonly (readonly [Step, number])[] = [
  [wheel(0.6, () => -36), 2.2],
  [drag(0.8, 2), 1.6],
  [wheel(0.4, () => 25), 1.3],
  [drag(0.8, 2), 1.6],
  [wheel(0.5, (n) => (Math.floor(n / 15) % 2 === 0 ? -40 : 40)), 1.5],
  [wheel(0.5, () => 60), 0.8],
  [drag(0.5, 2), 1],
];

/** Events of a hand that may be on their way: a hand does not wait for the picture, but a page that hangs gets no endless queue. */
const UNDER_WAY = 8;

/** Moves the mouse and turns its wheel sixty times a second. */
export async function moveHand(session: Commanded, area: Area): Promise<void> {
  const underWay = new Set<Promise<unknown>>();
  let due = performance.now();
  for (const [step, seconds] of programme) {
    const of = Math.round(seconds * 60);
    for (let n = 0; n < of; n += 1) {
      while (underWay.size >= UNDER_WAY) await Promise.race(underWay);
      const sent: Promise<unknown> = step(session, area, n, of).finally(() => underWay.delete(sent));
      underWay.add(sent);
      due += FRAME_MS;
      const wait = due - performance.now();
      if (wait > 1) await new Promise((done) => setTimeout(done, wait));
    }
  }
  await Promise.all(underWay);
}
