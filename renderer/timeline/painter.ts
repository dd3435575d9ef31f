import type { Micros } from '../../shared/base/time.ts';
import {
  contactOf,
  contactReadOut,
  noContactNote,
  type PointedContact,
  pointContact,
  trackAt,
} from '../../shared/timeline/contact-point.ts';
import { railOfRow } from '../../shared/timeline/contact-rail.ts';
import { marksIn } from '../../shared/timeline/context-rows.ts';
import { isCovered } from '../../shared/timeline/coverage.ts';
import { plotBox } from '../../shared/timeline/frame.ts';
import type { Hit } from '../../shared/timeline/hit-test.ts';
import type { Row } from '../../shared/timeline/lane-layout.ts';
import { svgOf } from '../../shared/timeline/paint-svg.ts';
import {
  contextReadOut,
  emptyReadOut,
  intervalReadOut,
  type Pointed,
  pointAt,
  type ReadOut,
} from '../../shared/timeline/read-out.ts';
import { sameShapes } from '../../shared/timeline/same-shapes.ts';
import { clip, type Shape } from '../../shared/timeline/scene.ts';
import { placedClusters } from '../../shared/timeline/scene-context.ts';
import { LaneBrush } from '../../shared/timeline/scene-lanes.ts';
import {
  besideScene,
  type Marked,
  type OverlayPicture,
  pointerScene,
  stripWindow,
} from '../../shared/timeline/scene-overlay.ts';
import type { Theme } from '../../shared/timeline/theme.ts';
import { lightTheme } from '../../shared/timeline/themes.ts';
import type { Viewport } from '../../shared/timeline/time-scale.ts';
import { mainScene, movedScene, stripScene, type ViewPicture, viewScene } from '../../shared/timeline/view-scene.ts';
import { sameView } from '../../shared/timeline/viewport.ts';
import { LabelColumn } from './label-column.ts';
import type { OverlayLayer } from './overlay-layer.ts';
import type { Stage } from './stage.ts';
import type { Surface } from './surface.ts';

/** The picture, the window on its strip, and what follows pointer and keyboard. */
export interface Surfaces {
  readonly base: Surface;
  readonly strip: Surface;
  readonly over: OverlayLayer;
}

/** Turns the stage into pictures: the strip, the main picture and the overlay, each when it has changed. */
export class Painter {
  theme: Theme;
  dpr = 1;
  readonly #stage: Stage;
  readonly #base: Surface;
  readonly #strip: Surface;
  readonly #over: OverlayLayer;
  /** What is painted over the strip. */
  #window: readonly Shape[] | null = null;
  /** What follows the pointer and is painted into the picture, as long as that moves; null: none of it is. */
  #inside: readonly Shape[] | null = null;
  /** The window has moved, and nobody has said yet that it rests. */
  #moves = false;
  readonly #column = new LabelColumn();
  /** The window that is painted; null: nothing is yet. */
  #view: Viewport | null = null;
  /** It is painted from answers that were replaced. */
  #outdated = false;
  readonly #brushes: readonly [LaneBrush, LaneBrush] = [new LaneBrush(), new LaneBrush()];

  constructor(stage: Stage, surfaces: Surfaces, theme: Theme) {
    this.#stage = stage;
    this.#base = surfaces.base;
    this.#strip = surfaces.strip;
    this.#over = surfaces.over;
    this.theme = theme;
  }

  /** The strip over the whole span and its label. */
  strip(): void {
    this.#base.paint(stripScene(this.#picture()));
  }

  /** Axis, context band, lanes and labels. */
  main(): void {
    const picture = this.#picture();
    this.#base.paint(mainScene(picture, this.#brushes));
    this.#inside = null;
    this.#column.wrote(picture);
    this.#outdated = false;
    this.#view = picture.drawn ? picture.scale.view : null;
  }

  /** Other answers tell of the same lanes at the same places: `moved` paints them. */
  outdate(): void {
    this.#outdated = true;
    this.#column.outdate();
  }

  /** The same after nothing but the window has moved, or what it is drawn from. Answers whether words beside the lanes are still to follow. */
  moved(): boolean {
    if (!this.#view) {
      this.main();
      return false;
    }
    const { view } = this.#stage;
    const moves = this.#outdated || !sameView(this.#view, view);
    if (!moves && !this.#column.behind(view)) return false;
    const picture = this.#picture();
    const words = this.#column.anew(picture, moves);
    if (!moves) this.#base.paint(words);
    else this.#plot(picture, words);
    if (!sameView(this.#view, view)) this.#moves = true;
    this.#view = view;
    this.#outdated = false;
    return this.#column.behind(view);
  }

  /** The window rests: the next overlay lies over the picture. */
  rest(): void {
    this.#moves = false;
  }

  /** All but the words beside the lanes, and of these some. */
  #plot(picture: ViewPicture, words: readonly Shape[]): void {
    this.#base.paint(movedScene(picture, this.#brushes, words));
    this.#inside = null;
  }

  /**
   * The picture of the view with what is selected, as an SVG document; `title` says what it shows. It is kept and printed, so it
   * has the light colours in either theme.
   */
  svg(title: string): string {
    const { width, height } = this.#stage.frame;
    const { font, mono } = this.theme;
    const picture = { ...this.#picture(), theme: { ...lightTheme, font, mono }, still: true };
    return svgOf(viewScene(picture, this.#stage.selection), { width, height, dpr: this.dpr, title });
  }

  #picture(): ViewPicture {
    const stage = this.#stage;
    const { frame, overview, covered, watched, comingUs, rows, moments, nights, drawn, layout, scroll, rail } = stage;
    return {
      frame,
      scale: stage.scale(),
      zone: stage.look.zone,
      laneWord: stage.look.laneWord,
      overview,
      covered,
      watched,
      comingUs,
      rows,
      moments,
      nights,
      drawn,
      layout,
      scroll,
      rail,
      heights: stage.heights(),
      sumOf: (key) => stage.sumOf(key),
      contactsOf: (key) => stage.contactsOf(key),
      theme: this.theme,
      measure: this.#base.measure,
      dpr: this.dpr,
    };
  }

  /** Everything that follows the pointer and the keyboard. Answers with the words for the read-out, once the window rests. */
  overlay(): { words: ReadOut; x: number; y: number } | null {
    const stage = this.#stage;
    const { frame, drawn, look, layout } = stage;
    const pointer = stage.byKeys ? null : stage.pointer;
    const scale = stage.scale();
    const hit: Hit = pointer ? stage.hit(pointer.x, pointer.y) : { on: 'nothing' };
    const overTime = hit.on === 'lane' || hit.on === 'axis' || hit.on === 'context' || hit.on === 'empty lanes';
    const cursorUs = overTime && pointer ? scale.us(pointer.x) : null;
    // Under a moving window something else would be pointed at with every frame.
    const moves = stage.dragging || stage.motion.moving;
    const onLane =
      drawn && !moves && hit.on === 'lane' && pointer && cursorUs !== null ? { row: hit.row, us: cursorUs } : null;
    const rail = onLane ? railOfRow(onLane.row, stage.rail) : stage.rail;
    const near = onLane && pointer ? trackAt(onLane.row, rail, pointer.y - frame.lanes.y) : null;
    const contact =
      drawn && onLane && pointer && near !== null
        ? pointContact(drawn, onLane.row.key, scale, rail, frame.unit, pointer.x, near)
        : null;
    // From afar the rail lies over the bars: where it has no mark, they are what is pointed at.
    const track = rail.far && !contact ? null : near;
    const pointed = drawn && onLane && track === null ? pointAt(drawn, onLane.row.key, scale, onLane.us) : null;
    const keyed = this.#keyed();
    const shown: OverlayPicture = {
      frame,
      layout,
      rail: stage.rail,
      scale,
      overview: stage.overviewScale(),
      view: stage.view,
      zone: look.zone,
      theme: this.theme,
      measure: this.#base.measure,
      dpr: this.dpr,
      selection: stage.selection,
      cursorUs: stage.dragging ? null : cursorUs,
      marked: onLane && markedAt(onLane.row, contact, pointed),
      keyed,
      hoveredRow: hit.on === 'lane' || hit.on === 'label' ? hit.row : null,
      focusedRow: stage.rowOf(stage.focusKey),
      showFocus: stage.showFocus,
      hoveredLabel: hit.on === 'label' && !stage.dragging ? { row: hit.row, button: hit.button } : null,
      burst: stage.burst,
    };
    this.#layWindow(shown);
    this.#lay(shown);
    if (moves) return null;
    if (pointer) {
      const words = this.#words(hit, { pointed, contact, track }, cursorUs, scale.pxPerUs);
      return words ? { words, ...pointer } : null;
    }
    if (!drawn || !keyed || !stage.showFocus || !stage.cellWords) return null;
    const x = Math.max(frame.left, scale.x((keyed.fromUs + keyed.toUs) / 2));
    return {
      words: keyed.contact
        ? contactReadOut(drawn, keyed.contact, look.zone)
        : intervalReadOut(drawn, keyed.pointed, look.zone, stage.covered),
      x,
      y: frame.lanes.y + keyed.row.y + keyed.row.height / 2,
    };
  }

  #layWindow(picture: OverlayPicture): void {
    const shapes = stripWindow(picture);
    if (this.#window && sameShapes(this.#window, shapes)) return;
    this.#window = shapes;
    this.#strip.clear(picture.frame.width, picture.frame.overview.height);
    this.#strip.paint(shapes);
  }

  /**
   * What lies over the picture is elements of the page, which cost nothing while they stand and more than all bars where they change with every
   * frame. A picture that moves is painted anew with every frame: there it is painted as well.
   */
  #lay(picture: OverlayPicture): void {
    const shapes = pointerScene(picture);
    this.#over.show(this.#moves ? besideScene(picture) : shapes);
    const inside = this.#moves && shapes.length > 0 ? shapes : null;
    if (this.#inside && inside && sameShapes(this.#inside, inside)) return;
    if (this.#inside) this.#plot(this.#picture(), []);
    if (inside) this.#base.paint([clip(plotBox(picture.frame), inside)]);
    this.#inside = inside;
  }

  /** The surfaces are empty: their size was set. */
  forget(): void {
    this.#window = null;
    this.#inside = null;
    this.#view = null;
  }

  #words(hit: Hit, under: Under, cursorUs: Micros | null, pxPerUs: number): ReadOut | null {
    const { drawn, look, covered, watched, rows } = this.#stage;
    if (hit.on === 'label') return buttonWords(hit);
    if (!drawn || cursorUs === null) return null;
    if (under.contact) return contactReadOut(drawn, under.contact, look.zone);
    if (under.pointed) return intervalReadOut(drawn, under.pointed, look.zone, covered);
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
    if (row.is === 'marks') {
      const { pointer, frame } = this.#stage;
      // In a crowd marks stand beside their moments: what is pointed at is what is drawn there.
      const under = placedClusters(row, this.#stage.scale(), frame.unit).find(
        ({ x }) => pointer !== null && Math.abs(x - pointer.x) <= 7 * frame.unit,
      );
      if (under) return contextReadOut(under.cluster.marks, look.zone);
    }
    const reach = (row.is === 'marks' ? 7 : 1) / pxPerUs;
    return contextReadOut(marksIn(row, cursorUs - reach, cursorUs + reach), look.zone);
  }

  /** The interval or contact where the keyboard stands, or that was opened last. */
  #keyed(): Keyed | null {
    const stage = this.#stage;
    const { drawn, focusKey, cellUs, cellContact, frame } = stage;
    const row = stage.rowOf(focusKey);
    if (!drawn || !row || cellUs === null) return null;
    const rail = railOfRow(row, stage.rail);
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
  const titles = {
    fold: hit.row.folded ? 'Unfold this lane' : 'Fold this lane to a line',
    pin: hit.row.pinned ? 'Unpin this lane' : 'Pin this lane to the top',
    only: 'Show only this lane',
  };
  return { title: titles[hit.button], detail: null, when: '', lines: [], note: null };
}
