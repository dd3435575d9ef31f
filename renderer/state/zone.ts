import { useMemo } from 'react';
import { create } from 'zustand';
import { microsOf } from '../../shared/base/time.ts';
import { offsetText, utc, type Zone, zoneNamed } from '../../shared/timeline/zones.ts';
import { keep, kept } from '../bridge/page.ts';
import { useCase } from './case.ts';

export type ZoneChoice = 'phone' | 'utc';

/** Whose clock the window shows. One switch for every place. */
export const useZoneChoice = create<{ readonly choice: ZoneChoice }>(() => ({
  choice: kept('zone') === 'utc' ? 'utc' : 'phone',
}));

export function chooseZone(choice: ZoneChoice): void {
  keep('zone', choice === 'utc' ? 'utc' : null);
  useZoneChoice.setState({ choice });
}

export interface ZoneSetting {
  /** The zone in use. */
  readonly zone: Zone;
  /** The zone that stands against UTC in the switch, and whose it is. Null where no source named one. */
  readonly local: { readonly zone: Zone; readonly whose: 'case' | 'phone' } | null;
}

/** The zone that times are shown in: the case's own if the examiner named one, else the phone's, else UTC. */
export function useZoneSetting(): ZoneSetting {
  const choice = useZoneChoice((state) => state.choice);
  const ofCase = useCase((state) => state.view?.info.zone ?? null);
  const ofPhone = useCase(({ summary, zone }) => (summary ? summary.device.zone : zone));
  return useMemo(() => {
    const named = ofCase ?? ofPhone;
    const found = named === null ? null : zoneNamed(named);
    const local =
      found === null ? null : { zone: found, whose: ofCase === null ? ('phone' as const) : ('case' as const) };
    return { zone: choice === 'utc' || local === null ? utc : local.zone, local };
  }, [choice, ofCase, ofPhone]);
}

export function useZone(): Zone {
  return useZoneSetting().zone;
}

/** `2026-11-08 14:30:05` in the zone; the fraction is left to full texts. */
export function dateTimeText(iso: string, zone: Zone): string {
  const us = microsOf(iso);
  if (us === null) return iso;
  const text = new Date(Math.floor(zone.localOf(us) / 1000)).toISOString();
  return `${text.slice(0, 10)} ${text.slice(11, 19)}`;
}

/** `2026-11-08 14:30` */
export function minuteText(iso: string, zone: Zone): string {
  return dateTimeText(iso, zone).slice(0, 16);
}

/** The zone's name with its offset at that time: `Asia/Kolkata (UTC+05:30)`. */
export function zoneLabel(zone: Zone, atUs: number): string {
  return zone.name === 'UTC' ? 'UTC' : `${zone.name} (${offsetText(zone.offsetAt(atUs))})`;
}
