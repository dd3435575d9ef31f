import type { AddressEnricher, Enricher, HostEnricher } from '../../model/enricher.ts';
import type { AddressEnricherFactory, EnricherFactory, HostEnricherFactory, PhoneFacts } from '../enricher-factory.ts';
import type { Lists } from '../lists.ts';
import { cloudRegion } from './cloud-region/index.ts';
import { hostOwner } from './host-owner/index.ts';
import { ipLocation } from './ip-location/index.ts';
import { ipRegistration } from './ip-registration/index.ts';
import { knownEndpoint } from './known-endpoint/index.ts';
import { knownService } from './known-service/index.ts';
import { network } from './network/index.ts';
import { serverRegion } from './server-region/index.ts';
import { tracker } from './tracker/index.ts';
import { vendorPrefix } from './vendor-prefix/index.ts';

/** Every enricher of apps, one line a folder. */
export const enrichers: readonly EnricherFactory[] = [knownService, vendorPrefix];

/** Every enricher of addresses, one line a folder. */
export const addressEnrichers: readonly AddressEnricherFactory[] = [cloudRegion, ipLocation, ipRegistration, network];

/** Every enricher of hosts, one line a folder. */
export const hostEnrichers: readonly HostEnricherFactory[] = [knownEndpoint, hostOwner, tracker, serverRegion];

/** Makes all enrichers of apps for one phone. Pass what its properties say of its maker; null where they say nothing. */
export function createEnrichers(lists: Lists, phone: PhoneFacts = { maker: null }): readonly Enricher[] {
  return enrichers.map((make) => make(lists, phone));
}

/** Makes all enrichers of addresses and hosts. */
export function createDestinationEnrichers(lists: Lists): {
  readonly addresses: readonly AddressEnricher[];
  readonly hosts: readonly HostEnricher[];
} {
  return {
    addresses: addressEnrichers.map((make) => make(lists)),
    hosts: hostEnrichers.map((make) => make(lists)),
  };
}
