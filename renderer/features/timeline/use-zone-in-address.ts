import { useEffect, useRef } from 'react';
import { chooseZone, useZoneChoice } from '../../state/zone.ts';
import type { TimelineView } from './view-address.ts';

/**
 * Keeps the address and the window's one zone switch in step: an address that says UTC turns the switch, and the switch
 * is written into the address, so that a copied view shows the same times.
 */
export function useZoneInAddress(utc: boolean, change: (part: Partial<TimelineView>, replace?: boolean) => void): void {
  const choice = useZoneChoice((state) => state.choice);
  const last = useRef<{ utc: boolean; choice: string } | null>(null);
  useEffect(() => {
    const before = last.current;
    last.current = { utc, choice };
    if (utc === (choice === 'utc')) return;
    // On arrival an address that says nothing of the zone leaves the switch as it is.
    const addressMoved = before === null ? utc : before.utc !== utc;
    if (addressMoved) chooseZone(utc ? 'utc' : 'phone');
    else change({ utc: choice === 'utc' }, true);
  }, [utc, choice, change]);
}
