import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, HOUR, SECOND } from '../base/time.ts';
import { Motion } from './motion.ts';
import { timeScale } from './time-scale.ts';
import { centreOn, clampTo, NARROWEST, panBy, spanOf, wholeOf, zoomAt } from './viewport.ts';

const fromUs = Date.UTC(2026, 0, 1) * 1000;
const bounds = { fromUs, toUs: fromUs + 90 * DAY };

describe('zooming', () => {
  it('keeps the instant under the pointer where it is', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.3, max: 0.7, noNaN: true }),
        fc.double({ min: 0.05, max: 0.95, noNaN: true }),
        fc.double({ min: 0.2, max: 1.5, noNaN: true }),
        (centre, share, factor) => {
          const middle = fromUs + 90 * DAY * centre;
          const view = { fromUs: middle - 2 * DAY, toUs: middle + 2 * DAY };
          const at = view.fromUs + share * spanOf(view);
          const x = timeScale(view, 250, 1000).x(at);
          const zoomed = zoomAt(view, factor, at, bounds);
          expect(timeScale(zoomed, 250, 1000).x(at)).toBeCloseTo(x, 3);
          expect(spanOf(zoomed) / spanOf(view)).toBeCloseTo(factor, 9);
        },
      ),
    );
  });

  it('keeps it there on every frame of the way too', () => {
    const view = { fromUs: fromUs + 10 * DAY, toUs: fromUs + 20 * DAY };
    const at = view.fromUs + 3 * DAY;
    const motion = new Motion(view);
    motion.glide(zoomAt(view, 0.2, at, bounds));
    const x = timeScale(view, 0, 1000).x(at);
    let frames = 0;
    for (let ms = 0; motion.moving && ms < 2000; ms += 16) {
      motion.step(ms);
      expect(timeScale(motion.now, 0, 1000).x(at)).toBeCloseTo(x, 3);
      frames += 1;
    }
    expect(frames).toBeGreaterThan(5);
    expect(motion.now).toEqual(motion.goal);
  });

  it('stops at ten seconds and at the whole span with its margin', () => {
    const view = { fromUs: fromUs + DAY, toUs: fromUs + DAY + 20 * SECOND };
    expect(spanOf(zoomAt(view, 1e-6, view.fromUs + SECOND, bounds))).toBeCloseTo(NARROWEST, 0);
    expect(zoomAt(view, 1e9, view.fromUs, bounds)).toEqual(wholeOf(bounds));
  });
});

describe('moving', () => {
  it('keeps the width, and never loses the span from sight', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -400, max: 400, noNaN: true }),
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        (days, width) => {
          const view = clampTo({ fromUs, toUs: fromUs + width * DAY }, bounds);
          const moved = panBy(view, days * DAY, bounds);
          expect(spanOf(moved)).toBeCloseTo(spanOf(view), 0);
          expect(moved.toUs).toBeGreaterThan(bounds.fromUs);
          expect(moved.fromUs).toBeLessThan(bounds.toUs);
        },
      ),
    );
  });

  it('puts an instant in the middle', () => {
    const view = centreOn({ fromUs, toUs: fromUs + HOUR }, fromUs + 40 * DAY, bounds);
    expect((view.fromUs + view.toUs) / 2).toBe(fromUs + 40 * DAY);
  });
});
