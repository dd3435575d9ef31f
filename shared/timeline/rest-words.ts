import type { LaneBy, LaneRest } from '../types/timeline.ts';
import { groupedNumber, humanBytes } from './formats.ts';

const several: Readonly<Record<LaneBy, readonly [one: string, many: string]>> = {
  app: ['app', 'apps'],
  network: ['network', 'networks'],
  service: ['service', 'services'],
  country: ['country', 'countries'],
  organisation: ['organisation', 'organisations'],
  host: ['host', 'hosts'],
};

/** `98,732 more hosts` */
export function moreLanes(lanes: number, by: LaneBy): string {
  return `${groupedNumber(lanes)} more ${several[by][lanes === 1 ? 0 : 1]}`;
}

/** What the lanes that are not told add up to: `1.2 GB sent, 3.4 GB received, 412,003 contacts`. */
export function restSums({ sent, received, contacts }: LaneRest): string {
  const parts = [
    ...(sent > 0 ? [`${humanBytes(sent)} sent`] : []),
    ...(received > 0 ? [`${humanBytes(received)} received`] : []),
    ...(contacts > 0 ? [`${groupedNumber(contacts)} ${contacts === 1 ? 'contact' : 'contacts'}`] : []),
  ];
  return parts.length === 0 ? 'nothing counted' : parts.join(', ');
}

/** The same in a sentence: how many lanes stand below the last one, and with how much. Their sums are those of the whole span. */
export function restWords(rest: LaneRest, by: LaneBy): string {
  return `${moreLanes(rest.lanes, by)}, ${restSums(rest)} in the whole span`;
}

export const howToSeeRest = 'narrow the filter or search to see them';
