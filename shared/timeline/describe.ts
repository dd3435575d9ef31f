import type { Drawn } from './drawn.ts';
import { durationText, humanBytes, rangeInFull } from './formats.ts';
import { laneContacts, laneOf, laneSum, wholeSum } from './picture.ts';
import { restWords } from './rest-words.ts';
import type { Viewport } from './time-scale.ts';
import { spanOf } from './viewport.ts';
import { type Zone, zoneText } from './zones.ts';

const NAMED = 3;

/** The window in a few sentences, for those who hear it. */
export function describeWindow(drawn: Drawn, view: Viewport, zone: Zone, laneWord: string): string {
  const fromUs = Math.round(view.fromUs / 1e6) * 1e6;
  const toUs = Math.round(view.toUs / 1e6) * 1e6;
  const sum = wholeSum(drawn, view.fromUs, view.toUs);
  const busy = [...drawn.whole.lanes.keys()]
    .map((key) => ({ key, sum: laneSum(drawn, key, view.fromUs, view.toUs) }))
    .filter((lane) => lane.sum.events > 0)
    .sort((a, b) => b.sum.sent - a.sum.sent);
  const when = `${rangeInFull(fromUs, toUs, zone)}, ${durationText(spanOf(view))}, times in ${zoneText(zone, fromUs, toUs)}.`;
  const contacts = contactWords(drawn, view);
  const { rest, by } = drawn.whole.window;
  const more = rest ? ` Not listed: ${restWords(rest, by)}.` : '';
  if (busy.length === 0)
    return `${when} Nothing was counted in this window${rest ? ' by the lanes that are listed' : ''}.${contacts}${more}`;
  const about = sum.exact ? '' : 'about ';
  const named = busy
    .slice(0, NAMED)
    .map((lane) => `${laneOf(drawn, lane.key)?.name ?? lane.key} ${humanBytes(lane.sum.sent)}`)
    .join(', ');
  return (
    `${when} ${busy.length} of ${drawn.whole.lanes.size} ${rest ? 'listed ' : ''}lanes by ${laneWord} have traffic. ` +
    `${sum.lacks ? 'They sent' : 'Sent'} ${about}${humanBytes(sum.sent)}, of which ${humanBytes(sum.sentBackground)} in the background; ` +
    `received ${about}${humanBytes(sum.received)}. Most sent${rest ? ' of them' : ''}: ${named}.${contacts}${more}`
  );
}

/** How many contacts the window shows and which lanes have most of them; nothing where no lane has any. */
function contactWords(drawn: Drawn, view: Viewport): string {
  const lanes = [...drawn.whole.lanes.keys()]
    .map((key) => ({ key, count: laneContacts(drawn, key, view.fromUs, view.toUs) }))
    .filter((lane) => lane.count > 0)
    .sort((a, b) => b.count - a.count);
  if (lanes.length === 0) return '';
  const all = lanes.reduce((sum, lane) => sum + lane.count, 0);
  const named = lanes
    .slice(0, NAMED)
    .map((lane) => `${laneOf(drawn, lane.key)?.name ?? lane.key} ${lane.count}`)
    .join(', ');
  return ` ${all} ${all === 1 ? 'contact' : 'contacts'} in ${lanes.length} ${drawn.whole.window.rest ? 'listed ' : ''}${lanes.length === 1 ? 'lane' : 'lanes'}: ${named}.`;
}
