import type { Micros } from '../../../shared/base/time.ts';
import { dayText, durationText, groupedNumber, humanBytes, partsOf } from '../../../shared/timeline/formats.ts';
import type { Zone } from '../../../shared/timeline/zones.ts';
import type { LiveView } from '../../../shared/types/task.ts';

const two = (n: number): string => String(n).padStart(2, '0');

/** `0:12:41`: hours, minutes, seconds, as a stopwatch shows them. */
export function stopwatch(us: Micros): string {
  const seconds = Math.max(0, Math.floor(us / 1_000_000));
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** `14:03:12` by the phone's clock, in the zone. */
export function clockOf(us: Micros, zone: Zone): string {
  const { hour, minute, second } = partsOf(zone.localOf(us));
  return `${two(hour)}:${two(minute)}:${two(second)}`;
}

/** The same with its day, where that is another than the day of `near`. */
function clockNear(us: Micros, near: Micros, zone: Zone): string {
  const day = dayText(partsOf(zone.localOf(us)));
  return day === dayText(partsOf(zone.localOf(near))) ? clockOf(us, zone) : `${day}, ${clockOf(us, zone)}`;
}

/** One gap in plain words: `No answers from 14:03:12 to 14:03:40 (28 s).` Why is not known here, and not said. */
export function gapSentence(gap: LiveView['gaps'][number], nowUs: Micros, zone: Zone): string {
  const from = clockNear(gap.fromUs, nowUs, zone);
  if (gap.toUs === null) return `No answers since ${from}.`;
  const to = clockNear(gap.toUs, nowUs, zone);
  return `No answers from ${from} to ${to} (${durationText(Math.max(gap.toUs - gap.fromUs, 0))}).`;
}

/** How many gaps there were, and how long they were together. */
export function gapsText(gaps: LiveView['gaps'], nowUs: Micros): string {
  if (gaps.length === 0) return 'none';
  const us = gaps.reduce((sum, gap) => sum + Math.max(0, (gap.toUs ?? nowUs) - gap.fromUs), 0);
  return `${groupedNumber(gaps.length)}, ${durationText(us)} together`;
}

/** What a live acquisition has seen, in one sentence, for the confirmation and for those who hear it. */
export function seenSentence(live: LiveView, nowUs: Micros): string {
  const looks = `${groupedNumber(live.rounds)} ${live.rounds === 1 ? 'look' : 'looks'}`;
  const bytes =
    live.sent === null || live.received === null
      ? 'this phone shows no counters'
      : `${humanBytes(live.sent)} sent and ${humanBytes(live.received)} received by the phone’s counters`;
  return `${durationText(Math.max(0, Math.floor((nowUs - live.startedUs) / 1e6)) * 1e6)}, ${looks}, ${bytes}`;
}

/** `18 connections open, held by 12 apps`. A table that was not had is not an empty one. */
export function openWords({ sockets, uids }: Pick<LiveView, 'sockets' | 'uids'>): string {
  if (sockets === null || uids === null) return 'open connections are not known';
  const connections = `${groupedNumber(sockets)} ${sockets === 1 ? 'connection' : 'connections'} open`;
  return `${connections}, held by ${groupedNumber(uids)} ${uids === 1 ? 'app' : 'apps'}`;
}

/** The state in a word or two. */
export const stateWords: Readonly<Record<LiveView['state'], string>> = {
  watching: 'Watching',
  waiting: 'Waiting for the phone',
  ending: 'Ending',
};
