import { plainLook } from '../../../../shared/timeline/look.ts';
import { type LegendEntry, legendScene } from '../../../../shared/timeline/scene-legend.ts';
import { type StaticChoice, staticView } from '../../../../shared/timeline/static-view.ts';
import { lightTheme } from '../../../../shared/timeline/themes.ts';
import { type ViewPicture, viewScene } from '../../../../shared/timeline/view-scene.ts';
import { utc, zoneNamed } from '../../../../shared/timeline/zones.ts';
import type { Drawing } from '../document.ts';
import { pictureFamily } from '../fonts.ts';
import type { ReportPlot } from '../report-data.ts';
import { wording } from '../wording.ts';
import type { Letters } from './letters.ts';
import { drawingOf } from './picture.ts';

/** Width of the text on the page, millimetres. */
const PAGE_WIDTH = 174;
/** Lanes that a page has room for. */
export const LANES = 12;
/** CSS pixels across the page: small letters of the window are then as large as those of a table's notes. */
const WIDTH = 800;
const LEGEND_GAP = 8;
/** Hairlines are a tenth of a millimetre, blocks lie on a grid as fine. */
const DPR = 2;

/** The report's theme: the window's light one, in the drawing's own font files. */
export const paperTheme = { ...lightTheme, font: `"${pictureFamily}"`, mono: `"${pictureFamily}"` };

/** How the window draws a case that was just opened, on paper. `zone`: IANA name. */
export function paperChoice(zone: string, letters: Letters): StaticChoice {
  return {
    width: WIDTH,
    look: plainLook(wording.lane, zoneNamed(zone) ?? utc),
    lanes: LANES,
    theme: paperTheme,
    measure: letters.measure,
    dpr: DPR,
  };
}

function legendOf(picture: ViewPicture, plot: ReportPlot): LegendEntry[] {
  const { legend, marks } = wording;
  const bytes = ['sent', 'sentDark', 'received', 'receivedDark', 'peak'] as const;
  const contacts = plot.lanes.lanes.some((lane) => lane.contacts);
  const asked = plot.lanes.lanes.some((lane) => lane.lookUps);
  const kinds = new Set(plot.overview.context.map((mark) => mark.kind));
  return [
    ...(picture.rail.alone ? [] : bytes.map((sign) => ({ sign, text: legend[sign] }))),
    { sign: 'uncovered', text: legend.uncovered },
    ...(contacts ? (['contact', 'moment', 'several'] as const).map((sign) => ({ sign, text: legend[sign] })) : []),
    ...(asked ? [{ sign: 'lookUp', text: legend.lookUp } as const] : []),
    ...[...kinds].sort().map((kind) => ({ sign: kind, text: marks[kind] })),
  ];
}

/** The timeline as the window draws it, over the whole span: strip, axis, context, and the lanes of the largest senders; its legend below. */
export function timelineDrawing(plot: ReportPlot, zone: string, letters: Letters): Drawing {
  const choice = paperChoice(zone, letters);
  const picture = staticView(plot.overview, plot.lanes, choice);
  const { width, height } = picture.frame;
  const top = height + LEGEND_GAP;
  const entries = legendOf(picture, plot);
  const legend = legendScene({ width, top, entries, theme: paperTheme, measure: letters.measure });
  const shapes = [...viewScene(picture), ...legend.shapes];
  return drawingOf(shapes, { width, height: top + legend.height }, DPR, PAGE_WIDTH / WIDTH);
}
