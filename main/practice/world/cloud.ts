import type { CloudRole } from './catalog/catalog.ts';

/**
 * What remains after the owner switched Mi Account, Mi Cloud and Cloud Messaging off: the share of events that still
 * happen and the share of their bytes. Push goes on for other apps, so the service framework shrinks and does not stop.
 */
const remains: Readonly<Record<CloudRole, { readonly events: number; readonly bytes: number }>> = {
  account: { events: 0, bytes: 0 },
  cloud: { events: 0, bytes: 0 },
  messaging: { events: 0, bytes: 0 },
  push: { events: 0.3, bytes: 0.5 },
  gallery: { events: 0.06, bytes: 0.01 },
};

/** What of a background event is left at that time; `roll` is the event's own chance in [0, 1). */
export function leftOf(role: CloudRole | null, offSinceUs: number | null, atUs: number, roll: number): number {
  if (role === null || offSinceUs === null || atUs < offSinceUs) return 1;
  const rest = remains[role];
  return roll < rest.events ? rest.bytes : 0;
}

/** Whether the owner still opens it: there is nothing to open in an account or a cloud that is off. */
export function opensStill(role: CloudRole | null, offSinceUs: number | null, atUs: number): boolean {
  return offSinceUs === null || atUs < offSinceUs || (role !== 'account' && role !== 'cloud');
}
