import type { LaneBy } from '../../../shared/types/timeline.ts';

/** What a lane is, for headings and sentences. */
export const laneWords: Readonly<Record<LaneBy, { readonly one: string; readonly choice: string }>> = {
  app: { one: 'App', choice: 'App' },
  network: { one: 'Network', choice: 'Network' },
  service: { one: 'Service', choice: 'Service' },
  country: { one: 'Country', choice: 'Country' },
  host: { one: 'Host', choice: 'Host' },
  organisation: { one: 'Organisation', choice: 'Organisation' },
};

/** Lanes that need to know whom the phone spoke to. */
export function needsDestinations(by: LaneBy): boolean {
  return by === 'country' || by === 'organisation' || by === 'host';
}
