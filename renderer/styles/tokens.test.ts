import { describe, expect, it } from 'vitest';
import { apart, contrastOf, deltaE, mixed, readColour, sights } from './testing/colour-sight.ts';
import { themes } from './testing/themes.ts';

const grounds = ['ground-0', 'ground-1', 'ground-2', 'ground-3', 'ground-4', 'select', 'hit', 'accent-soft'] as const;
const chartGrounds = ['chart-ground', 'chart-night', 'chart-hatch-ground'] as const;
const texts = ['text-1', 'text-2', 'text-3', 'accent', 'sent-text', 'received-text'] as const;

/** Words of a notice stand on its own soft ground. */
const notices = ['good', 'warn', 'bad', 'info'] as const;

it('colours are measured as the published formulas say', () => {
  // Pairs 1, 7 and 34 of the table of Sharma, Wu, Dalal.
  expect(deltaE([50, 2.6772, -79.7751], [50, 0, -82.7485])).toBeCloseTo(2.0425, 4);
  expect(deltaE([50, 2.5, 0], [73, 25, -18])).toBeCloseTo(27.1492, 4);
  expect(deltaE([2.0776, 0.0795, -1.135], [0.9033, -0.0636, -0.5514])).toBeCloseTo(0.9082, 4);
  expect(contrastOf([0, 0, 0], [1, 1, 1])).toBeCloseTo(21, 6);
  // Who has no cone for long waves hardly tells these two apart, others do.
  const [red, olive] = [readColour('#a03020'), readColour('#555518')];
  expect(apart(red, olive)).toBeGreaterThan(35);
  expect(apart(red, olive, 'protan')).toBeLessThan(12);
});

describe.each([...themes()])('the theme %s', (name, tokens) => {
  const colour = (token: string) => {
    const value = tokens.get(token);
    if (value === undefined) throw new Error(`${name} has no --${token}`);
    return readColour(value, readColour(tokens.get('chart-ground')!));
  };
  const more = name.includes('more');

  it('has text that can be read on every ground that it stands on', () => {
    const low: string[] = [];
    const hold = (text: string, ground: string, least: number) => {
      const ratio = contrastOf(colour(text), colour(ground));
      if (ratio < least) low.push(`${text} on ${ground}: ${ratio.toFixed(2)} < ${least}`);
    };
    for (const ground of grounds) for (const text of texts) hold(text, ground, 4.5);
    for (const ground of chartGrounds) {
      for (const text of [...texts, 'chart-axis', 'chart-contact']) hold(text, ground, 4.5);
    }
    for (const kind of notices) {
      hold(kind, `${kind}-soft`, 4.5);
      for (const ground of ['ground-0', 'ground-1', 'ground-2']) hold(kind, ground, 4.5);
    }
    hold('text-on-accent', 'accent', 4.5);
    hold('text-1', 'chart-select', 7);
    // Words on the cursor's and the selection's label are the ground's colour.
    hold('chart-ground', 'chart-cursor', 4.5);
    hold('chart-ground', 'chart-select-line', 4.5);
    if (more) for (const ground of grounds) for (const text of ['text-1', 'text-2', 'text-3']) hold(text, ground, 7);
    expect(low).toEqual([]);
  });

  it('draws what carries meaning at three to one or more', () => {
    const drawn = ['sent', 'sent-dark', 'received', 'received-dark', 'chart-contact', 'focus', 'chart-select-line'];
    const context = [
      'context-wifi',
      'context-mobile',
      'context-vpn',
      'context-other',
      'context-screen',
      'context-mark',
    ];
    const low = [...drawn, ...context]
      .map((token) => [token, contrastOf(colour(token), colour('chart-ground'))] as const)
      .filter(([, ratio]) => ratio < 3);
    expect(low).toEqual([]);
    expect(contrastOf(colour('line-3'), colour('ground-2'))).toBeGreaterThanOrEqual(3);
  });

  it('is told apart by every kind of colour sight', () => {
    const near: string[] = [];
    const hold = (a: string, b: string, least: number) => {
      for (const sight of sights) {
        const far = apart(colour(a), colour(b), sight);
        if (far < least) near.push(`${a} and ${b}, ${sight}: ${far.toFixed(1)} < ${least}`);
      }
    };
    for (const a of ['sent', 'sent-dark']) for (const b of ['received', 'received-dark']) hold(a, b, 30);
    hold('sent', 'sent-dark', 12);
    hold('received', 'received-dark', 12);
    const networks = ['context-wifi', 'context-mobile', 'context-vpn', 'context-other'];
    for (const [n, a] of networks.entries()) for (const b of networks.slice(n + 1)) hold(a, b, 12);
    // A contact is a thin, capped line, a diamond or an open box: its colour is the second sign.
    for (const bar of ['sent', 'sent-dark', 'received', 'received-dark']) hold('chart-contact', bar, 7);
    expect(near).toEqual([]);
  });

  it('keeps the pale peak and what fades apart from the ground and from the block', () => {
    const ground = colour('chart-ground');
    for (const block of ['sent', 'received']) {
      const pale = mixed(colour(block), 0.36, ground);
      for (const sight of sights) {
        expect(apart(pale, ground, sight)).toBeGreaterThan(8);
        expect(apart(pale, colour(block), sight)).toBeGreaterThan(8);
      }
    }
  });
});
