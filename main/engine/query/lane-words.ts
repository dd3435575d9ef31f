import { countryName } from '../../../shared/text/country-names.ts';
import type { LaneBy, LaneView } from '../../../shared/types/timeline.ts';
import { INNER } from './destination-columns.ts';
import { INNER_NAME } from './destinations.ts';
import { type Dictionary, networkTitle } from './dictionary.ts';

/** The tables that lanes have their names from. */
export type LaneNames = Pick<Dictionary, 'apps' | 'networkOfKey' | 'appOfService' | 'hostServices' | 'organisations'>;

/** What a lane is called. */
export type LaneWords = Pick<LaneView, 'name' | 'detail' | 'system' | 'service'>;

const UNKNOWN_LANE: Readonly<Record<LaneBy, string>> = {
  app: 'Unknown app',
  network: 'Unknown network',
  service: 'No known service',
  country: 'Country not known',
  organisation: 'Organisation not known',
  host: 'To whom is not known',
};

/** The words for a lane by its key; null: what is not known. */
export function describeLane(by: LaneBy, key: string | number | null, dictionary: LaneNames): LaneWords {
  const plain = { detail: null, system: false, service: null };
  if (key === null) return { ...plain, name: UNKNOWN_LANE[by] };
  if (by === 'app') {
    const app = dictionary.apps.get(Number(key));
    if (!app) return { ...plain, name: `uid ${key}` };
    const packages = JSON.parse(app.packages) as string[];
    const other = app.user !== null && app.user > 0 ? `user ${app.user}` : null;
    const detail = [packages.length === 0 ? `uid ${key}` : packages[0], other].filter(Boolean).join(' · ');
    return { name: app.name, detail, system: app.kind === 'system', service: app.service_name };
  }
  if (by === 'network') {
    const network = dictionary.networkOfKey.get(String(key));
    return { ...plain, name: network ? networkTitle(network) : String(key) };
  }
  if (by === 'service') {
    const app = dictionary.appOfService.get(String(key));
    const host = dictionary.hostServices.get(String(key));
    return {
      ...plain,
      name: app?.service_name ?? host?.name ?? String(key),
      detail: app?.service_vendor ?? host?.vendor ?? null,
      service: String(key),
    };
  }
  if (key === INNER && by !== 'host') return { ...plain, name: INNER_NAME };
  if (by === 'country') return { ...plain, name: countryName(String(key)), detail: String(key) };
  if (by === 'organisation') return { ...plain, name: dictionary.organisations.get(String(key)) ?? String(key) };
  return { ...plain, name: String(key) };
}
