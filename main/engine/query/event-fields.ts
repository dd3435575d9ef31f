import { userOf } from '../../../shared/base/uid.ts';
import type { EventView } from '../../../shared/types/event.ts';
import type { Dictionary, NetworkRow } from './dictionary.ts';

/** 1, 0 or nothing, as a truth or nothing. */
export const truth = (value: number | null) => (value === null ? null : value === 1);

/** The fields of an event of which nothing is known. */
export const nobody = {
  uid: null,
  user: null,
  packages: [],
  app: null,
  direction: null,
  sent: null,
  received: null,
  sentPackets: null,
  receivedPackets: null,
  foreground: null,
  tag: null,
  network: null,
  remote: null,
  place: null,
  operator: null,
  owner: null,
  service: null,
} satisfies Partial<EventView>;

/** What is known of the app of a uid. */
export function appFields(
  uid: number,
  dictionary: Dictionary,
): Pick<EventView, 'uid' | 'user' | 'packages' | 'app' | 'service'> {
  const app = dictionary.apps.get(uid);
  return {
    uid,
    user: userOf(uid),
    packages: app ? (JSON.parse(app.packages) as string[]) : [],
    app: app?.name ?? null,
    service:
      app?.service_id && app.service_name
        ? {
            id: app.service_id,
            name: app.service_name,
            optional: truth(app.service_optional),
            confidence: (app.service_confidence ?? 'low') as 'high' | 'medium' | 'low',
          }
        : null,
  };
}

/** A network in the words of the contract; null where none was named. */
export function networkField(network: NetworkRow | undefined): EventView['network'] {
  if (!network) return null;
  const { type, name, roaming, metered, vpn } = network;
  return { type, name, roaming: truth(roaming), metered: truth(metered), vpn: vpn === 1 };
}

/** Which way bytes went, as far as they are known. */
export function directionOf(sent: number | null, received: number | null): EventView['direction'] {
  if ((sent ?? 0) > 0 && (received ?? 0) > 0) return 'both';
  if ((sent ?? 0) > 0) return 'sent';
  return (received ?? 0) > 0 ? 'received' : null;
}
