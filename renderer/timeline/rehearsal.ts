import { DAY, HOUR } from '../../shared/base/time.ts';
import { DataSet } from '../../shared/timeline/lane-data.ts';
import { plainLook } from '../../shared/timeline/look.ts';
import { packIntervals } from '../../shared/timeline/packed.ts';
import { readTheme } from '../../shared/timeline/theme.ts';
import type { Viewport } from '../../shared/timeline/time-scale.ts';
import { spanOf, wholeOf } from '../../shared/timeline/viewport.ts';
import { utc } from '../../shared/timeline/zones.ts';
import type { ContextMark, IntervalColumns, LaneView, OverviewView } from '../../shared/types/timeline.ts';
import { OverlayLayer } from './overlay-layer.ts';
import { Painter } from './painter.ts';
import { Stage } from './stage.ts';
import { Surface } from './surface.ts';

const LANES = 12;
const BARS = 600;
const BINS = 1200;
/** Frames of a hand that zooms and drags: before that many, code is compiled while it moves. */
const MOVES = 240;
/** Frames with what is drawn: most is compiled by then. */
const MOVES_ON = 60;
const start = Date.UTC(2026, 0, 1) * 1000;
const days = 100 * DAY;
const span = { fromUs: start, toUs: start + days };
const [width, height] = [1200, 560];

const bytes = (n: number) => 10 ** (2 + ((n * 37) % 50) / 6);

/** As answers come from the engine: code that was made ready for other objects is thrown away at the first real one. */
const asAnswered = <T>(made: T): T => JSON.parse(JSON.stringify(made)) as T;

function madeUpLane(lane: number): LaneView {
  const numbers = Array.from({ length: BARS }, (_, n) => n);
  const column = (make: (n: number) => number) => numbers.map((n) => Math.round(make(n)));
  const from = column((n) => start + n * 4 * HOUR);
  const sent = column((n) => bytes(n + lane));
  const received = column((n) => bytes(3 * n + lane));
  const columns: IntervalColumns = {
    from,
    // Every fourth lane is of two networks at once.
    to: from.map((us) => us + (lane % 4 === 3 ? 5 : 2) * HOUR),
    sent,
    received,
    sentBackground: sent.map((one, n) => (n % 2 === 0 ? one : 0)),
    receivedBackground: received.map((one, n) => (n % 2 === 0 ? one : 0)),
    events: column((n) => 1 + (n % 3)),
    top: numbers.map((n) => `v${n}`),
    ...(lane % 3 === 1 ? {} : { peakSent: sent, peakReceived: received }),
    error: lane % 2 === 0 ? HOUR / 2 : column(() => HOUR / 2),
  };
  const sums = { sent: 10 ** (12 - lane), received: 1e6, sentBackground: 1e3, receivedBackground: 0 };
  return {
    key: `${lane}`,
    name: `com.example.application${lane}`,
    detail: `Example ${lane} · com.example.application.of.many.words`,
    system: false,
    service: null,
    ...sums,
    events: BARS,
    firstUs: span.fromUs,
    lastUs: span.toUs,
    intervals: columns,
    packed: packIntervals(columns) ?? '',
    contacts: { from: [start + DAY], to: [start + 2 * DAY], count: [2], first: ['c1'], peer: [null], country: ['US'] },
  };
}

function madeUpOverview(): OverviewView {
  const bins = Array.from({ length: BINS }, (_, n) => bytes(n));
  const mark = (kind: ContextMark['kind'], day: number, name: string, lasts = 0): ContextMark => {
    const fromUs = start + Math.round(day * DAY);
    const seen = Math.floor(day) % 2 === 0 ? 'E1' : null;
    const made = { kind, fromUs, toUs: fromUs + lasts, name, detail: seen, evidence: seen };
    return kind === 'acquisition' || kind === 'clock' ? { ...made, errorUs: HOUR } : made;
  };
  const networks = ['wifi', 'mobile', 'A network of many words (wifi)', 'vpn'];
  const every = Array.from({ length: days / DAY }, (_, n) => n);
  const context = [
    ...every.map((n) => mark('network', n, networks[n % 4]!, ((n % 7) + 1) * 3 * HOUR)),
    ...every.map((n) => mark('screen', n + 0.4, 'screen', 2 * HOUR)),
    ...every.map((n) => mark(n % 3 === 0 ? 'boot' : 'install', n + 0.3, 'Boot')),
    mark('clock', 40, 'Clock'),
    mark('acquisition', 90, 'Acquisition'),
  ];
  const cover = { fromUs: start + DAY, toUs: span.toUs - DAY, evidence: 'E1' };
  return {
    ...span,
    stepUs: Math.ceil(days / BINS),
    sent: bins,
    received: bins,
    sentBackground: bins,
    receivedBackground: bins,
    coverage: [
      { ...cover, source: 'per-uid history' },
      { ...cover, source: 'open connections' },
    ],
    context,
    zone: 'Asia/Kolkata',
  };
}

/** A painter whose pictures nobody sees. */
function unseenPainter(stage: Stage, size: { readonly width: number; readonly height: number }): Painter {
  const host = document.createElement('div');
  const surfaces = { base: new Surface(host, true), strip: new Surface(host, false), over: new OverlayLayer(host) };
  for (const surface of [surfaces.base, surfaces.strip]) surface.resize(size.width, size.height, devicePixelRatio || 1);
  const style = getComputedStyle(document.documentElement);
  const theme = readTheme((name) => style.getPropertyValue(name));
  const painter = new Painter(stage, surfaces, theme);
  painter.dpr = devicePixelRatio || 1;
  return painter;
}

/** Goes from all of a span to some hours and back, as under a hand: a frame a step. `each` is told which one comes. */
function* moves(stage: Stage, painter: Painter, all: Viewport, many: number, each: (n: number) => void = () => {}) {
  const long = spanOf(all);
  stage.pointer = { x: stage.frame.width / 2, y: stage.frame.height / 2 };
  for (let n = 0; n < many; n += 1) {
    each(n);
    const shown = Math.round(long * 2 ** (-9 * Math.abs(Math.sin(n / 12))));
    const fromUs = all.fromUs + Math.round((long - shown) * (0.35 + 0.3 * Math.sin(n / 9)));
    stage.motion.jump({ fromUs, toUs: fromUs + shown });
    painter.moved();
    painter.overlay();
    if (n % 30 === 0) {
      painter.rest();
      painter.overlay();
    }
    yield;
  }
}

/**
 * Draws a made-up picture where nobody sees it, a step at a time, while there is nothing to draw: letters are measured and the code is ready
 * when a case is opened and moved. The first picture takes half as long for it, frames of the first second about a third less.
 * Nothing of it is kept.
 */
export function* rehearse(): Generator<void> {
  const stage = new Stage(plainLook('App', utc));
  stage.resize(width, height, 1);
  const painter = unseenPainter(stage, { width, height });
  yield;
  stage.setOverview(asAnswered(madeUpOverview()));
  painter.strip();
  yield;
  painter.main();
  yield;
  const lanes = asAnswered(Array.from({ length: LANES }, (_, lane) => madeUpLane(lane)));
  yield;
  const sum = { sent: 1e9, received: 1e9, sentBackground: 0, receivedBackground: 0, events: BARS };
  const keys = new Set(lanes.map(({ key }) => key));
  const answer = (part: Viewport, resolutionUs: number) =>
    new DataSet({ by: 'app', ...part, resolutionUs, lanes, ...sum }, keys);
  const whole = answer(span, 4 * HOUR);
  while (whole.prepare(2)) yield;
  const detail = answer({ fromUs: start + days * 0.3, toUs: start + days * 0.8 }, HOUR);
  while (detail.prepare(2)) yield;
  const subject = { by: 'app', filter: {} } as const;
  stage.setDrawn({ subject, whole, detail: null });
  yield;
  for (const part of [0.3, 0.6, 1]) {
    stage.resize(width, height * part, 1);
    painter.main();
    yield;
    painter.strip();
    painter.overlay();
    yield;
  }
  yield* moves(stage, painter, span, MOVES, (n) => {
    // Finer answers come.
    if (n % 40 === 20) {
      stage.setDrawn({ subject, whole, detail: n % 80 === 20 ? detail : null });
      painter.outdate();
    }
    if (n === MOVES / 2) stage.selection = { fromUs: start + days * 0.4, toUs: start + days * 0.41 };
  });
}

/** The same with what is drawn: its letters, its sizes, its answers. Ends as soon as that moves by itself. */
export function* rehearseOn(shown: Stage): Generator<void> {
  const { overview, drawn, frame, look } = shown;
  if (!overview || !drawn) return;
  const stage = new Stage(look);
  stage.resize(frame.width, frame.height, frame.unit);
  const painter = unseenPainter(stage, frame);
  yield;
  stage.setOverview(overview);
  painter.strip();
  yield;
  stage.setDrawn(drawn);
  painter.main();
  yield;
  for (const _ of moves(stage, painter, wholeOf(overview), MOVES_ON)) {
    if (shown.dragging || shown.motion.moving) return;
    yield;
  }
}
