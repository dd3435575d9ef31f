import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../../../shared/base/time.ts';
import {
  emptyColumns,
  laneWith,
  push,
  SYNTHETIC_START as start,
  windowWith,
} from '../../../../shared/timeline/fixtures/synthetic.ts';
import type { LaneView, OverviewView } from '../../../../shared/types/timeline.ts';
import { drawableBy, readFonts, readPictureFonts } from '../fonts.ts';
import type { ReportPlot } from '../report-data.ts';
import { advancesOf } from '../typst/advances.ts';
import { wording } from '../wording.ts';
import { pictureForPage } from './finding-picture.ts';
import { lettersOf } from './letters.ts';
import { LANES, timelineDrawing } from './timeline-drawing.ts';

const fonts = readPictureFonts(join(import.meta.dirname, '../../../../resources'));
const letters = lettersOf(fonts, drawableBy(readFonts()));
const toUs = start + 4 * DAY;

function plotOf(lanes: LaneView[], sources: readonly string[]): ReportPlot {
  const overview: OverviewView = {
    fromUs: start,
    toUs,
    stepUs: DAY,
    sent: [0, 0, 0, 0],
    received: [0, 0, 0, 0],
    sentBackground: [0, 0, 0, 0],
    receivedBackground: [0, 0, 0, 0],
    coverage: sources.map((source) => ({ source, fromUs: start, toUs, evidence: 'E1' })),
    context: [],
    zone: null,
  };
  return { overview, lanes: windowWith(lanes, start, toUs) };
}

function laneOf(name: string, sent = 5000): LaneView {
  const columns = emptyColumns();
  for (let n = 0; n < 20; n += 1) push(columns, start + n * 2 * HOUR, start + (n + 1) * 2 * HOUR, sent, 9000);
  return laneWith(name, columns, name);
}

const textsOf = (plot: ReportPlot) => timelineDrawing(plot, 'UTC', letters).labels.map((label) => label.text);

describe('letters', () => {
  it('are as wide as their font files say', () => {
    const medium = advancesOf(fonts[1]!.bytes);
    // Inter 4.001, medium, as another reader of fonts (fontTools) gives them; 2048 units an em.
    expect([...'MiЖ'].map((letter) => Math.round(medium.widthOf(letter.codePointAt(0)!)! * 2048))).toEqual([
      1869, 516, 2040,
    ]);
    expect(medium.widthOf('微'.codePointAt(0)!)).toBeNull();
    expect(letters.measure('Mi', '500 10px "Inter"')).toBeCloseTo(((1869 + 516) / 2048) * 10, 5);
    expect(letters.measure('微信', '400 10px "Inter"')).toBe(20);
  });

  it('of other scripts are set in the one weight that they have', () => {
    expect(letters.weightOf('Photo', 500)).toBe(500);
    expect(letters.weightOf('微信 2', 500)).toBe(400);
  });
});

describe('the timeline on paper', () => {
  it('draws as many lanes as a page has room for, the largest senders', () => {
    const lanes = Array.from({ length: LANES + 5 }, (_, n) => laneOf(`App ${n}`, 1000 * (n + 1)));
    const texts = textsOf(plotOf(lanes, ['per-app history']));
    expect(texts.filter((text) => text.startsWith('App '))).toEqual(
      Array.from({ length: LANES }, (_, n) => `App ${LANES + 4 - n}`),
    );
  });

  it('keeps every text on the page, whatever a name holds', () => {
    const names = ['微信输入法'.repeat(9), '😀'.repeat(30), 'x'.repeat(300), 'خرائط الهاتف '.repeat(9), '#panic()'];
    const drawing = timelineDrawing(
      plotOf(
        names.map((name) => laneOf(name)),
        ['per-app history'],
      ),
      'UTC',
      letters,
    );
    for (const { x, text, anchor, size, weight } of drawing.labels) {
      const width = letters.measure(text, `${weight} ${size}px "Inter"`);
      expect(anchor === 'left' ? x + width : x).toBeLessThanOrEqual(drawing.width + 0.01);
      expect(anchor === 'right' ? x - width : x).toBeGreaterThanOrEqual(-0.01);
    }
    expect(drawing.labels.some(({ text }) => text.startsWith('😀') && text.endsWith('…'))).toBe(true);
  });

  it('names no sign of bytes where no source counted them', () => {
    const contacts = {
      from: [start + HOUR],
      to: [start + 9 * HOUR],
      count: [1],
      first: ['c1'],
      peer: ['192.0.2.1:443'],
      country: ['DE'],
    };
    const seen = { ...laneWith('10001', emptyColumns(), 'Chat'), contacts, events: 1 };
    const texts = textsOf(plotOf([seen], ['live sockets']));
    expect(texts).toContain('Chat');
    expect(texts).toContain(wording.legend.contact);
    expect(texts).not.toContain(wording.legend.sent);
    expect(texts).toContain('No source counted bytes');
  });

  it('gives the same drawing for the same answers', () => {
    const plot = plotOf([laneOf('Chat')], ['per-app history']);
    expect(timelineDrawing(plot, 'Asia/Kolkata', letters)).toEqual(timelineDrawing(plot, 'Asia/Kolkata', letters));
  });
});

describe('a kept picture', () => {
  it('is printed only where the window’s painter wrote it', () => {
    expect(pictureForPage('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>')).toBeNull();
    const size = 'width="100" height="50" viewBox="0 0 100 50"';
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" ${size}><path fill="#ff0000" d="M0 0h9v9h-9z"/></svg>`;
    expect(pictureForPage(svg)).toMatchObject({ width: 174, height: 87, svg, labels: [] });
  });
});
