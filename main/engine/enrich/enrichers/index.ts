import type { Enricher } from '../../model/enricher.ts';
import type { EnricherFactory, PhoneFacts } from '../enricher-factory.ts';
import type { Lists } from '../lists.ts';
import { knownService } from './known-service/index.ts';
import { vendorPrefix } from './vendor-prefix/index.ts';

/** Every enricher, one line a folder. */
export const enrichers: readonly EnricherFactory[] = [knownService, vendorPrefix];

/** Makes all enrichers for one phone. Pass what its properties say of its maker; null where they say nothing. */
export function createEnrichers(lists: Lists, phone: PhoneFacts = { maker: null }): readonly Enricher[] {
  return enrichers.map((make) => make(lists, phone));
}
