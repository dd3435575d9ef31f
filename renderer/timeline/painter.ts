import type { Micros } from '../../shared/base/time.ts';
import {
  contactOf,
  contactReadOut,
  noContactNote,
  type PointedContact,
  pointContact,
  trackAt,
} from '../../shared/timeline/contact-point.ts';
import { marksIn } from '../../shared/timeline/context-rows.ts';
import { isCovered } from '../../shared/timeline/coverage.ts';
import type { Hit } from '../../shared/timeline/hit-test.ts';
import type { Row } from '../../shared/timeline/lane-layout.ts';
import { laneOf } from '../../shared/timeline/picture.ts';
import {
  contextReadOut,
  emptyReadOut,
  intervalReadOut,
  type Pointed,
  pointAt,
  type ReadOut,
} from '../../shared/timeline/read-out.ts';
import { rect } from '../../shared/timeline/scene.ts';
import { axisCorner, axisScene, type Grid, gridOf } from '../../shared/timeline/scene-axis.ts';
import { contextScene } from '../../shared/timeline/scene-context.ts';
import { labelsScene } from '../../shared/timeline/scene-labels.ts';
import { LaneBrush, lanesScene } from '../../shared/timeline/scene-lanes.ts';
import { type Marked, overlayScene } from '../../shared/timeline/scene-overlay.ts';
import { overviewScene } from '../../shared/timeline/scene-overview.ts';
import type { Theme } from '../../shared/timeline/theme.ts';
import { zoneText } from '../../shared/timeline/zones.ts';
import type { Stage } from './stage.ts';
import type { Surface } from './surface.ts';

/** Turns the stage into pictures: the strip, the main picture and the overlay, each when it has changed. */
export class Painter {
  theme: Theme;
  dpr = 1;
  readonly #stage: Stage;
  readonly #base: Surface;
  readonly #over: Surface;
  readonly #brushes: readonly [LaneBrush, LaneBrush] = [new LaneBrush(), new LaneBrush()];

  constructor(stage: Stage, base: Surface, over: Surface, theme: Theme) {
    this.#stage = stage;
    this.#base = base;
    this.#over = over;
    this.theme = theme;
  }

  /** The strip over the whole span and its label. */
  strip(): void {
    const { theme, dpr } = this;
    const { frame, overview, covered, look } = this.#stage;
    const height = frame.axis.y;
    this.#base.paint([rect(0, 0, frame.width, height, theme.groundLabel)]);
    if (!overview) return;
    this.#base.paint(overviewScene(frame, overview, covered, look.zone, theme, this.#base.measure, dpr));
    this.#base.paint([rect(0, frame.overview.height - 1 / dpr, frame.left, 1 / dpr, theme.lineStrong)]);
  }

  /** Axis, context band, lanes and labels. */
  main(): void {
    const stage = this.#stage;
    const { theme, dpr } = this;
    const { frame, look, drawn, layout, view } = stage;
    const { measure } = this.#base;
    const scale = stage.scale();
    const grid: Grid = gridOf(scale, look.zone, frame.unit);
    const top = frame.axis.y;
    this.#base.paint([rect(0, top, frame.width, frame.height - top, theme.groundLabel)]);
    if (drawn && layout) {
      const { scroll, covered, watched, rail } = stage;
      const heights = stage.heights();
      const picture = {
        frame,
        layout,
        scroll,
        scale,
        grid,
        nights: stage.nights,
        drawn,
        covered,
        watched,
        comingUs: stage.comingUs,
        rail,
        moments: stage.moments,
        heights,
        theme,
        measure,
        dpr,
      };
      this.#base.paint(lanesScene(picture, this.#brushes));
      const sumOf = (key: string) => stage.sumOf(key);
      this.#base.paint(
        labelsScene({
          frame,
          layout,
          scroll,
          heights,
          rail,
          theme,
          measure,
          dpr,
          sumOf,
          contactsOf: (key) => stage.contactsOf(key),
          laneOf: (key) => laneOf(drawn, key),
        }),
      );
    }
    const zone = zoneText(look.zone, view.fromUs, view.toUs);
    this.#base.paint([
      rect(0, top, frame.left, frame.lanes.y - top, theme.groundLabel),
      ...contextScene(frame, stage.rows, scale, theme, measure, dpr),
      ...axisScene(frame, scale, grid, theme, measure, dpr),
      ...axisCorner(frame, { zone, lane: look.laneWord }, theme, measure),
      rect(0, frame.axis.y + frame.axis.height - 1 / dpr, frame.left, 1 / dpr, theme.lineStrong),
      rect(0, frame.lanes.y - 1 / dpr, frame.left, 1 / dpr, theme.lineStrong),
      rect(frame.left - 1 / dpr, top, 1 / dpr, frame.height - top, theme.lineStrong),
      rect(frame.left - 1 / dpr, 0, 1 / dpr, frame.overview.height, theme.lineStrong),
    ]);
  }

  /** Everything that follows the pointer and the keyboard. Answers with the words for the read-out. */
  overlay(): { words: ReadOut; x: number; y: number } | null {
    const stage = this.#stage;
    const { frame, drawn, look, layout } = stage;
    const pointer = stage.byKeys ? null : stage.pointer;
    const scale = stage.scale();
    const hit: Hit = pointer ? stage.hit(pointer.x, pointer.y) : { on: 'nothing' };
    const overTime = hit.on === 'lane' || hit.on === 'axis' || hit.on === 'context' || hit.on === 'empty lanes';
    const cursorUs = overTime && pointer ? scale.us(pointer.x) : null;
    const onLane = drawn && hit.on === 'lane' && pointer && cursorUs !== null ? { row: hit.row, us: cursorUs } : null;
    const rail = stage.rail;
    const near = onLane && pointer ? trackAt(onLane.row, rail, pointer.y - frame.lanes.y) : null;
    const contact =
      drawn && onLane && pointer && near !== null
        ? pointContact(drawn, onLane.row.key, scale, rail, frame.unit, pointer.x, near)
        : null;
    // From afar the rail lies over the bars: where it has no mark, they are what is pointed at.
    const track = rail.far && !contact ? null : near;
    const pointed = drawn && onLane && track === null ? pointAt(drawn, onLane.row.key, scale, onLane.us) : null;
    const keyed = this.#keyed();
    this.#over.clear(frame.width, frame.height);
    this.#over.paint(
      overlayScene({
        frame,
        layout,
        rail,
        scale,
        overview: stage.overviewScale(),
        view: stage.view,
        zone: look.zone,
        theme: this.theme,
        measure: this.#over.measure,
        dpr: this.dpr,
        selection: stage.selection,
        cursorUs,
        marked: onLane ? markedAt(onLane.row, contact, pointed) : null,
        keyed,
        hoveredRow: hit.on === 'lane' || hit.on === 'label' ? hit.row : null,
        focusedRow: stage.rowOf(stage.focusKey),
        showFocus: stage.showFocus,
        hoveredLabel: hit.on === 'label' && !stage.dragging ? { row: hit.row, button: hit.button } : null,
        burst: stage.burst,
      }),
    );
    if (pointer) {
      const words = this.#words(hit, { pointed, contact, track }, cursorUs, scale.pxPerUs);
      return words ? { words, ...pointer } : null;
    }
    if (!drawn || !keyed || !stage.showFocus || !stage.cellWords) return null;
    const x = Math.max(frame.left, scale.x((keyed.fromUs + keyed.toUs) / 2));
    return {
      words: keyed.contact
        ? contactReadOut(drawn, keyed.contact, look.zone)
        : intervalReadOut(drawn, keyed.pointed, look.zone),
      x,
      y: frame.lanes.y + keyed.row.y + keyed.row.height / 2,
    };
  }

  #words(hit: Hit, under: Under, cursorUs: Micros | null, pxPerUs: number): ReadOut | null {
    const { drawn, look, covered, watched, rows } = this.#stage;
    if (hit.on === 'label') return buttonWords(hit);
    if (!drawn || cursorUs === null) return null;
    if (under.contact) return contactReadOut(drawn, under.contact, look.zone);
    if (under.pointed) return intervalReadOut(drawn, under.pointed, look.zone);
    if (hit.on === 'lane') {
      const seen = isCovered(watched, cursorUs);
      const { comingUs } = this.#stage;
      const last = Math.max(...(under.track === null ? covered : watched).map((span) => span.toUs));
      const note =
        comingUs !== null && last >= comingUs && cursorUs > last
          ? 'Not told yet: the phone is being watched.'
          : under.track !== null
            ? noContactNote(seen)
            : seen && !isCovered(covered, cursorUs)
              ? 'No source counted bytes at this time: nothing can be said about them. Connections were looked at.'
              : null;
      return emptyReadOut(drawn, hit.row.key, cursorUs, look.zone, covered, note);
    }
    const row = hit.on === 'context' ? rows[hit.row] : undefined;
    if (!row) return null;
    const reach = (row.is === 'marks' ? 7 : 1) / pxPerUs;
    return contextReadOut(marksIn(row, cursorUs - reach, cursorUs + reach), look.zone);
  }

  /** The interval or contact where the keyboard stands, or that was opened last. */
  #keyed(): Keyed | null {
    const stage = this.#stage;
    const { drawn, focusKey, cellUs, cellContact, rail, frame } = stage;
    const row = stage.rowOf(focusKey);
    if (!drawn || !row || cellUs === null) return null;
    if (cellContact !== null) {
      const contact = contactOf(drawn, row.key, stage.scale(), rail, frame.unit, cellContact, cellUs);
      return contact ? { row, contact, fromUs: contact.fromUs, toUs: contact.toUs, track: contact.track } : null;
    }
    const pointed = pointAt(drawn, row.key, stage.scale(), cellUs);
    return pointed ? { row, contact: null, pointed, fromUs: pointed.fromUs, toUs: pointed.toUs } : null;
  }
}

function markedAt(row: Row, contact: PointedContact | null, pointed: Pointed | null): Marked | null {
  if (contact) return { row, fromUs: contact.drawn.fromUs, toUs: contact.drawn.toUs, track: contact.track };
  return pointed && { row, fromUs: pointed.fromUs, toUs: pointed.toUs };
}

/** What the pointer is on in a lane. */
interface Under {
  readonly pointed: Pointed | null;
  readonly contact: PointedContact | null;
  /** The track of the rail; null above the rail. */
  readonly track: number | null;
}

type Keyed = Marked & ({ readonly contact: PointedContact } | { readonly contact: null; readonly pointed: Pointed });

function buttonWords(hit: Hit): ReadOut | null {
  if (hit.on !== 'label' || !hit.button) return null;
  const pin = hit.row.pinned ? 'Unpin this lane' : 'Pin this lane to the top';
  return { title: hit.button === 'pin' ? pin : 'Show only this lane', detail: null, when: '', lines: [], note: null };
}
